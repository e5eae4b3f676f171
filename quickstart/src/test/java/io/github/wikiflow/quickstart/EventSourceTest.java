package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.wikiflow.events.source.SourceKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class EventSourceTest {

    @TempDir private Path folder;

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @Command
    private static final class Holder {
        @Mixin private SourceOptions source;
    }

    @Test
    void autoTriesTheLiveStreamForLongAndSaysSo() throws Exception {
        try (StandIn live = new StandIn(2)) {
            EventSource source = choose(live.uri(), Duration.ofMinutes(1));
            assertThat(source.kind()).isEqualTo(SourceKind.LIVE);
            assertThat(source.folder()).isEqualTo("live");
            assertThat(console.toString(StandardCharsets.UTF_8))
                    .isEqualToIgnoringNewLines(
                            "  Wikipedia's live stream does not answer (it answers 503); trying for 60 s before a simulated one takes its place");
        }
    }

    @Test
    void autoSimulatesOnlyInAFolderOfItsOwnAndSaysWhy() throws Exception {
        try (StandIn live = new StandIn(Integer.MAX_VALUE)) {
            EventSource source = choose(live.uri(), Duration.ofSeconds(2));
            assertThat(source.kind()).isEqualTo(SourceKind.SIMULATED);
            assertThat(source.folder()).isEqualTo("simulated");
            assertThat(source.description())
                    .isEqualTo(
                            "a simulated stream, 45.0 events a second; the live one cannot be reached (it answers 503), and is tried again at the next start");
            assertThat(live.requests()).isGreaterThan(1);
        }
    }

    @Test
    void autoAsksTheLiveStreamThatAnswersOnce() throws Exception {
        try (StandIn live = new StandIn(0)) {
            assertThat(choose(live.uri(), Duration.ofMinutes(1)).kind()).isEqualTo(SourceKind.LIVE);
            assertThat(live.requests()).isEqualTo(1);
            assertThat(console.toString(StandardCharsets.UTF_8)).isEmpty();
        }
    }

    @Test
    void aReplayHasAFolderByItsContentAndSpeed() throws Exception {
        Path file = Files.writeString(folder.resolve("a.ndjson"), "{}\n");
        Path same = Files.writeString(folder.resolve("b.ndjson"), "{}\n");
        String begun = replay(file);
        assertThat(begun).matches("replay-[0-9a-f]{16}");
        assertThat(replay(same)).isEqualTo(begun);
        assertThat(replay(file, "--speed=2")).isEqualTo(begun + "-2.0");
        Files.writeString(file, "{}\n{}\n");
        assertThat(replay(file)).matches("replay-[0-9a-f]{16}").isNotEqualTo(begun);
    }

    private String replay(Path file, String... further) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("--source=replay", "--replay=" + file));
        arguments.addAll(List.of(further));
        return EventSource.choose(options(arguments.toArray(String[]::new)), print()).folder();
    }

    private EventSource choose(URI live, Duration patience) throws Exception {
        return EventSource.choose(
                options(), new LiveStream(live, "a@example.org"), patience, print());
    }

    private static SourceOptions options(String... arguments) {
        Holder holder = new Holder();
        new CommandLine(holder).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(arguments);
        return holder.source;
    }

    private PrintStream print() {
        return new PrintStream(console, true, StandardCharsets.UTF_8);
    }

    /** A stream that is not there for the first requests. */
    private static final class StandIn implements AutoCloseable {

        private final HttpServer server;
        private final AtomicInteger requests = new AtomicInteger();

        private StandIn(int failures) throws Exception {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(
                    "/recentchange",
                    exchange -> {
                        exchange.sendResponseHeaders(
                                requests.incrementAndGet() <= failures ? 503 : 200, -1);
                        exchange.close();
                    });
            server.start();
        }

        private URI uri() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        private int requests() {
            return requests.get();
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
