package io.github.wikiflow.archive.lake;

import io.github.wikiflow.archive.row.EncodedRow;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SupportsCommitter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * Puts rows into the lake exactly once, on any of Flink's file systems. At each checkpoint all rows
 * that came since the last one are written as Parquet files to a hidden folder; when the checkpoint
 * is complete, they are moved to their partitions. No row is ever in a checkpoint.
 *
 * <p>It needs aligned checkpoints. The state of the writers is the id of the run, which says from
 * where a later run goes on: {@link LakeStart}.
 */
public final class LakeSink
        implements Sink<EncodedRow>,
                SupportsCommitter<StagedEpoch>,
                SupportsWriterState<EncodedRow, String> {

    private static final long serialVersionUID = 1L;

    private final URI lake;
    private final FileSettings settings;
    private final boolean rewind;
    private final String run = RandomIds.next();

    /**
     * @param lake the lake's root
     * @param rewind whether what was committed after the restored checkpoint may be removed
     */
    public LakeSink(URI lake, FileSettings settings, boolean rewind) {
        this.lake = lake;
        this.settings = settings;
        this.rewind = rewind;
    }

    /**
     * Checks that a job without state may write to a lake.
     *
     * @throws IOException with one line that says what to do instead, if there is something in it
     */
    public static void requireNewLake(URI lake) throws IOException {
        LakeStart.requireEmpty(new Path(lake));
    }

    @Override
    public LakeWriter createWriter(WriterInitContext context) throws IOException {
        Path root = new Path(lake);
        if (context.getTaskInfo().getIndexOfThisSubtask() == LakeWriter.FIRST) {
            new LakeStart(root.getFileSystem(), root, rewind).begin(run);
        }
        return new LakeWriter(root, run, settings, context);
    }

    @Override
    public LakeWriter restoreWriter(WriterInitContext context, Collection<String> runs)
            throws IOException {
        Path root = new Path(lake);
        // There is one in all the state, and so one subtask that looks after the start.
        for (String before : runs) {
            new LakeStart(root.getFileSystem(), root, rewind)
                    .goOn(before, context.getRestoredCheckpointId().orElse(0), run);
        }
        return new LakeWriter(root, run, settings, context);
    }

    @Override
    public Committer<StagedEpoch> createCommitter(CommitterInitContext context) throws IOException {
        Path root = new Path(lake);
        return new LakeCommitter(root.getFileSystem(), root, run, context.metricGroup());
    }

    @Override
    public SimpleVersionedSerializer<StagedEpoch> getCommittableSerializer() {
        return new StagedEpochSerializer();
    }

    @Override
    public SimpleVersionedSerializer<String> getWriterStateSerializer() {
        return new RunIdSerializer();
    }
}
