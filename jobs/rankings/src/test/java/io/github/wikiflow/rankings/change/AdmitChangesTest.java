package io.github.wikiflow.rankings.change;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.rankings.Samples;
import java.util.List;
import java.util.Set;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // The harness may be interrupted while it closes, as anything may.
class AdmitChangesTest {

    /** The window [0, 10) closes for good at the watermark 14,999, which the second 17 brings. */
    @Test
    void aChangeIsLateFromTheVeryMomentThatItsWindowIsClosedForGood() throws Exception {
        try (var harness = harness(Set.of(), 1, 0)) {
            harness.open();
            process(harness, Samples.edit(0, 16, "A"), Samples.edit(0, 9, "in time"));
            process(harness, Samples.edit(0, 17, "B"), Samples.edit(0, 9, "late"));
            process(harness, Samples.edit(0, 10, "of the next window"));

            assertThat(admitted(harness))
                    .containsExactly("A", "in time", "B", "of the next window");
            LateChange late = harness.getSideOutput(AdmitChanges.LATE).poll().getValue();
            assertThat(late).isEqualTo(new LateChange(late.raw(), 0, 10_000, 14_999 - 9_000));
            assertThat(late.raw().value()).isEqualTo(Samples.utf8("{}"));
        }
    }

    @Test
    void aPartitionIsJudgedByItsOwnTime() throws Exception {
        try (var harness = harness(Set.of(), 1, 0)) {
            harness.open();
            process(harness, Samples.edit(3, 1_000, "ahead"), Samples.edit(0, 9, "behind"));

            assertThat(admitted(harness)).containsExactly("ahead", "behind");
        }
    }

    @Test
    void aPartitionThatWasIdleIsLateForWindowsThatTheOthersHaveClosed() throws Exception {
        try (var harness = harness(Set.of(), 1, 0)) {
            harness.open();
            process(harness, Samples.edit(1, 1, "A"));
            harness.processWatermark(new Watermark(14_998));
            process(harness, Samples.edit(1, 9, "in time"));
            harness.processWatermark(new Watermark(14_999));
            process(harness, Samples.edit(1, 9, "late"), Samples.edit(1, 10, "B"));

            assertThat(admitted(harness)).containsExactly("A", "in time", "B");
            assertThat(harness.getSideOutput(AdmitChanges.LATE)).hasSize(1);
        }
    }

    @Test
    void aTypeThatIsNotRankedIsNeitherAdmittedNorLateButMovesTime() throws Exception {
        try (var harness = harness(Set.of("edit"), 1, 0)) {
            harness.open();
            process(
                    harness,
                    Samples.change(0, 17, "log", "A", false),
                    Samples.change(0, 1, null, "B", false),
                    Samples.edit(0, 9, "late"));

            assertThat(admitted(harness)).isEmpty();
            assertThat(harness.getSideOutput(AdmitChanges.LATE)).hasSize(1);
        }
    }

    @Test
    void whatIsLateStaysLateAfterARestartAtAnotherParallelism() throws Exception {
        OperatorSubtaskState state;
        try (var first = harness(Set.of(), 2, 0);
                var second = harness(Set.of(), 2, 1)) {
            first.open();
            second.open();
            process(first, Samples.edit(0, 17, "A"));
            process(second, Samples.edit(1, 16, "B"));
            state =
                    AbstractStreamOperatorTestHarness.repackageState(
                            first.snapshot(1, 1), second.snapshot(1, 1));
        }
        // Nothing of partition 0 is read before the next restart; its time must not be forgotten.
        for (int restart = 0; restart < 2; restart++) {
            try (var harness = harness(Set.of(), 1, 0)) {
                harness.initializeState(state);
                harness.open();
                state = harness.snapshot(2 + restart, 2);
            }
        }
        try (var harness = harness(Set.of(), 3, 2)) {
            harness.initializeState(
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(state, 3, 1, 3, 2));
            harness.open();
            process(harness, Samples.edit(0, 9, "late"), Samples.edit(1, 9, "in time"));

            assertThat(admitted(harness)).containsExactly("in time");
            assertThat(harness.getSideOutput(AdmitChanges.LATE)).hasSize(1);
        }
    }

    /** One subtask was idle: the job was where the other one was, and goes on from there. */
    @Test
    void aWindowThatWasClosedBeforeARestartIsNotOpenedAgain() throws Exception {
        OperatorSubtaskState state;
        try (var active = harness(Set.of(), 2, 0);
                var idle = harness(Set.of(), 2, 1)) {
            active.open();
            idle.open();
            active.processWatermark(new Watermark(14_999));
            active.processWatermark(Watermark.MAX_WATERMARK);
            idle.processWatermark(new Watermark(2_000));
            idle.processWatermarkStatus(WatermarkStatus.IDLE);
            state =
                    AbstractStreamOperatorTestHarness.repackageState(
                            active.snapshot(1, 1), idle.snapshot(1, 1));
        }
        try (var harness = harness(Set.of(), 1, 0)) {
            harness.initializeState(state);
            harness.open();
            process(harness, Samples.edit(7, 9, "late"), Samples.edit(7, 10, "in time"));
            harness.processWatermark(new Watermark(8_000));

            assertThat(admitted(harness)).containsExactly("in time");
            assertThat(harness.getSideOutput(AdmitChanges.LATE)).hasSize(1);
            assertThat(harness.getOutput())
                    .contains(new Watermark(14_999))
                    .doesNotContain(new Watermark(8_000));
        }
    }

    private static OneInputStreamOperatorTestHarness<Change, Change> harness(
            Set<String> types, int parallelism, int subtask) throws Exception {
        return new OneInputStreamOperatorTestHarness<>(
                new AdmitChanges(Samples.TIME, types), 4, parallelism, subtask);
    }

    private static void process(
            OneInputStreamOperatorTestHarness<Change, Change> harness, Change... changes)
            throws Exception {
        for (Change change : changes) {
            harness.processElement(new StreamRecord<>(change, change.eventTime()));
        }
    }

    private static List<String> admitted(
            OneInputStreamOperatorTestHarness<Change, Change> harness) {
        return harness.extractOutputValues().stream()
                .map(change -> change.summary().user().toString())
                .toList();
    }
}
