package io.github.wikiflow.sandbox.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.source.SourceKind;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings.Start;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ReplayLogTest {

    private static final Instant START = Instant.parse("2026-05-01T00:00:00Z");
    private static final Instant LONG_AFTER = START.plus(Duration.ofDays(1));

    @TempDir private Path folder;
    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("events.ndjson");
    }

    @Test
    void servesAFileByteForByteInItsOrderAndThenIsSilent() throws Exception {
        List<String> events = write(Workload.hostile(), 500);
        try (ReplayLog log = open(ReplayLog.AT_ONCE, LONG_AFTER);
                SimulatedEventStreams server = serve(log)) {
            List<Frame> frames;
            try (StreamReader reader = StreamReader.open(server.uri())) {
                assertThat(reader.header(SourceKind.HTTP_HEADER)).isEqualTo("replay");
                frames = reader.read(events.size());
                assertThat(frames).extracting(Frame::data).containsExactlyElementsOf(events);
                assertThat(server.awaitDrained(Duration.ofSeconds(30))).isTrue();
                assertThat(server.traffic().exchanges().get(0).isOpen()).isTrue();
            }
            String position = frames.get(299).id();
            try (StreamReader reader = StreamReader.open(server.uri(), "Last-Event-ID", position)) {
                assertThat(reader.read(200))
                        .extracting(Frame::data)
                        .containsExactlyElementsOf(events.subList(300, 500));
            }
        }
    }

    @Test
    void endsTheConnectionAfterTheLastEventWhenSetSo() throws Exception {
        List<String> events = write(Workload.clean(), 3);
        try (ReplayLog log = open(ReplayLog.AT_ONCE, LONG_AFTER);
                SimulatedEventStreams server =
                        SimulatedEventStreams.start(
                                SimulatedStreamSettings.builder(log)
                                        .start(Start.BEGINNING)
                                        .closeAtEnd(true)
                                        .build());
                StreamReader reader = StreamReader.open(server.uri())) {
            assertThat(reader.read(3)).extracting(Frame::data).containsExactlyElementsOf(events);
            assertThat(reader.read()).isNull();
        }
    }

    @Test
    void aServerStartedAgainWithTheSameStartGoesOn() throws Exception {
        List<String> events = write(Workload.clean(), 20);
        String position;
        try (ReplayLog log = open(ReplayLog.AT_ONCE, LONG_AFTER);
                SimulatedEventStreams server = serve(log);
                StreamReader reader = StreamReader.open(server.uri())) {
            position = reader.read(12).get(11).id();
        }
        try (ReplayLog log = open(ReplayLog.AT_ONCE, LONG_AFTER);
                SimulatedEventStreams server = serve(log);
                StreamReader reader = StreamReader.open(server.uri(), "Last-Event-ID", position)) {
            assertThat(reader.read(8))
                    .extracting(Frame::data)
                    .containsExactlyElementsOf(events.subList(12, 20));
        }
    }

    @Test
    void publishesInTheRecordedPaceOrFaster() throws Exception {
        Files.writeString(
                file,
                """
                {"meta":{"dt":"2023-10-11T09:00:00.000Z"},"timestamp":1}
                {"meta":{"dt":"2023-10-11T09:00:04.500Z"}}
                {"meta":{},"timestamp":1697014802}

                no event
                {"timestamp":1697014806}
                {"meta":{"dt":"2018-03-11T00:08:41+00:00"}}
                {"meta":{"dt":"2018-03-11T00:08:43+00:00"}}
                """);
        long[] elapsed = {0, 4_500, 4_500, 4_500, 6_000, 6_000, 8_000};
        for (int speed = 1; speed <= 2; speed++) {
            for (int i = 0; i < elapsed.length; i++) {
                Instant moment = START.plusMillis(elapsed[i] / speed);
                try (ReplayLog log = open(speed, moment)) {
                    assertThat(log.size()).isEqualTo(7);
                    assertThat(log.published()).as("at %s", moment).isGreaterThan(i);
                    assertThat(log.event(i).timestamp()).isEqualTo(moment.toEpochMilli());
                }
                try (ReplayLog log = open(speed, moment.minusMillis(1))) {
                    assertThat(log.published()).as("before %s", moment).isLessThanOrEqualTo(i);
                }
            }
        }
    }

    /** Whatever the events say of their own places: recordings have been joined, cut and sorted. */
    @Test
    void numbersTheLinesInOneTopicThatIsNamedByTheContent() throws Exception {
        String content =
                """
                {"meta":{"topic":"codfw.mediawiki.recentchange","offset":77}}
                {"meta":{"topic":"eqiad.mediawiki.recentchange","offset":5}}

                {"meta":{"topic":"eqiad.mediawiki.recentchange","offset":5}}
                no event""";
        Files.writeString(file, content);
        String topic;
        try (ReplayLog log = open(ReplayLog.AT_ONCE, LONG_AFTER);
                SimulatedEventStreams server = serve(log);
                StreamReader reader = StreamReader.open(server.uri())) {
            assertThat(log.topics()).singleElement().asString().matches("replay-[0-9a-f]{16}");
            topic = log.topics().get(0);
            List<Frame> frames = reader.read(4);
            for (int line = 0; line < 4; line++) {
                assertThat(frames.get(line).id()).isEqualTo(position(topic, line + 1));
            }
            assertThat(log.indexAtOffset(topic, 2)).isEqualTo(2);
            assertThat(log.indexAtOffset(topic, 9)).isEqualTo(4);
            assertThat(log.indexAtTime(topic, START.toEpochMilli() + 2)).isEqualTo(2);
        }
        Files.writeString(file, content.replace("77", "78"));
        try (ReplayLog log = open(ReplayLog.AT_ONCE, LONG_AFTER);
                SimulatedEventStreams server = serve(log);
                StreamReader reader =
                        StreamReader.open(server.uri(), "Last-Event-ID", position(topic, 2))) {
            assertThat(log.topics()).doesNotContain(topic);
            assertThat(reader.status()).isEqualTo(410);
        }
    }

    private static String position(String topic, int offset) {
        return "[{\"topic\":\"%s\",\"partition\":0,\"offset\":%d}]".formatted(topic, offset);
    }

    @Test
    void readsWhatBeginsWithAByteOrderMark() throws Exception {
        Files.writeString(file, "\uFEFF{\"n\":1}\r\n{\"n\":2}\r\n");
        try (ReplayLog log = open(ReplayLog.AT_ONCE, LONG_AFTER)) {
            assertThat(log.size()).isEqualTo(2);
            assertThat(log.event(0).json()).isEqualTo("{\"n\":1}".getBytes(StandardCharsets.UTF_8));
            assertThat(log.event(1).json()).isEqualTo("{\"n\":2}".getBytes(StandardCharsets.UTF_8));
        }
    }

    static Stream<Arguments> otherFormats() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write("{}\n".getBytes(StandardCharsets.UTF_8));
        }
        return Stream.of(
                Arguments.of(
                        compressed.toByteArray(), "is compressed; unpack it, such as by gunzip"),
                Arguments.of(
                        utf8("[{\"a\":1},\n{\"a\":2}]"),
                        "is one JSON array; name the result of: jq"),
                Arguments.of(utf8("\uFEFF[\n  {\n  \"a\":1}]"), "is one JSON array"),
                Arguments.of(
                        utf8(":ok\n\nevent: message\nid: []\ndata: {}\n\n"),
                        "is a saved stream of frames"),
                Arguments.of(utf8("\ndata: {}\n\n"), "is a saved stream of frames"),
                Arguments.of("{}\n".getBytes(StandardCharsets.UTF_16LE), "is no text in UTF-8"));
    }

    @ParameterizedTest
    @MethodSource("otherFormats")
    void refusesOtherFormatsInOneLineThatSaysHowToConvertThem(byte[] content, String reason)
            throws IOException {
        Files.write(file, content);
        assertThatThrownBy(() -> open(1, START))
                .isInstanceOf(OperationException.class)
                .hasMessageStartingWith("the file to replay, %s, %s", file, reason)
                .hasMessageNotContaining("\n");
    }

    @Test
    void replaysLinesThatAreNoEvents() throws Exception {
        Files.writeString(file, "[1,2]\n[]\n\"data: {}\"\n");
        try (ReplayLog log = open(ReplayLog.AT_ONCE, LONG_AFTER)) {
            assertThat(log.size()).isEqualTo(3);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatThrownBy(() -> open(1, START))
                .isInstanceOf(OperationException.class)
                .hasMessageContaining(file.toString());
    }

    private ReplayLog open(double speed, Instant now) {
        return ReplayLog.open(file, START, speed, () -> now);
    }

    private static SimulatedEventStreams serve(PublishedLog log) {
        return SimulatedEventStreams.start(
                SimulatedStreamSettings.builder(log).start(Start.BEGINNING).build());
    }

    /** Writes generated events, and returns them as text. */
    private List<String> write(Workload workload, int count) throws IOException {
        List<String> events = new ArrayList<>();
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (GeneratedEvent event : new EventLog(workload).events(0, count)) {
            events.add(new String(event.json(), StandardCharsets.UTF_8));
            lines.write(event.json());
            lines.write('\n');
        }
        Files.write(file, lines.toByteArray());
        return events;
    }
}
