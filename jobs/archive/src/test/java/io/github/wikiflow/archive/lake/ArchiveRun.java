package io.github.wikiflow.archive.lake;

import io.github.wikiflow.archive.row.EncodedRow;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.connector.sink2.CommittableMessage;
import org.apache.flink.streaming.runtime.operators.sink.CommitterOperatorFactory;
import org.apache.flink.streaming.runtime.operators.sink.SinkWriterOperatorFactory;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/**
 * A run of the sink as Flink runs it, its writers and committers in this thread: the test says when
 * rows come, when checkpoints are taken and whether they complete. To close a run is to cancel it;
 * one that is left open is a process that has been stopped and may wake up.
 */
public final class ArchiveRun implements AutoCloseable {

    private static final int MAX_PARALLELISM = 128;

    private final List<
                    OneInputStreamOperatorTestHarness<EncodedRow, CommittableMessage<StagedEpoch>>>
            writers = new ArrayList<>();
    private final List<
                    OneInputStreamOperatorTestHarness<
                            CommittableMessage<StagedEpoch>, CommittableMessage<StagedEpoch>>>
            committers = new ArrayList<>();

    /** What a checkpoint or savepoint holds. */
    public record Checkpoint(
            long id, List<OperatorSubtaskState> writers, List<OperatorSubtaskState> committers) {}

    /** Starts or restarts a job without state. */
    public static ArchiveRun begin(LakeSink sink, int parallelism) throws Exception {
        return new ArchiveRun(sink, parallelism, null);
    }

    /** Starts or restarts a job from a checkpoint. */
    public static ArchiveRun restore(LakeSink sink, int parallelism, Checkpoint checkpoint)
            throws Exception {
        return new ArchiveRun(sink, parallelism, checkpoint);
    }

    private ArchiveRun(LakeSink sink, int parallelism, Checkpoint restored) throws Exception {
        for (int subtask = 0; subtask < parallelism; subtask++) {
            committers.add(
                    new OneInputStreamOperatorTestHarness<>(
                            new CommitterOperatorFactory<>(sink, false, true),
                            MAX_PARALLELISM,
                            parallelism,
                            subtask));
            writers.add(
                    new OneInputStreamOperatorTestHarness<>(
                            new SinkWriterOperatorFactory<>(sink),
                            MAX_PARALLELISM,
                            parallelism,
                            subtask));
        }
        for (int subtask = 0; subtask < parallelism; subtask++) {
            if (restored != null) {
                restore(committers.get(subtask), restored, restored.committers(), subtask);
            }
            committers.get(subtask).open();
        }
        for (int subtask = 0; subtask < parallelism; subtask++) {
            if (restored != null) {
                restore(writers.get(subtask), restored, restored.writers(), subtask);
            }
            writers.get(subtask).open();
        }
    }

    private void restore(
            AbstractStreamOperatorTestHarness<?> harness,
            Checkpoint checkpoint,
            List<OperatorSubtaskState> states,
            int subtask)
            throws Exception {
        harness.setRestoredCheckpointId(checkpoint.id());
        harness.initializeState(
                AbstractStreamOperatorTestHarness.repartitionOperatorState(
                        AbstractStreamOperatorTestHarness.repackageState(
                                states.toArray(OperatorSubtaskState[]::new)),
                        MAX_PARALLELISM,
                        states.size(),
                        writers.size(),
                        subtask));
    }

    /** Brings rows to the subtasks of their keys. */
    public void write(Iterable<EncodedRow> rows) throws Exception {
        for (EncodedRow row : rows) {
            writers.get(Math.floorMod(row.key(), writers.size())).processElement(row, 0);
        }
    }

    /** Takes a checkpoint or a savepoint, which is complete only when {@link #complete} says so. */
    public Checkpoint checkpoint(long id) throws Exception {
        List<OperatorSubtaskState> written = new ArrayList<>();
        List<OperatorSubtaskState> committed = new ArrayList<>();
        for (int subtask = 0; subtask < writers.size(); subtask++) {
            writers.get(subtask).prepareSnapshotPreBarrier(id);
            handOver(subtask);
            written.add(writers.get(subtask).snapshot(id, id));
            committed.add(committers.get(subtask).snapshot(id, id));
        }
        return new Checkpoint(id, written, committed);
    }

    private void handOver(int subtask) throws Exception {
        for (CommittableMessage<StagedEpoch> message : writers.get(subtask).extractOutputValues()) {
            committers.get(subtask).processElement(message, 0);
        }
        writers.get(subtask).getOutput().clear();
    }

    /** Tells that a checkpoint is complete, on which its files are committed. */
    public void complete(Checkpoint checkpoint) throws Exception {
        for (int subtask = 0; subtask < committers.size(); subtask++) {
            complete(checkpoint, subtask);
        }
    }

    /** Tells one subtask that a checkpoint is complete. */
    void complete(Checkpoint checkpoint, int subtask) throws Exception {
        committers.get(subtask).notifyOfCompletedCheckpoint(checkpoint.id());
    }

    @Override
    public void close() {
        try {
            for (var writer : writers) {
                writer.close();
            }
            for (var committer : committers) {
                committer.close();
            }
        } catch (Exception e) {
            throw new AssertionError("the run did not close", e);
        }
    }
}
