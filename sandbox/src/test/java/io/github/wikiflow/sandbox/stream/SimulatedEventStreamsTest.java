package io.github.wikiflow.sandbox.stream;

import static io.github.wikiflow.sandbox.stream.DataCentre.CODFW;
import static io.github.wikiflow.sandbox.stream.DataCentre.EQIAD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.source.SourceKind;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings.Start;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each point of the protocol, as a plain HTTP client meets it. */
class SimulatedEventStreamsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final InMemoryLog log = new InMemoryLog(5_000_000_000L);
    private SimulatedEventStreams server;

    @AfterEach
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void opensWithACommentAndSendsWhatIsPublishedAfterwards() throws Exception {
        append(EQIAD, 1_000, "before");
        start();
        try (StreamReader reader = StreamReader.open(server.uri())) {
            assertThat(reader.status()).isEqualTo(200);
            assertThat(reader.header("Content-Type")).isEqualTo("text/event-stream; charset=utf-8");
            append(EQIAD, 2_000, "after");
            assertThat(reader.read(1))
                    .containsExactly(
                            new Frame(
                                    "message",
                                    "[" + time(EQIAD, 2_001) + "," + offset(CODFW, -1) + "]",
                                    "after"));
            assertThat(reader.comments()).containsExactly("ok");
        }
    }

    @Test
    void saysInEveryAnswerThatItsEventsAreNotLive() throws Exception {
        start();
        for (String path : List.of("", "?since=yesterday")) {
            try (StreamReader reader = StreamReader.open(URI.create(server.uri() + path))) {
                assertThat(reader.header(SourceKind.HTTP_HEADER)).isEqualTo("simulated");
            }
        }
        server.close();
        server =
                SimulatedEventStreams.start(
                        SimulatedStreamSettings.builder(new InMemoryLog(SourceKind.LIVE, 0))
                                .build());
        try (StreamReader reader = StreamReader.open(server.uri())) {
            assertThat(reader.header(SourceKind.HTTP_HEADER)).isNull();
        }
    }

    @Test
    void resumesByTimeAndSkipsSiblingsOfTheLastMillisecond() throws Exception {
        append(EQIAD, 1_000, "seen");
        append(EQIAD, 1_000, "sibling, lost");
        append(EQIAD, 1_001, "next");
        start();
        String seen = "[" + time(EQIAD, 1_001) + "," + offset(CODFW, -1) + "]";
        try (StreamReader reader = StreamReader.open(server.uri(), "Last-Event-ID", seen)) {
            // The real service puts positions by offset before those by time.
            assertThat(reader.read(1))
                    .containsExactly(
                            new Frame(
                                    "message",
                                    "[" + offset(CODFW, -1) + "," + time(EQIAD, 1_002) + "]",
                                    "next"));
        }
    }

    @Test
    void resumesByTimeAtTheFirstRecordThatIsNotOlderWhateverTheOrder() throws Exception {
        append(EQIAD, 1_000, "old");
        append(EQIAD, 1_500, "repeated");
        append(EQIAD, 1_200, "seen");
        append(EQIAD, 1_600, "next");
        start();
        try (StreamReader reader =
                StreamReader.open(server.uri(), "Last-Event-ID", "[" + time(EQIAD, 1_201) + "]")) {
            assertThat(reader.read(3))
                    .extracting(Frame::data)
                    .containsExactly("repeated", "seen", "next");
        }
    }

    @Test
    void resumingFromOffsetMinusOneLosesWhatTheOtherDataCentreSentMeanwhile() throws Exception {
        append(EQIAD, 1_000, "seen");
        append(CODFW, 2_000, "lost");
        append(CODFW, 3_000, "lost");
        start();
        String seen = "[" + time(EQIAD, 1_001) + "," + offset(CODFW, -1) + "]";
        try (StreamReader reader = StreamReader.open(server.uri(), "Last-Event-ID", seen)) {
            awaitConnections(1);
            append(CODFW, 4_000, "next");
            assertThat(reader.read(1)).extracting(Frame::data).containsExactly("next");
        }
    }

    @Test
    void aTopicThatIsSilentAfterResumingByTimeStandsWithItsOffset() throws Exception {
        append(CODFW, 1_000, "codfw 0");
        append(CODFW, 9_000, "codfw 1");
        append(EQIAD, 1_500, "eqiad 0");
        start();
        String both = "[" + time(EQIAD, 1_001) + "," + time(CODFW, 9_000) + "]";
        try (StreamReader reader = StreamReader.open(server.uri(), "Last-Event-ID", both)) {
            assertThat(reader.read(2))
                    .extracting(Frame::id)
                    .containsExactly(
                            "[" + offset(EQIAD, 5_000_000_000L) + "," + time(CODFW, 9_001) + "]",
                            "[" + time(EQIAD, 1_501) + "," + time(CODFW, 9_001) + "]");
        }
        String byOffset =
                "[" + offset(EQIAD, 5_000_000_000L) + "," + offset(CODFW, 5_000_000_001L) + "]";
        try (StreamReader reader = StreamReader.open(server.uri(), "Last-Event-ID", byOffset)) {
            assertThat(reader.read(2))
                    .extracting(Frame::data)
                    .containsExactly("codfw 1", "eqiad 0");
        }
    }

    @Test
    void sendsOnlyTheTopicsThatThePositionNames() throws Exception {
        append(EQIAD, 1_000, "eqiad");
        append(CODFW, 1_000, "codfw");
        append(EQIAD, 2_000, "eqiad");
        start();
        try (StreamReader reader =
                StreamReader.open(server.uri(), "Last-Event-ID", "[" + time(EQIAD, 0) + "]")) {
            assertThat(reader.read(2)).extracting(Frame::data).containsExactly("eqiad", "eqiad");
        }
    }

    @Test
    void beginsAtATimeAsMillisecondsOrAsDate() throws Exception {
        long moment = Instant.parse("2026-03-01T12:00:00Z").toEpochMilli();
        append(EQIAD, moment - 1, "before");
        append(EQIAD, moment, "at");
        append(CODFW, moment + 1, "after");
        start();
        for (String since :
                List.of(
                        "" + moment,
                        "2026-03-01T12:00:00Z",
                        "2026-03-01T13:00:00%2B01:00",
                        "2026-03-01T12:00:00")) {
            try (StreamReader reader =
                    StreamReader.open(URI.create(server.uri() + "?since=" + since))) {
                assertThat(reader.read(2)).extracting(Frame::data).containsExactly("at", "after");
            }
        }
        try (StreamReader reader =
                StreamReader.open(URI.create(server.uri() + "?since=2026-03-01"))) {
            assertThat(reader.read(1)).extracting(Frame::data).containsExactly("before");
        }
    }

    @Test
    void thePositionOfTheHeaderComesBeforeSince() throws Exception {
        append(EQIAD, 1_000, "first");
        append(EQIAD, 2_000, "second");
        start();
        try (StreamReader reader =
                StreamReader.open(
                        URI.create(server.uri() + "?since=0"),
                        "Last-Event-ID",
                        "[" + time(EQIAD, 1_001) + "]")) {
            assertThat(reader.read(1)).extracting(Frame::data).containsExactly("second");
        }
    }

    @Test
    void forgetsWhatIsOlderThanItsHistory() throws Exception {
        append(EQIAD, 1_000, "forgotten");
        append(EQIAD, 2_000, "kept");
        server =
                SimulatedEventStreams.start(
                        SimulatedStreamSettings.builder(log)
                                .history(Duration.ofSeconds(8))
                                .clock(() -> Instant.ofEpochMilli(10_000))
                                .build());
        try (StreamReader reader = StreamReader.open(URI.create(server.uri() + "?since=0"))) {
            assertThat(reader.read(1)).extracting(Frame::data).containsExactly("kept");
        }
    }

    @Test
    void beginsWithTheFirstEventWhenSetSo() throws Exception {
        append(EQIAD, 1_000, "first");
        server =
                SimulatedEventStreams.start(
                        SimulatedStreamSettings.builder(log).start(Start.BEGINNING).build());
        try (StreamReader reader = StreamReader.open(server.uri())) {
            assertThat(reader.read(1)).extracting(Frame::data).containsExactly("first");
            assertThat(server.awaitDrained(PATIENCE)).isTrue();
        }
        assertThat(server.traffic().eventsSent()).isEqualTo(1);
    }

    @Test
    void refusesWhatItCannotServe() throws Exception {
        start();
        assertThat(status(server.uri() + "?since=yesterday")).isEqualTo(400);
        assertThat(status(server.uri() + "", "Last-Event-ID", "no json")).isEqualTo(400);
        assertThat(status(server.uri() + "", "Last-Event-ID", "[]")).isEqualTo(400);
        assertThat(
                        status(
                                server.uri() + "",
                                "Last-Event-ID",
                                "[{\"topic\":\"eqiad.mediawiki.recentchange\",\"partition\":0}]"))
                .isEqualTo(400);
        assertThat(
                        status(
                                server.uri() + "",
                                "Last-Event-ID",
                                "[" + time(EQIAD, 1).replace("recentchange", "page-create") + "]"))
                .isEqualTo(400);
        assertThat(status(server.uri().resolve("/v2/stream/page-create").toString()))
                .isEqualTo(400);
        assertThat(status(server.uri().resolve("/").toString())).isEqualTo(404);
        assertThat(server.traffic().requests()).isEqualTo(7);
        assertThat(server.traffic().connections()).isZero();
    }

    @Test
    void refusesWhatIsNoRequest() throws Exception {
        start();
        for (String request :
                List.of(
                        "hello\r\n\r\n",
                        "GET a:b HTTP/1.1\r\n\r\n",
                        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
                        "POST " + server.uri().getPath() + " HTTP/1.1\r\n\r\n",
                        "x".repeat(100_000) + "\r\n\r\n")) {
            try (Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
                socket.setSoTimeout(30_000);
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                assertThat(ChunkedBody.line(socket.getInputStream()))
                        .as(request)
                        .matches("HTTP/1.1 4\\d\\d .*");
            }
        }
        assertThat(server.traffic().connections()).isZero();
    }

    @Test
    void refusesClientsThatDoNotSayWhoTheyAre() throws Exception {
        start();
        assertThat(status(server.uri().toString(), "User-Agent", null)).isEqualTo(403);
        for (String agent :
                List.of("", "Java-http-client/17.0.1", "okhttp/4.12.0", "python-requests/2.31")) {
            assertThat(status(server.uri().toString(), "User-Agent", agent)).isEqualTo(403);
        }
    }

    @Test
    void refusesMoreConnectionsThanAnAddressMayHaveUntilOneCloses() throws Exception {
        start();
        try (StreamReader first = StreamReader.open(server.uri())) {
            try (StreamReader second = StreamReader.open(server.uri())) {
                assertThat(List.of(first.status(), second.status())).containsExactly(200, 200);
                assertThat(status(server.uri().toString())).isEqualTo(429);
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(
                            () ->
                                    server.traffic().exchanges().stream()
                                                    .filter(Exchange::isOpen)
                                                    .count()
                                            == 1);
            assertThat(status(server.uri().toString())).isEqualTo(200);
        }
    }

    @Test
    void cutsEveryConnectionAfterItsTimeWithinTheBody() throws Exception {
        server =
                SimulatedEventStreams.start(
                        SimulatedStreamSettings.builder(log)
                                .cutAfter(Duration.ofMillis(200))
                                .build());
        try (StreamReader reader = StreamReader.open(server.uri())) {
            assertThatThrownBy(reader::read).isInstanceOf(IOException.class);
            assertThat(reader.comments()).containsExactly("ok");
        }
    }

    @Test
    void closesItsConnectionsWhenItStops() throws Exception {
        start();
        try (StreamReader reader = StreamReader.open(server.uri())) {
            server.close();
            assertThatThrownBy(reader::read).isInstanceOf(IOException.class);
        }
    }

    @Test
    void saysWhichPortIsTaken() {
        start();
        int port = server.uri().getPort();
        assertThatThrownBy(
                        () ->
                                SimulatedEventStreams.start(
                                        SimulatedStreamSettings.builder(log).port(port).build()))
                .isInstanceOf(OperationException.class)
                .hasMessageContaining("port " + port + " of 127.0.0.1");
    }

    private void start() {
        server = SimulatedEventStreams.start(SimulatedStreamSettings.builder(log).build());
    }

    private void append(DataCentre dataCentre, long timestamp, String data) {
        log.append(dataCentre, timestamp, data.getBytes(StandardCharsets.UTF_8));
    }

    private void awaitConnections(int connections) throws InterruptedException {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> server.traffic().connections() >= connections);
    }

    private static int status(String uri, String... headers) throws Exception {
        try (StreamReader reader = StreamReader.open(URI.create(uri), headers)) {
            return reader.status();
        }
    }

    private static String time(DataCentre dataCentre, long timestamp) {
        return "{\"topic\":\"%s.mediawiki.recentchange\",\"partition\":0,\"timestamp\":%d}"
                .formatted(dataCentre == EQIAD ? "eqiad" : "codfw", timestamp);
    }

    private static String offset(DataCentre dataCentre, long offset) {
        return "{\"topic\":\"%s.mediawiki.recentchange\",\"partition\":0,\"offset\":%d}"
                .formatted(dataCentre == EQIAD ? "eqiad" : "codfw", offset);
    }
}
