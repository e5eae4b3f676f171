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
import org.junit.jupiter.api.Test;

/**
 * A lake delay of 16 s, so batches of 1 s. The window [0, 10) closes for good with a change of the
 * second 17, at the watermark 14,999.
 */
@SuppressWarnings("try") // The harness may be interrupted while it closes, as anything may.
class SettleChangesTest {

    private static final Duration DELAY = Duration.ofSeconds(16);

    @Test
    void aRowWaitsForAFileThatIsYoungerByMoreThanTheDelay() throws Exception {
        try (Harness harness = new Harness()) {
            harness.process(row(0, 0, 1, "A", 0), row(0, 1, 2, "B", 16_999));
            assertThat(harness.users()).isEmpty();

            harness.process(row(0, 2, 3, "C", 17_000));
            assertThat(harness.users()).containsExactly("A");
        }
    }

    @Test
    void aRowIsLateIfAChangeBeforeItHadClosedItsWindowWhereverTheFilesHaveThem() throws Exception {
        try (Harness harness = new Harness()) {
            harness.process(
                    row(0, 5, 9, "late", 0),
                    row(0, 2, 9, "in time", 0),
                    row(1, 5, 9, "of another partition", 0),
                    row(0, 3, 17, "closes", 10_000),
                    row(0, 9, 18, "later", 60_000));

            assertThat(harness.users())
                    .containsExactlyInAnyOrder("in time", "of another partition", "closes");
        }
    }

    @Test
    void theWatermarkWaitsForWhatIsHeldBeforeTheChangeThatClosesAWindow() throws Exception {
        try (Harness harness = new Harness()) {
            harness.process(
                    row(0, 1, 1, "A", 0),
                    row(0, 3, 17, "closes", 0),
                    row(0, 2, 2, "in time", 10_000),
                    row(0, 4, 18, "B", 17_000));
            assertThat(harness.users()).containsExactly("A", "closes");
            assertThat(harness.watermarks()).doesNotContain(14_999L);

            harness.process(row(0, 5, 18, "C", 27_000));
            assertThat(harness.users()).containsExactly("A", "closes", "in time");
            assertThat(harness.watermarks()).endsWith(14_999L);
        }
    }

    @Test
    void theWatermarkIsTheLeastOfThePartitionsThatAreNotSilent() throws Exception {
        try (Harness harness = new Harness()) {
            harness.process(
                    row(0, 0, 17, "A", 0),
                    row(1, 0, 1, "silent from here on", 1_000),
                    row(0, 1, 27, "B", 10_000),
                    row(0, 2, 27, "C", 17_000));
            assertThat(harness.watermarks()).isEmpty();

            harness.process(row(0, 3, 28, "D", 18_000));
            assertThat(harness.watermarks()).containsExactly(14_999L);

            harness.process(row(1, 1, 2, "late", 18_500), row(0, 4, 40, "E", 60_000));
            assertThat(harness.users()).containsExactly("A", "silent from here on", "B", "C", "D");
        }
    }

    @Test
    void aRowThatComesAfterTheDelayIsLetThroughAtOnceUnlessItWasLate() throws Exception {
        try (Harness harness = new Harness()) {
            harness.process(
                    row(0, 4, 17, "A", 0),
                    row(0, 9, 18, "B", 60_000),
                    row(0, 3, 12, "before it", 1_000),
                    row(0, 5, 9, "late", 1_000));

            assertThat(harness.users()).containsExactly("A", "before it");
        }
    }

    @Test
    void whatIsNotSelectedClosesWindowsButIsNotRanked() throws Exception {
        try (Harness harness = new Harness()) {
            harness.process(
                    row(0, 0, "log", 17, "A", 0),
                    row(0, 1, 9, "late", 0),
                    row(0, 2, 18, "B", 60_000));

            assertThat(harness.users()).isEmpty();
        }
    }

    @Test
    void aRestartChangesNothing() throws Exception {
        OperatorSubtaskState state;
        try (Harness first = new Harness()) {
            first.process(
                    row(0, 1, 1, "A", 0),
                    row(0, 3, 17, "closes", 0),
                    row(0, 2, 2, "in time", 10_000),
                    row(0, 4, 3, "late", 10_000),
                    row(0, 5, 18, "B", 17_000));
            state = first.harness.snapshot(1, 1);
        }
        try (Harness second = new Harness(state)) {
            second.process(row(0, 6, 18, "C", 27_000));

            assertThat(second.users()).containsExactly("in time");
            assertThat(second.watermarks()).containsExactly(14_999L);
        }
    }

    @Test
    void aDrainLetsNothingGoThatMayBeLate() throws Exception {
        OperatorSubtaskState state;
        try (Harness first = new Harness()) {
            first.process(row(0, 1, 1, "A", 0), row(0, 2, 2, "B", 5_000));
            first.harness.processWatermark(Watermark.MAX_WATERMARK);

            assertThat(first.users()).isEmpty();
            assertThat(first.watermarks()).isEmpty();
            state = first.harness.snapshot(1, 1);
        }
        try (Harness second = new Harness(state)) {
            second.process(row(0, 3, 3, "C", 25_000));

            assertThat(second.users()).containsExactly("A", "B");
        }
    }

    private static LakeChange row(
            int partition, long offset, long second, String user, long fileTime) {
        return row(partition, offset, "edit", second, user, fileTime);
    }

    private static LakeChange row(
            int partition, long offset, String type, long second, String user, long fileTime) {
        return new LakeChange(
                partition,
                offset,
                second * 1000,
                fileTime,
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
                                    DELAY),
                            row -> SettleChanges.batch(row, DELAY),
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
