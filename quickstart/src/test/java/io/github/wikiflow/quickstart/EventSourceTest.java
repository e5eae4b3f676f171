package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.wikiflow.events.options.UsageException;
import io.github.wikiflow.events.source.SourceKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class EventSourceTest {

    private static final String CONTACT = "--contact=me@my.domain";

    /** Nobody asks there. */
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

    @TempDir private Path folder;

    /** What the user answers; nothing more when they are out. */
    private final Queue<String> answers = new ArrayDeque<>();

    private final ByteArrayOutputStream console = new ByteArrayOutputStream();

    @Command
    private static final class Holder {
        @Mixin private SourceOptions source;
    }

    @Test
    void autoTriesTheLiveStreamForLongAndSaysSo() throws Exception {
        try (StandIn live = new StandIn(2)) {
            EventSource source = choose(live.uri(), Duration.ofMinutes(1), CONTACT);
            assertThat(source.kind()).isEqualTo(SourceKind.LIVE);
            assertThat(source.folder()).isEqualTo("live");
            assertThat(said())
                    .isEqualToIgnoringNewLines(
                            "  Wikipedia's live stream does not answer (it answers 503); trying for 60 s before a simulated one takes its place");
        }
    }

    @Test
    void autoSimulatesOnlyInAFolderOfItsOwnAndSaysWhy() throws Exception {
        try (StandIn live = new StandIn(Integer.MAX_VALUE)) {
            EventSource source = choose(live.uri(), Duration.ofSeconds(2), CONTACT);
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
            assertThat(choose(live.uri(), Duration.ofMinutes(1), CONTACT).kind())
                    .isEqualTo(SourceKind.LIVE);
            assertThat(live.requests()).isEqualTo(1);
            assertThat(said()).isEmpty();
        }
    }

    @Test
    void autoWithoutAContactNamesThisClientAndItsVersionAndSaysSo() throws Exception {
        try (StandIn live = new StandIn(0)) {
            choose(live.uri(), Duration.ofMinutes(1));
            assertThat(live.clients()).satisfiesExactly(client("no contact given"));
            assertThat(said())
                    .isEqualToIgnoringNewLines(
                            "  Wikimedia is told this client's name and version, and nobody whom it can reach; better name somebody, with --contact");
        }
    }

    @Test
    void aContactIsNamedOnceAndKept() throws Exception {
        try (StandIn live = new StandIn(0)) {
            choose(live.uri(), Duration.ofMinutes(1), "--contact= https://me.my/~domain ");
            choose(live.uri(), Duration.ofMinutes(1));
            choose(live.uri(), Duration.ofMinutes(1), "--contact=else@my.domain");
            choose(live.uri(), Duration.ofMinutes(1));
            assertThat(live.clients())
                    .satisfiesExactly(
                            client("https://me.my/~domain"),
                            client("https://me.my/~domain"),
                            client("else@my.domain"),
                            client("else@my.domain"));
            assertThat(said()).isEmpty();
        }
    }

    @Test
    void theLiveStreamIsReadWithTheContactThatTheUserIsAskedForOnce() throws Exception {
        answers.add("me@my.domain");
        for (int start = 0; start < 2; start++) {
            EventSource source = choose(NOWHERE, Duration.ZERO, "--source=live");
            try (DataFolder data = DataFolder.open(folder, source.folder())) {
                assertThat(source.open(data).bridgeArguments())
                        .startsWith("--contact", "me@my.domain");
            }
        }
        assertThat(answers).as("asked once").isEmpty();
        assertThat(Files.getPosixFilePermissions(folder.resolve(ContactOption.FILE)))
                .containsExactlyInAnyOrder(
                        PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void theLiveStreamIsNotReadWithoutAContact() {
        answers.add(" ");
        for (int start = 0; start < 2; start++) {
            assertThatThrownBy(() -> choose(NOWHERE, Duration.ZERO, "--source=live"))
                    .isInstanceOf(UsageException.class)
                    .hasMessage(
                            "--contact is missing: Wikimedia asks clients of its live stream whom it can reach; give a mail address or the address of a page, such as --contact me@my.domain");
        }
        assertThat(answers).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "me",
                "me@",
                "@my.domain",
                "me@my domain",
                "a@b) (c@d",
                "ü@my.domain",
                "http://",
                "ftp://my.domain",
                "me@my.domain\r\nX: y",
                "file:///me"
            })
    void aContactThatCannotBeReachedOrSentIsRefused(String contact) {
        for (String source : List.of("--source=auto", "--source=live")) {
            assertThatThrownBy(() -> choose(NOWHERE, Duration.ZERO, source, "--contact=" + contact))
                    .isInstanceOf(UsageException.class)
                    .hasMessageStartingWith("--contact: '")
                    .hasMessageEndingWith(
                            "' is neither a mail address nor that of a page, in ASCII; give a mail address or the address of a page, such as --contact me@my.domain");
        }
        assertThat(folder).isEmptyDirectory();
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
        return EventSource.choose(options(arguments.toArray(String[]::new)), folder, print())
                .folder();
    }

    private EventSource choose(URI live, Duration patience, String... arguments) throws Exception {
        return EventSource.choose(
                options(arguments), folder, live, patience, answers::poll, print());
    }

    /** What a client says that has this contact, whatever the versions. */
    private static Consumer<String> client(String contact) {
        return userAgent ->
                assertThat(userAgent)
                        .matches(
                                "wikiflow-source-bridge/\\d[\\w.-]+ \\(%s\\) okhttp-eventsource/\\d[\\w.-]+"
                                        .formatted(Pattern.quote(contact)));
    }

    private String said() {
        return console.toString(StandardCharsets.UTF_8);
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
        private final List<String> clients = new CopyOnWriteArrayList<>();

        private StandIn(int failures) throws Exception {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(
                    "/recentchange",
                    exchange -> {
                        clients.add(exchange.getRequestHeaders().getFirst("User-Agent"));
                        exchange.sendResponseHeaders(clients.size() <= failures ? 503 : 200, -1);
                        exchange.close();
                    });
            server.start();
        }

        private URI uri() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        private int requests() {
            return clients.size();
        }

        /** The User-Agent of each request. */
        private List<String> clients() {
            return clients;
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
