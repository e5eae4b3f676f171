package io.github.wikiflow.rankings.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.rankings.Samples;
import io.github.wikiflow.rankings.change.Change;
import io.github.wikiflow.rankings.change.ChangeSerializer;
import io.github.wikiflow.rankings.time.TimeRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/**
 * The window [0, 10) closes for good with a change of the second 17, at the watermark 14,999. Files
 * are written in the second of their change.
 */
@SuppressWarnings("try") // The harness may be interrupted while it closes, as anything may.
class SettleChangesTest {

    private static final Duration IDLENESS = Duration.ofMinutes(1);

    @Test
    void aRowWaitsForTheNextEpoch() throws Exception {
        try (Harness harness = new Harness()) {
            harness.process(row(0, 0, 1, "A", 5), row(0, 1, 2, "B", 5));
            assertThat(harness.users()).isEmpty();

            harness.process(row(0, 2, 3, "C", 6));
            assertThat(harness.users()).containsExactly("A", "B");
        }
    }

    @Test
    void aRowIsLateIfAChangeBeforeItHadClosedItsWindowWhereverTheFilesHaveThem() throws Exception {
        try (Harness harness = new Harness()) {
            harness.process(
                    row(0, 5, 9, "late", 1),
                    row(0, 2, 9, "in time", 1),
                    row(1, 5, 9, "of another partition", 1),
                    row(0, 3, 17, "closes", 1),
                    row(0, 9, 18, "later", 2));

            assertThat(harness.users())
                    .containsExactlyInAnyOrder("in time", "of another partition", "closes");
        }
    }

    @Test
    void anotherTopicHasOffsetsOfItsOwn() throws Exception {
        try (Harness harness = new Harness()) {
            TopicPartition other = new TopicPartition("other", 0);
            harness.process(
                    row(0, 3, 17, "closes", 1),
                    row(other, 5, 9, "of another topic", 1),
                    row(0, 4, 18, "B", 2),
                    row(other, 3, 8, "repeated there", 2),
                    row(other, 6, 8, "next there", 2),
                    row(0, 5, 18, "C", 3));

            assertThat(harness.users())
                    .containsExactly("closes", "of another topic", "B", "next there");
        }
    }

    @Test
    void theWatermarkWaitsForWhatIsHeldBeforeTheChangeThatClosesAWindow() throws Exception {
        try (Harness harness = new Harness()) {
            harness.process(row(0, 1, 1, "A", 1), row(0, 2, 2, "in time", 2));
            harness.process(row(0, 3, 17, "closes", 2));
            assertThat(harness.users()).containsExactly("A");
            assertThat(harness.watermarks()).doesNotContain(14_999L);

            harness.process(row(0, 5, 18, "C", 3));
            assertThat(harness.users()).containsExactly("A", "in time", "closes");
            assertThat(harness.watermarks()).endsWith(14_999L);
        }
    }

    @Test
    void theWatermarkIsTheLeastOfThePartitionsThatAreNotSilent() throws Exception {
        try (Harness harness = new Harness()) {
            harness.process(row(0, 0, 17, "A", 1), row(1, 0, 1, "silent from here on", 1));
            harness.process(row(0, 1, 61, "B", 2), row(0, 2, 61, "C", 3));
            assertThat(harness.watermarks())
                    .as("a minute is not more than one")
                    .containsExactly(-5_001L);

            harness.process(row(0, 3, 62, "D", 3), row(0, 4, 62, "E", 4));
            assertThat(harness.watermarks()).containsExactly(-5_001L, 54_999L);

            harness.process(row(1, 1, 2, "late", 4), row(0, 5, 80, "F", 5));
            assertThat(harness.users())
                    .containsExactly("A", "silent from here on", "B", "C", "D", "E");
        }
    }

    @Test
    void aRowThatWasSettledIsARepeat() throws Exception {
        try (Harness harness = new Harness()) {
            harness.process(
                    row(0, 4, 1, "A", 1),
                    row(0, 5, 2, "B", 1),
                    row(0, 6, 3, "C", 2),
                    row(0, 4, 1, "A", 3),
                    row(0, 5, 2, "B", 3),
                    row(0, 6, 3, "C", 3),
                    row(0, 7, 3, "D", 3),
                    row(0, 8, 3, "E", 4));

            assertThat(harness.users()).containsExactly("A", "B", "C", "D");
        }
    }

    /** Epochs of two runs; the first has gone back to before its epoch 2. */
    @Test
    void whatIsWithdrawnComesAgain() throws Exception {
        long run = 1L << 44;
        long next = 2L << 44;
        try (Harness harness = new Harness()) {
            harness.process(
                    row(0, 0, 1, "A", run + 1),
                    row(0, 3, 2, "of a whole epoch", run + 2),
                    row(0, 6, 3, "of half an epoch", run + 3),
                    LakeChange.withdrawal(run + 3),
                    row(0, 7, 3, "after it", run + 4));
            assertThat(harness.users()).containsExactly("A", "of a whole epoch");

            harness.process(
                    row(0, 3, 2, "of a whole epoch", next + 2),
                    row(0, 5, 3, "of the other half", next + 2),
                    row(0, 6, 3, "of half an epoch", next + 2),
                    row(0, 7, 3, "after it", next + 3));
            assertThat(harness.users())
                    .containsExactly(
                            "A", "of a whole epoch", "of the other half", "of half an epoch");
        }
    }

