package io.github.wikiflow.archive.lake;

import io.github.wikiflow.archive.file.LakeFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.apache.flink.api.connector.sink2.CommittingSinkWriter;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.FileSystem.WriteMode;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes each file to {@link Staging}, from where a checkpoint commits it. Its state is the job
 * that staged: after a savepoint the job has another id, and cleans up what the old one left.
 */
final class StagingWriter
        implements CommittingSinkWriter<LakeFile, StagedFile>,
                StatefulSinkWriter<LakeFile, String> {

    private static final Logger LOG = LoggerFactory.getLogger(StagingWriter.class);

    private static final String FILE_EXTENSION = ".parquet";

    private final FileSystem fileSystem;
    private final Path lake;
    private final String job;
    private final String folder;
    private final List<StagedFile> staged = new ArrayList<>();
    private long lastCheckpointId;

    StagingWriter(Path lake, Collection<String> restoredJobs, WriterInitContext context)
            throws IOException {
        this.lake = lake;
        fileSystem = lake.getFileSystem();
        job = Staging.job(context);
        folder = Staging.folder(context);
        lastCheckpointId = context.getRestoredCheckpointId().orElse(0);
        int subtask = context.getTaskInfo().getIndexOfThisSubtask();
        int parallelism = context.getTaskInfo().getNumberOfParallelSubtasks();
        Staging.deleteOrphans(fileSystem, lake, job, lastCheckpointId, subtask, parallelism);
        for (String restoredJob : restoredJobs) {
            if (!restoredJob.equals(job)) {
                Staging.deleteOrphans(fileSystem, lake, restoredJob, lastCheckpointId, 0, 1);
            }
        }
    }

    @Override
    public void write(LakeFile file, Context context) throws IOException {
        UUID id = UUID.randomUUID();
        String path = folder + "/" + Staging.fileName(lastCheckpointId, id);
        try (FSDataOutputStream out =
                fileSystem.create(new Path(lake, path), WriteMode.NO_OVERWRITE)) {
            out.write(file.content());
        }
        staged.add(
                new StagedFile(
                        path,
                        file.folder() + "/" + id + "-" + file.rows() + FILE_EXTENSION,
                        file.content().length,
                        file.rows()));
    }

    @Override
    public Collection<StagedFile> prepareCommit() {
        List<StagedFile> ready = List.copyOf(staged);
        staged.clear();
        return ready;
    }

    @Override
    public List<String> snapshotState(long checkpointId) {
        lastCheckpointId = checkpointId;
        return List.of(job);
    }

    @Override
    public void flush(boolean endOfInput) {
        // Each file is written whole when it comes.
    }

    /**
     * Tidies up if it can: the next attempt deletes what is left, and an error on the way out of a
     * task would take the TaskManager down.
     */
    @Override
    public void close() {
        for (StagedFile file : staged) {
            try {
                fileSystem.delete(new Path(lake, file.staged()), false);
            } catch (IOException e) {
                LOG.warn("Cannot delete {}, which no checkpoint needs", file.staged(), e);
            }
        }
    }
}
