package io.github.wikiflow.bridge.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.github.wikiflow.bridge.position.StreamPosition;
import io.github.wikiflow.events.source.SourceKind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When a service says how long to wait, the bridge waits that long, by the service's clock. */
class RetryAfterTest {

    private static final Duration WANTED = Duration.ofSeconds(2);

    static Stream<Named<Supplier<String>>> waysToSayIt() {
        return Stream.of(
                Named.of("seconds", () -> Long.toString(WANTED.toSeconds())),
                Named.of(
                        "date",
                        () ->
                                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                        Instant.now().plus(WANTED).atZone(ZoneOffset.UTC))));
    }

    @ParameterizedTest
    @MethodSource("waysToSayIt")
    void isHonoured(Supplier<String> retryAfter) throws Exception {
        List<Long> requests = new CopyOnWriteArrayList<>();
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    requests.add(System.nanoTime());
                    exchange.getResponseHeaders().set("Retry-After", retryAfter.get());
                    exchange.sendResponseHeaders(503, -1);
                    exchange.close();
                });
        server.start();
        StreamSettings settings =
                new StreamSettings(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"),
                        "wikiflow-test/1.0 (test@example.org)",
                        Duration.ofSeconds(10),
                        Duration.ofMillis(1),
                        Duration.ofMillis(1),
                        EnvironmentProxies.NONE,
                        false,
                        1_000);
        // A clock of this computer that is wrong is not asked.
        StreamReader reader =
                new StreamReader(
                        settings,
                        new NoIntake(),
                        new StreamActivity(),
                        () -> Instant.now().plus(Duration.ofDays(365)));
        Thread thread = new Thread(() -> run(reader), "reader");
        thread.start();
        try {
            await("the second request")
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> requests.size() >= 2);
        } finally {
            reader.close();
            thread.join();
            server.stop(0);
        }
        // A date has no fractions of a second.
        assertThat(Duration.ofNanos(requests.get(1) - requests.get(0)))
                .isGreaterThan(WANTED.minusMillis(1_100));
    }

    private static void run(StreamReader reader) {
        try {
            reader.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Nothing comes. */
    private static final class NoIntake implements EventIntake {
        @Override
        public void servedBy(SourceKind kind) {
            throw new AssertionError("nothing is served");
        }

        @Override
        public boolean put(ReceivedEvent event) {
            throw new AssertionError("nothing is sent");
        }

        @Override
        public String lastEventId() {
            return null;
        }

        @Override
        public long resumeTime() {
            return StreamPosition.UNKNOWN;
        }

        @Override
        public void refused() {
            throw new AssertionError("no position is asked for");
        }

        @Override
        public void missing() {
            throw new AssertionError("no position is asked for");
        }
    }
}
