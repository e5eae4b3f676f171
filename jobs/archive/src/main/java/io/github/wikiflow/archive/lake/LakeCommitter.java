package io.github.wikiflow.archive.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Collection;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.metrics.Counter;

/**
 * Moves the files of a completed checkpoint to their partitions, where readers find them. Moving a
 * file that was moved already does nothing, so a commit may be repeated after a failure.
 */
final class LakeCommitter implements Committer<StagedFile> {

    private static final long ABSENT = -1;

    private final FileSystem fileSystem;
    private final Path lake;
    private final Path folder;
    private final Counter rows;
    private final Counter files;
    private final Counter bytes;

    LakeCommitter(Path lake, CommitterInitContext context) throws IOException {
        this.lake = lake;
        fileSystem = lake.getFileSystem();
        folder = new Path(lake, Staging.folder(context));
        rows = context.metricGroup().counter("events-archived");
        files = context.metricGroup().counter("files-committed");
        bytes = context.metricGroup().counter("bytes-committed");
    }

    @Override
    public void commit(Collection<CommitRequest<StagedFile>> requests) throws IOException {
        for (CommitRequest<StagedFile> request : requests) {
            StagedFile file = request.getCommittable();
            if (move(file)) {
                rows.inc(file.rows());
                files.inc();
                bytes.inc(file.bytes());
            } else {
                request.signalAlreadyCommitted();
            }
        }
    }

    /** Returns false if the file has been moved before. */
    private boolean move(StagedFile file) throws IOException {
        Path staged = new Path(lake, file.staged());
        Path target = new Path(lake, file.target());
        long stagedBytes = length(staged);
        if (stagedBytes == ABSENT) {
            if (length(target) == file.bytes()) {
                return false;
            }
            throw new IOException(
                    "%s is gone and was not moved to %s: its %d rows are lost to this checkpoint; start from an earlier one"
                            .formatted(staged, target, file.rows()));
        }
        if (stagedBytes != file.bytes()) {
            throw new IOException(
                    "%s has %d bytes and not the %d that were written"
                            .formatted(staged, stagedBytes, file.bytes()));
        }
        fileSystem.mkdirs(target.getParent());
        if (!fileSystem.rename(staged, target)) {
            throw new IOException("cannot move %s to %s".formatted(staged, target));
        }
        return true;
    }

    private long length(Path path) throws IOException {
        try {
            FileStatus status = fileSystem.getFileStatus(path);
            return status.getLen();
        } catch (FileNotFoundException e) {
            return ABSENT;
        }
    }

    @Override
    public void close() throws IOException {
        Staging.deleteIfEmpty(fileSystem, folder);
    }
}
