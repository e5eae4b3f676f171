package io.github.wikiflow.sandbox.stream;

import static io.github.wikiflow.sandbox.stream.DataCentre.CODFW;
import static io.github.wikiflow.sandbox.stream.DataCentre.EQIAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.sandbox.generator.EventKind;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.Workload;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class GeneratedLogTest {

    private static final String EQIAD_TOPIC = EQIAD.topic("recentchange");
    private static final String CODFW_TOPIC = CODFW.topic("recentchange");
    private static final Instant START = Instant.parse("2026-05-01T00:00:00Z");

    private final EventLog events =
            new EventLog(
                    Workload.realistic().toBuilder()
                            .seed(42)
                            .start(START)
                            .eventsPerSecond(100)
                            .share(EventKind.CANARY, 0.01)
                            .build());
    private final AtomicReference<Instant> now = new AtomicReference<>(START.plusSeconds(20));
    private final GeneratedLog log = new GeneratedLog(events, now::get);

    @Test
    void eventsHappenAtTheirSourceTime() throws Exception {
        assertThat(log.published()).isEqualTo(events.indexAt(now.get().plusMillis(1)));
        long next = log.published();
        assertThat(log.awaitPublished(next, 0)).isFalse();
        now.set(Instant.ofEpochMilli(events.sourceTime(next)));
        assertThat(log.awaitPublished(next, 0)).isTrue();
        assertThat(log.event(next).timestamp()).isEqualTo(now.get().toEpochMilli());
    }

    @Test
    void findsTheFirstEventOfEachTopicFromATimeOn() {
        for (DataCentre dataCentre : DataCentre.values()) {
            String topic = dataCentre.topic("recentchange");
            for (long millis = START.toEpochMilli();
                    millis < START.toEpochMilli() + 9_000;
                    millis += 317) {
                long expected = 0;
                while (events.sourceTime(expected) < millis
                        || !events.event(expected).position().topic().equals(topic)) {
                    expected++;
                }
                assertThat(log.indexAtTime(topic, millis)).isEqualTo(expected);
            }
        }
    }

    @Test
    void findsOffsets() {
        for (long index = 0; index < 3_000; index++) {
            SourceEvent event = log.event(index);
            long found = log.indexAtOffset(event.topic(), event.offset());
            assertThat(found).isLessThanOrEqualTo(index);
            assertThat(log.event(found).offset()).isEqualTo(event.offset());
        }
        assertThat(log.indexAtOffset(EQIAD_TOPIC, 0)).isZero();
    }

    @Test
    void theActiveDataCentreSwitchesAndBothTopicsGoOnWithoutAGap() {
        Workload switching =
                events.workload().toBuilder()
                        .switchAt(START.plusSeconds(15))
                        .share(EventKind.DUPLICATE, 0.02)
                        .build();
        GeneratedLog switched = new GeneratedLog(new EventLog(switching), now::get);
        Map<String, Long> newest = new HashMap<>();
        int[] eventsOfCodfw = new int[4];
        for (int index = 0; index < 4_000; index++) {
            SourceEvent event = switched.event(index);
            if (event.topic().equals(CODFW_TOPIC)) {
                eventsOfCodfw[index / 1_000]++;
            }
            Long before = newest.get(event.topic());
            if (before == null || event.offset() > before) {
                if (before != null) {
                    assertThat(event.offset()).as("index %d", index).isEqualTo(before + 1);
                }
                newest.put(event.topic(), event.offset());
            }
            assertThat(switched.indexAtOffset(event.topic(), event.offset()))
                    .isLessThanOrEqualTo(index);
        }
        // 10 canaries in a thousand events, every second one from the data centre at rest.
        assertThat(eventsOfCodfw).containsExactly(5, 5, 995, 995);
        assertThat(log.event(3_999).topic()).isEqualTo(EQIAD_TOPIC);
    }

    @Test
    void aTopicWithoutEventsHasNoneAtAnyTime() {
        GeneratedLog clean = new GeneratedLog(new EventLog(Workload.clean()), now::get);
        assertThat(clean.indexAtTime(CODFW_TOPIC, 0)).isEqualTo(PublishedLog.ENDLESS);
        assertThat(clean.indexAtOffset(CODFW_TOPIC, 0)).isEqualTo(PublishedLog.ENDLESS);
    }

    @Test
    void aServerStartedAgainGoesOnWithTheSameLog() throws Exception {
        List<String> received = new ArrayList<>();
        String position;
        try (SimulatedEventStreams server = serve(new GeneratedLog(events, now::get));
                StreamReader reader =
                        StreamReader.open(URI.create(server.uri() + "?since=" + START))) {
            List<Frame> frames = reader.read(1_200);
            frames.forEach(frame -> received.add(frame.data()));
            position = frames.get(frames.size() - 1).id();
        }
        long last = events.sourceTime(1_199);
        now.set(now.get().plus(Duration.ofMinutes(1)));
        EventLog same = new EventLog(events.workload());
        try (SimulatedEventStreams server = serve(new GeneratedLog(same, now::get));
                StreamReader reader = StreamReader.open(server.uri(), "Last-Event-ID", position)) {
            reader.read(1_200).forEach(frame -> received.add(frame.data()));
        }
        List<String> expected = new ArrayList<>();
        for (GeneratedEvent event : events.events(0, 1_200)) {
            expected.add(text(event));
        }
        long resumed = 1_200;
        while (events.sourceTime(resumed) <= last) {
            resumed++;
        }
        for (GeneratedEvent event : events.events(resumed, resumed + 1_200)) {
            expected.add(text(event));
        }
        assertThat(received).containsExactlyElementsOf(expected);
    }

    private static String text(GeneratedEvent event) {
        return new String(event.json(), StandardCharsets.UTF_8);
    }

    private static SimulatedEventStreams serve(PublishedLog log) {
        return SimulatedEventStreams.start(SimulatedStreamSettings.builder(log).build());
    }
}
