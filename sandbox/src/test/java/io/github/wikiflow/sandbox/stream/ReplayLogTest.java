package io.github.wikiflow.sandbox.stream;

import static io.github.wikiflow.sandbox.stream.DataCentre.CODFW;
import static io.github.wikiflow.sandbox.stream.DataCentre.EQIAD;
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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void numbersTheEventsOfEachTopic() throws Exception {
        Files.writeString(
                file,
                """
                {"meta":{"topic":"codfw.mediawiki.recentchange","offset":77}}
                {"meta":{"topic":"eqiad.mediawiki.recentchange","offset":5}}
                {"meta":{"topic":"elsewhere"}}
                {"meta":{"topic":"codfw.mediawiki.recentchange","offset":99}}""");
        try (ReplayLog log = open(ReplayLog.AT_ONCE, LONG_AFTER)) {
            List<DataCentre> dataCentres = new ArrayList<>();
            List<Long> offsets = new ArrayList<>();
            for (int i = 0; i < log.size(); i++) {
                dataCentres.add(log.event(i).dataCentre());
                offsets.add(log.event(i).offset());
            }
            assertThat(dataCentres).containsExactly(CODFW, EQIAD, EQIAD, CODFW);
            assertThat(offsets).containsExactly(0L, 0L, 1L, 1L);
            assertThat(log.indexAtOffset(CODFW, 1)).isEqualTo(3);
            assertThat(log.indexAtTime(EQIAD, START.toEpochMilli() + 2)).isEqualTo(2);
            assertThat(log.indexAtTime(EQIAD, START.toEpochMilli() + 3)).isEqualTo(4);
        }
    }

    @Test
    void saysWhichFileIsMissing() {
        assertThatThrownBy(() -> open(1, START))
                .isInstanceOf(OperationException.class)
                .hasMessageContaining(file.toString());
    }

    private ReplayLog open(double speed, Instant now) {
        return ReplayLog.open(file, "recentchange", START, speed, () -> now);
    }

    private static SimulatedEventStreams serve(SourceLog log) {
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