    @Test
    void aFileOfNoEpochThatComesLaterIsSettledWithTheNextEpoch() throws Exception {
        try (Harness harness = new Harness()) {
            harness.process(row(0, 4, 1, "A", 2), row(1, 0, 2, "B", 0));
            assertThat(harness.users()).isEmpty();

            harness.process(row(0, 5, 3, "C", 3));
            assertThat(harness.users()).containsExactly("B", "A");
        }
    }

    @Test
    void whatIsNotSelectedClosesWindowsButIsNotRanked() throws Exception {
        try (Harness harness = new Harness()) {
            harness.process(
                    row(partition(0), 0, "log", 17, "A", 1),
                    row(0, 1, 9, "late", 1),
                    row(0, 2, 18, "B", 2));

            assertThat(harness.users()).isEmpty();
        }
    }

    @Test
    void aRestartChangesNothing() throws Exception {
        OperatorSubtaskState state;
        try (Harness first = new Harness()) {
            first.process(
                    row(0, 1, 1, "A", 1),
                    row(0, 3, 17, "closes", 2),
                    row(0, 2, 2, "in time", 2),
                    row(0, 4, 3, "late", 2));
            state = first.harness.snapshot(1, 1);
        }
        try (Harness second = new Harness(state)) {
            second.process(row(0, 1, 1, "A", 3), row(0, 5, 18, "C", 3));

            assertThat(second.users()).containsExactly("closes", "in time");
            assertThat(second.watermarks()).containsExactly(14_999L);
        }
    }

    @Test
    void aDrainLetsNothingGoThatMayBeLate() throws Exception {
        OperatorSubtaskState state;
        try (Harness first = new Harness()) {
            first.process(row(0, 1, 1, "A", 1), row(0, 2, 2, "B", 1));
            first.harness.processWatermark(Watermark.MAX_WATERMARK);

            assertThat(first.users()).isEmpty();
            assertThat(first.watermarks()).isEmpty();
            state = first.harness.snapshot(1, 1);
        }
        try (Harness second = new Harness(state)) {
            second.process(row(0, 3, 3, "C", 2));

            assertThat(second.users()).containsExactly("A", "B");
        }
    }

    private static TopicPartition partition(int number) {
        return new TopicPartition("changes", number);
    }

    private static LakeChange row(
            int partition, long offset, long second, String user, long epoch) {
        return row(partition(partition), offset, second, user, epoch);
    }

    private static LakeChange row(
            TopicPartition partition, long offset, long second, String user, long epoch) {
        return row(partition, offset, "edit", second, user, epoch);
    }

    private static LakeChange row(
            TopicPartition partition,
            long offset,
            String type,
            long second,
            String user,
            long epoch) {
        return new LakeChange(
                partition,
                offset,
                0,
                second * 1000,
                epoch,
                ChangeSummary.of(second, type, "enwiki", "Page", user, false));
    }

    /** The operator and what it has let through. */
    private static final class Harness implements AutoCloseable {
        private final KeyedOneInputStreamOperatorTestHarness<Long, LakeChange, Change> harness;

        private Harness() throws Exception {
            this(null);
        }

        private Harness(OperatorSubtaskState state) throws Exception {
            harness =
                    new KeyedOneInputStreamOperatorTestHarness<>(
                            new SettleChanges(
                                    Samples.TIME,
                                    new SelectChanges(Set.of("edit"), TimeRange.ALL),
                                    IDLENESS),
                            LakeChange::epoch,
                            Types.LONG);
            harness.setup(ChangeSerializer.TYPE.createSerializer(null));
            if (state != null) {
                harness.initializeState(state);
            }
            harness.open();
        }

        private void process(LakeChange... rows) throws Exception {
            for (LakeChange row : rows) {
                harness.processElement(new StreamRecord<>(row));
            }
        }

        private List<String> users() {
            List<String> users = new ArrayList<>();
            for (Object element : harness.getOutput()) {
                if (element instanceof StreamRecord<?> record
                        && record.getValue() instanceof Change change) {
                    users.add(change.summary().user().toString());
                }
            }
            return users;
        }

        private List<Long> watermarks() {
            List<Long> watermarks = new ArrayList<>();
            for (Object element : harness.getOutput()) {
                if (element instanceof Watermark watermark) {
                    watermarks.add(watermark.getTimestamp());
                }
            }
            return watermarks;
        }

        @Override
        public void close() throws Exception {
            harness.close();
        }
    }
}
