package io.github.wikiflow.sandbox.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventLogTest {

    private static final int EVENTS = 20_000;

    private final EventLog hostile = new EventLog(Workload.hostile());
    private final EventLog clean = new EventLog(Workload.clean());

    @Test
    void isTheSameWhereverAndWheneverItIsRead() {
        EventLog again = new EventLog(Workload.hostile());
        for (long index = 3 * Segment.SIZE; index >= 0; index -= 31) {
            assertSame(again.event(index), hostile.event(index));
        }
        long far = 123_456_789_012L;
        assertSame(new EventLog(Workload.hostile()).event(far), hostile.event(far));
    }

    @Test
    void differsFromSeedToSeed() {
        EventLog other = new EventLog(Workload.hostile().toBuilder().seed(2).build());
        for (long index = 0; index < 100; index++) {
            assertThat(other.event(index).id()).isNotEqualTo(hostile.event(index).id());
        }
    }

    @Test
    void findsTheFirstEventNotBeforeATime() {
        for (double eventsPerSecond : new double[] {0.3, 40, 1_500}) {
            EventLog log =
                    new EventLog(
                            Workload.clean().toBuilder().eventsPerSecond(eventsPerSecond).build());
            for (long index = 1; index < 5_000; index += 11) {
                long time = log.sourceTime(index);
                long found = log.indexAt(Instant.ofEpochMilli(time));
                assertThat(log.sourceTime(found)).isEqualTo(time);
                assertThat(found == 0 || log.sourceTime(found - 1) < time).isTrue();
            }
        }
        assertThat(clean.indexAt(Instant.EPOCH)).isZero();
    }

    @Test
    void hasEachKindInItsShareExactly() {
        Map<EventKind, Integer> counts = new EnumMap<>(EventKind.class);
        for (GeneratedEvent event : hostile.events(0, EVENTS)) {
            counts.merge(event.kind(), 1, Integer::sum);
        }
        for (EventKind kind : EventKind.values()) {
            assertThat(counts.getOrDefault(kind, 0))
                    .as("%s", kind)
                    .isCloseTo((int) (Workload.hostile().share(kind) * EVENTS), within(1));
        }
    }

    @Test
    void numbersEachTopicWithoutAGap() {
        Map<String, Long> lasts = new HashMap<>();
        Map<String, GeneratedEvent> byId = new HashMap<>();
        Set<String> topics = new HashSet<>();
        for (GeneratedEvent event : hostile.events(Segment.SIZE, EVENTS)) {
            topics.add(event.position().topic());
            if (event.kind() == EventKind.DUPLICATE) {
                GeneratedEvent original = byId.get(event.id());
                assertThat(event.json()).isEqualTo(original.json());
                assertThat(event.position()).isEqualTo(original.position());
            } else {
                assertThat(byId.put(event.id(), event)).isNull();
                Long last = lasts.put(event.position().topic(), event.position().offset());
                assertThat(last == null || event.position().offset() == last + 1)
                        .as("%s after %s", event, last)
                        .isTrue();
            }
        }
        assertThat(topics)
                .containsExactlyInAnyOrder(
                        "eqiad.mediawiki.recentchange", "codfw.mediawiki.recentchange");
    }

    @Test
    void findsEachEventByItsSourcePosition() {
        for (long index = 0; index < EVENTS; index += 13) {
            GeneratedEvent event = hostile.event(index);
            long found = hostile.indexAt(event.position());
            assertThat(hostile.event(found).id()).isEqualTo(event.id());
            assertThat(found == index).isEqualTo(event.kind() != EventKind.DUPLICATE);
        }
        SourcePosition first = hostile.event(0).position();
        for (long missing : new long[] {0, first.offset() - 1, Long.MAX_VALUE}) {
            SourcePosition position = new SourcePosition(first.topic(), first.partition(), missing);
            assertThatThrownBy(() -> hostile.indexAt(position))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no event has the position");
        }
    }

    @Test
    void namesOffsetsAsItIsToldToCountAndStaysTheSameOtherwise() {
        long anew = clean.sourceTime(500);
        EventLog counted =
                new EventLog(
                        Workload.clean(), (offset, time) -> time < anew ? offset : offset - 1_000);
        for (int index = 0; index < 1_000; index++) {
            GeneratedEvent as = clean.event(index);
            long offset = as.position().offset();
            String named = "\"offset\":" + (index < 500 ? offset : offset - 1_000);
            String json = new String(as.json(), StandardCharsets.UTF_8);
            assertThat(new String(counted.event(index).json(), StandardCharsets.UTF_8))
                    .isEqualTo(json.replace("\"offset\":" + offset, named));
            assertThat(counted.event(index).position()).isEqualTo(as.position());
        }
    }

    @Test
    void isOutOfOrderAsTheStreamIs() {
        List<Long> lags = new ArrayList<>();
        long newest = 0;
        long lastSourceTime = 0;
        int siblings = 0;
        for (GeneratedEvent event : clean.events(0, EVENTS)) {
            long time = event.content().timestamp() * 1000;
            lags.add(Math.max(0, newest - time));
            newest = Math.max(newest, time);
            assertThat(time).isLessThanOrEqualTo(event.sourceTime());
            assertThat(event.recordTime()).isGreaterThan(event.sourceTime());
            assertThat(event.sourceTime()).isGreaterThanOrEqualTo(lastSourceTime);
            siblings += event.sourceTime() == lastSourceTime ? 1 : 0;
            lastSourceTime = event.sourceTime();
        }
        lags.sort(null);
        assertThat(lags.stream().filter(lag -> lag > 0).count() / (double) EVENTS)
                .isBetween(0.43, 0.70);
        assertThat(lags.get(EVENTS * 99 / 100)).isBetween(5_000L, 8_000L);
        assertThat(lags.get(EVENTS - 1)).isLessThan(20_000L);
        assertThat(siblings).isBetween(EVENTS / 5, EVENTS / 3);
    }

    @Test
    void isSkewedAsTheStreamIs() {
        for (long session = 0; session < 10; session++) {
            Map<String, Integer> users = new HashMap<>();
            Set<String> wikis = new HashSet<>();
            int size = 2_400;
            int bots = 0;
            for (GeneratedEvent event : clean.events(session * 100_000, session * 100_000 + size)) {
                users.merge(event.content().user(), 1, Integer::sum);
                wikis.add(event.content().page().wiki().name());
                bots += event.content().bot() ? 1 : 0;
            }
            List<Integer> counts = new ArrayList<>(users.values());
            counts.sort((left, right) -> Integer.compare(right, left));
            double topTen = counts.subList(0, 10).stream().mapToInt(Integer::intValue).sum();
            assertThat(counts.get(0) / (double) size).as("top").isBetween(0.15, 0.34);
            assertThat(topTen / size).as("top ten").isBetween(0.42, 0.71);
            assertThat(counts.stream().filter(count -> count == 1).count() / (double) counts.size())
                    .as("once")
                    .isBetween(0.45, 0.70);
            assertThat(wikis.size()).as("wikis").isBetween(80, 180);
            assertThat(bots / (double) size).as("bots").isBetween(0.3, 0.5);
        }
    }

    @Test
    void hasTheSizesOfTheStream() {
        int[] sizes = new int[EVENTS];
        int next = 0;
        for (GeneratedEvent event : clean.events(0, EVENTS)) {
            sizes[next++] = event.json().length;
        }
        Arrays.sort(sizes);
        assertThat(sizes[EVENTS / 2]).as("median").isBetween(1_050, 1_350);
        assertThat(sizes[EVENTS * 99 / 100]).as("99th percentile").isBetween(1_600, 2_400);
        assertThat(sizes[EVENTS - 1]).as("greatest").isLessThan(4_096);
    }

    private static void assertSame(GeneratedEvent left, GeneratedEvent right) {
        assertThat(left).usingRecursiveComparison().isEqualTo(right);
    }
}
