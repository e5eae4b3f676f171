package io.github.wikiflow.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings.Start;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bridge as its users run it. */
class BridgeCommandIT {

    private static final Pattern PORT = Pattern.compile("/healthz are on port (\\d+)");
    private static final int SIGTERM_EXIT = 143;

    @TempDir private Path folder;

    @Test
    void showsItsHealthAndStopsCleanlyOnSigterm() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                Scenario scenario = new Scenario(kafka)) {
            scenario.append(300, 0);
            List<String> arguments = new ArrayList<>(scenario.arguments());
            arguments.add("--http-address=127.0.0.1:0");
            try (BridgeProcess bridge =
                    BridgeProcess.start(folder.resolve("bridge.log"), arguments)) {
                await("the port")
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> PORT.matcher(bridge.output()).find());
                scenario.assertAllForwardedOnce();
                Matcher port = PORT.matcher(bridge.output());
                assertThat(port.find()).isTrue();
                String address = "http://127.0.0.1:" + port.group(1);
                HttpResponse<String> health = get(address + "/healthz");
                assertThat(health.statusCode()).isEqualTo(200);
                assertThat(health.body()).isEqualTo("{\"status\":\"healthy\",\"reasons\":[]}");
                assertThat(get(address + "/metrics").body())
                        .contains(
                                "wikiflow_bridge_events_total 300.0",
                                "wikiflow_bridge_connected 1.0",
                                "wikiflow_bridge_missing_events_total 0.0",
                                "wikiflow_bridge_lag_seconds ",
                                "wikiflow_bridge_commit_seconds_count ");
                bridge.process().destroy();
                assertThat(bridge.process().waitFor(5, TimeUnit.SECONDS))
                        .as(bridge::output)
                        .isTrue();
                assertThat(bridge.process().exitValue()).isEqualTo(SIGTERM_EXIT);
            }
            scenario.append(100, 1_000);
            scenario.startBridge();
            scenario.assertAllForwardedOnce();
        }
    }

    /** The one that cannot have its port must not have stopped the one that works. */
    @Test
    void takesItsPortBeforeItTakesOverFromAnother() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"));
                Scenario scenario = new Scenario(kafka);
                BridgeProcess first = start("first", scenario, 0)) {
            port(first);
            scenario.append(100, 0);
            scenario.assertAllForwardedOnce();
            try (BridgeProcess second = start("second", scenario, port(first))) {
                assertThat(second.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(second.process().exitValue()).isEqualTo(1);
                assertThat(second.output().lines().toList())
                        .singleElement()
                        .asString()
                        .startsWith(
                                "bridge: --http-address 127.0.0.1:%d cannot be used"
                                        .formatted(port(first)));
            }
            scenario.append(100, 1_000);
            scenario.assertAllForwardedOnce();
            assertThat(first.process().isAlive()).isTrue();
            try (BridgeProcess third = start("third", scenario, 0)) {
                port(third);
                scenario.append(100, 2_000);
                assertThat(first.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(first.process().exitValue()).isEqualTo(1);
                assertThat(first.output().lines().toList())
                        .last()
                        .asString()
                        .startsWith(
                                "bridge: another bridge with --bridge-id %s has taken over"
                                        .formatted(scenario.topic()));
                scenario.assertAllForwardedOnce();
                assertThat(third.process().isAlive()).isTrue();
            }
        }
    }

    private BridgeProcess start(String name, Scenario scenario, int port) throws IOException {
        List<String> arguments = new ArrayList<>(scenario.arguments());
        arguments.add("--http-address=127.0.0.1:" + port);
        return BridgeProcess.start(folder.resolve(name + ".log"), arguments);
    }

    private static int port(BridgeProcess bridge) {
        await("the port")
                .atMost(Duration.ofMinutes(1))
                .until(() -> PORT.matcher(bridge.output()).find());
        Matcher port = PORT.matcher(bridge.output());
        assertThat(port.find()).isTrue();
        return Integer.parseInt(port.group(1));
    }

    @Test
    void printsEventsInADryRunAndNeedsNoKafka() throws Exception {
        try (Scenario scenario = new Scenario("127.0.0.1:1", Start.BEGINNING)) {
            scenario.append(50, 0);
            try (BridgeProcess bridge =
                    BridgeProcess.start(
                            folder.resolve("bridge.log"),
                            List.of(
                                    "--stream-url=" + scenario.stream.uri().resolve("."),
                                    "--bootstrap-servers=127.0.0.1:1",
                                    "--http-address=none",
                                    "--dry-run"))) {
                await("the last event")
                        .atMost(Duration.ofMinutes(1))
                        .until(() -> bridge.output().contains(TestEvents.id(49)));
                assertThat(bridge.output().lines().filter(line -> line.startsWith("{\"meta\"")))
                        .hasSize(50);
            }
        }
    }

    @Test
    void saysInOneLineWhatIsMissing() throws Exception {
        try (BridgeProcess bridge = BridgeProcess.start(folder.resolve("bridge.log"), List.of())) {
            assertThat(bridge.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(bridge.process().exitValue()).isEqualTo(2);
            assertThat(bridge.output().lines().toList())
                    .singleElement()
                    .asString()
                    .startsWith("bridge: --contact is missing");
        }
    }

    private static HttpResponse<String> get(String address)
            throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address)).build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
