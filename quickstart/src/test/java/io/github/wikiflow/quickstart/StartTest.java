package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.options.CommandRunner;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What {@code up} and {@code cluster} say before anything is started. */
class StartTest {

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({
        "up, --kafka-port, 127.0.0.1",
        "up, --flink-port, 127.0.0.1",
        "up, --dashboard-port, 127.0.0.1",
        "up, --dashboard-port, 0.0.0.0",
        "up, --bridge-port, 127.0.0.1",
        "cluster, --kafka-port, 127.0.0.1",
        "cluster, --flink-port, 127.0.0.1",
    })
    void aPortThatIsTakenIsSaidFirst(String command, String option, String host) throws Exception {
        Path data = folder.resolve("data");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName(host))) {
            List<String> arguments = new ArrayList<>(List.of(command, "--data=" + data));
            for (String port : List.of("--kafka-port", "--flink-port")) {
                arguments.add(port + "=" + (port.equals(option) ? taken.getLocalPort() : 0));
            }
            if (command.equals("up")) {
                for (String port : List.of("--dashboard-port", "--bridge-port")) {
                    arguments.add(port + "=" + (port.equals(option) ? taken.getLocalPort() : 0));
                }
            }
            if (option.equals("--dashboard-port")) {
                arguments.add("--dashboard-host=" + host);
            }
            StringWriter errors = new StringWriter();
            CommandLine commandLine =
                    CommandRunner.commandLine(new QuickstartCommand(), Map.of())
                            .setErr(new PrintWriter(errors));
            assertThat(commandLine.execute(arguments.toArray(String[]::new))).isEqualTo(1);
            assertThat(errors.toString().strip())
                    .isEqualTo(
                            "wikiflow %s: port %d on %s cannot be had (Address already in use); free it or choose another with %s"
                                    .formatted(command, taken.getLocalPort(), host, option));
        }
        assertThat(data).doesNotExist();
    }
}
