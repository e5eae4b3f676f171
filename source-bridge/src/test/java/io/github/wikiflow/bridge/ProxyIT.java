package io.github.wikiflow.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.bridge.stream.EnvironmentProxies;
import io.github.wikiflow.bridge.stream.StreamClient;
import io.github.wikiflow.bridge.stream.StreamSettings;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings.Start;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bridge behind a proxy, which the environment names. The host's name is known to the proxy
 * only. A dry run shows what came.
 */
class ProxyIT {

    private static final String LOGIN = "bridge:p@ss:word";
    private static final String ENCODED_LOGIN = "bridge:p%40ss:word";
    private static final int EVENTS = 50;

    @TempDir private Path folder;

    @Test
    void readsATlsStreamThroughATunnel() throws Exception {
        try (Scenario scenario = new Scenario("127.0.0.1:1", Start.BEGINNING);
                TlsServer server = new TlsServer(folder, scenario.stream.uri(), null);
                TestProxy proxy = new TestProxy(LOGIN, server.port(), 1);
                BridgeProcess bridge = bridge("https", "HTTPS_PROXY", proxy, server)) {
            scenario.append(EVENTS, 0);
            awaitEvents(bridge);
            assertThat(proxy.requests()).containsOnly("CONNECT stream.test:443 HTTP/1.1");
            assertThat(bridge.output()).doesNotContain("p@ss", "p%40ss");
        }
    }

    @Test
    void readsAPlainStream() throws Exception {
        try (Scenario scenario = new Scenario("127.0.0.1:1", Start.BEGINNING);
                TestProxy proxy = new TestProxy(LOGIN, 1, scenario.stream.uri().getPort());
                BridgeProcess bridge = bridge("http", "http_proxy", proxy, null)) {
            scenario.append(EVENTS, 0);
            awaitEvents(bridge);
            assertThat(proxy.requests())
                    .containsOnly("GET http://stream.test/v2/stream/recentchange HTTP/1.1");
        }
    }

    /** So that a simulated stream does not take the place of one that the bridge would reach. */
    @Test
    void findsOutByTheSameProxyWhetherTheStreamAnswers() throws Exception {
        try (Scenario scenario = new Scenario("127.0.0.1:1", Start.BEGINNING);
                TestProxy proxy = new TestProxy(LOGIN, 1, scenario.stream.uri().getPort());
                StreamClient client = new StreamClient(settings(proxy))) {
            scenario.append(1, 0);
            assertThat(client.whyUnreachable(Duration.ofMinutes(1))).isEmpty();
            scenario.stream.close();
            assertThat(client.whyUnreachable(Duration.ofMinutes(1))).isPresent();
            assertThat(proxy.requests())
                    .containsOnly("GET http://stream.test/v2/stream/recentchange HTTP/1.1");
        }
    }

    private static StreamSettings settings(TestProxy proxy) {
        return new StreamSettings(
                URI.create("http://" + TlsServer.HOST + "/v2/stream/recentchange"),
                "test",
                Duration.ofSeconds(10),
                Duration.ofMillis(20),
                Duration.ofSeconds(1),
                EnvironmentProxies.of(Map.of("http_proxy", address(proxy))),
                false,
                1_000_000);
    }

    /** What came by http could be anybody's. */
    @Test
    void isNotLedFromTlsToPlainText() throws Exception {
        String plain = "http://stream.test/v2/stream/recentchange";
        try (Scenario scenario = new Scenario("127.0.0.1:1", Start.BEGINNING);
                TlsServer server = new TlsServer(folder, scenario.stream.uri(), plain);
                TestProxy proxy =
                        new TestProxy(LOGIN, server.port(), scenario.stream.uri().getPort());
                BridgeProcess bridge =
                        BridgeProcess.start(
                                folder.resolve("bridge.log"),
                                server.javaOptions(),
                                Map.of("https_proxy", address(proxy), "http_proxy", address(proxy)),
                                arguments("https"))) {
            scenario.append(EVENTS, 0);
            await("three attempts")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> proxy.requests().size() >= 3);
            assertThat(proxy.requests()).containsOnly("CONNECT stream.test:443 HTTP/1.1");
            assertThat(scenario.stream.traffic().requests()).isZero();
            assertThat(bridge.output())
                    .contains("answers 302", "it redirects to " + plain + ", which --stream-url");
        }
    }

    private BridgeProcess bridge(String scheme, String variable, TestProxy proxy, TlsServer server)
            throws IOException {
        return BridgeProcess.start(
                folder.resolve("bridge.log"),
                server == null ? List.of() : server.javaOptions(),
                Map.of(variable, address(proxy)),
                arguments(scheme));
    }

    private static String address(TestProxy proxy) {
        return "http://%s@127.0.0.1:%d".formatted(ENCODED_LOGIN, proxy.port());
    }

    private static List<String> arguments(String scheme) {
        return List.of(
                "--stream-url=" + scheme + "://" + TlsServer.HOST + "/v2/stream",
                "--reconnect-delay=20ms",
                "--http-address=none",
                "--dry-run");
    }

    private static void awaitEvents(BridgeProcess bridge) {
        await("the last event")
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(bridge.output()).contains(TestEvents.id(EVENTS - 1)));
    }
}
