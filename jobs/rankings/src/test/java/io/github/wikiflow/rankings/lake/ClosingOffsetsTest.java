package io.github.wikiflow.rankings.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.rankings.Samples;
import io.github.wikiflow.rankings.time.EventTime;
import io.github.wikiflow.testing.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ClosingOffsetsTest {

    private static final long SEED = Seed.draw();

    private static final TopicPartition ZERO = new TopicPartition("changes", 0);

    /** Of another topic, which is another partition with other offsets. */
    private static final TopicPartition OTHER = new TopicPartition("others", 0);

    /** The window [0, 10) closes for good at the watermark 14,999, which the second 17 brings. */
    @Test
    void aWindowIsClosedByTheFirstChangeThatIsFarEnoughBeyondIt() {
        ClosingOffsets closings = new ClosingOffsets(Samples.TIME);
        closings.addChange(ZERO, 3, 16_000);
        closings.addChange(ZERO, 9, 18_000);
        closings.addChange(ZERO, 5, 17_000);

        assertThat(closings.isLate(ZERO, 5, 0)).isFalse();
        assertThat(closings.isLate(ZERO, 6, 0)).isTrue();
        assertThat(closings.isLate(ZERO, 6, 10_000)).isFalse();
        assertThat(closings.isLate(OTHER, 6, 0)).isFalse();
        assertThat(closings.lastClosed(ZERO, 5)).hasValue(-10_000);
        assertThat(closings.lastClosed(ZERO, 6)).hasValue(0);
    }

    @Test
    void findsOutInAnyOrderWhatReadingInOrderFinds() {
        Random random = new Random(SEED);
        for (int repetition = 0; repetition < 300; repetition++) {
            EventTime eventTime =
                    new EventTime(
                            Duration.ofMillis(1 + random.nextInt(20)),
                            Duration.ofMillis(random.nextInt(20)),
                            Duration.ofMillis(random.nextInt(20)));
            List<Event> events = events(random);
            Map<Event, Boolean> expected = lateInOrder(events, eventTime);

            Collections.shuffle(events, random);
            ClosingOffsets closings = inParts(events, eventTime, random);

            for (Event event : events) {
                assertThat(
                                closings.isLate(
                                        event.partition,
                                        event.offset,
                                        eventTime.windowStart(event.time)))
                        .as("seed %d, repetition %d, %s, %s", SEED, repetition, eventTime, event)
                        .isEqualTo(expected.get(event));
            }
        }
    }

    @Test
    void whatIsForgottenChangesNoAnswerAboutGreaterOffsets() {
        Random random = new Random(SEED);
        for (int repetition = 0; repetition < 300; repetition++) {
            List<Event> events = events(random);
            ClosingOffsets all = inParts(events, Samples.TIME, random);
            ClosingOffsets some = inParts(events, Samples.TIME, random);
            long offset = random.nextInt(50);
            some.forgetBefore(ZERO, offset);

            for (long asked = offset; asked <= 50; asked++) {
                assertThat(some.lastClosed(ZERO, asked))
                        .as("seed %d, repetition %d, %d", SEED, repetition, asked)
                        .isEqualTo(all.lastClosed(ZERO, asked));
                for (long window = -50_000; window < 150_000; window += 10_000) {
                    assertThat(some.isLate(ZERO, asked, window))
                            .as("seed %d, repetition %d, %d", SEED, repetition, asked)
                            .isEqualTo(all.isLate(ZERO, asked, window));
                }
            }
        }
    }

    private static List<Event> events(Random random) {
        List<Event> events = new ArrayList<>();
        for (TopicPartition partition : List.of(ZERO, new TopicPartition("changes", 1), OTHER)) {
            for (int offset = 0; offset < 50; offset++) {
                int time =
                        random.nextInt(10) == 0 ? random.nextInt(200) : offset + random.nextInt(9);
                events.add(new Event(partition, offset, time));
            }
        }
        return events;
    }

    private static Map<Event, Boolean> lateInOrder(List<Event> events, EventTime eventTime) {
        Map<Event, Boolean> late = new HashMap<>();
        Map<TopicPartition, Long> latest = new HashMap<>();
        for (Event event : events) {
            long watermark =
                    eventTime.watermark(
                            latest.getOrDefault(event.partition, EventTime.NOTHING_SEEN));
            late.put(event, eventTime.isLate(eventTime.windowStart(event.time), watermark));
            latest.merge(event.partition, event.time, Math::max);
        }
        return late;
    }

    /** As several subtasks find them, put together. */
    private static ClosingOffsets inParts(List<Event> events, EventTime eventTime, Random random) {
        List<ClosingOffsets> parts =
                List.of(new ClosingOffsets(eventTime), new ClosingOffsets(eventTime));
        for (Event event : events) {
            parts.get(random.nextInt(2)).addChange(event.partition, event.offset, event.time);
        }
        ClosingOffsets all = new ClosingOffsets(eventTime);
        for (ClosingOffsets part : parts) {
            part.forEach(all::add);
        }
        return all;
    }

    private record Event(TopicPartition partition, long offset, long time) {}
}
