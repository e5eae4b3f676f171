package io.github.wikiflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.options.CommandRunner;
import io.github.wikiflow.events.options.UsageException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class DashboardCommandTest {

    @Test
    void withoutOptionsItWorksOnThisMachine() {
        Properties kafka = new Properties();
        kafka.setProperty("bootstrap.servers", "localhost:9092");
        assertThat(settings(Map.of())).isEqualTo(DashboardSettings.of(kafka));
        assertThat(settings(Map.of()))
                .isEqualTo(
                        new DashboardSettings(
                                new InetSocketAddress("127.0.0.1", 8080),
                                kafka,
                                "wiki-rankings",
                                "wiki-changes-late",
                                "wiki-changes-dead-letters",
                                URI.create("http://localhost:8081"),
                                URI.create("http://localhost:8082"),
                                1_000,
                                4_320,
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(30),
                                new HttpAccess(List.of("dashboard"), List.of(), 100)));
    }

    @Test
    void takesEveryOptionFromTheEnvironmentToo() {
        Properties kafka = new Properties();
        kafka.setProperty("bootstrap.servers", "kafka:1");
        assertThat(
                        settings(
                                Map.of(
                                        "WIKIFLOW_BOOTSTRAP_SERVERS", "kafka:1",
                                        "WIKIFLOW_RANKINGS_TOPIC", "r",
                                        "WIKIFLOW_LATE_TOPIC", "l",
                                        "WIKIFLOW_DEAD_LETTERS_TOPIC", "d",
                                        "WIKIFLOW_FLINK_URL", "http://flink:2",
                                        "WIKIFLOW_BRIDGE_URL", "https://bridge:3/",
                                        "WIKIFLOW_MAX_CLIENTS", "5",
                                        "WIKIFLOW_ALLOWED_HOSTS", "a.example,b"),
                                "--trusted-proxies=10.0.0.0/8,::1",
                                "--max-clients-per-address=4",
                                "--http-address=0.0.0.0:81",
                                "--max-windows=6",
                                "--status-interval=500ms"))
                .isEqualTo(
                        new DashboardSettings(
                                new InetSocketAddress("0.0.0.0", 81),
                                kafka,
                                "r",
                                "l",
                                "d",
                                URI.create("http://flink:2"),
                                URI.create("https://bridge:3/"),
                                5,
                                6,
                                Duration.ofMillis(500),
                                Duration.ofSeconds(30),
                                new HttpAccess(
                                        List.of("a.example", "b"),
                                        List.of("10.0.0.0/8", "::1"),
                                        4)));
    }

    @Test
    void saysWhichOptionCannotBeUsed() {
        assertThatThrownBy(() -> settings(Map.of(), "--max-clients=0"))
                .isInstanceOf(UsageException.class)
                .hasMessage("--max-clients: 0 is below 1");
        assertThatThrownBy(() -> settings(Map.of(), "--flink-url=localhost:8081"))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "--flink-url: 'localhost:8081' is not an address such as http://localhost:8081");
        assertThatThrownBy(() -> settings(Map.of(), "--bridge-url=file:///tmp"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--bridge-url: 'file:///tmp'");
        assertThatThrownBy(() -> settings(Map.of(), "--allowed-hosts=https://a"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--allowed-hosts: 'https://a' is not a host");
        assertThatThrownBy(() -> settings(Map.of(), "--trusted-proxies=proxy"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--trusted-proxies: 'proxy' is not an address");
        assertThatThrownBy(() -> settings(Map.of(), "--status-interval=0s"))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("--status-interval");
    }

    private static DashboardSettings settings(
            Map<String, String> environment, String... arguments) {
        DashboardCommand command = new DashboardCommand();
        CommandRunner.commandLine(command, environment).parseArgs(arguments);
        return command.settings();
    }
}
