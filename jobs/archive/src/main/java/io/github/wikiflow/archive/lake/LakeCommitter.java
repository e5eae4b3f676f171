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
import org.apache.flink.metrics.MetricGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the files of a completed checkpoint to their partitions, where readers find them. A commit
 * may be repeated after a failure: a file that was moved already stays where it is.
 *
 * <p>On an object store a move is a copy, at whose end readers see the whole file, and then a
 * deletion. What fails between the two leaves the file in both places; it was moved then, and only
 * its staged copy has to go.
 */
final class LakeCommitter implements Committer<StagedFile> {

    private static final Logger LOG = LoggerFactory.getLogger(LakeCommitter.class);

    private static final long ABSENT = -1;

    private final FileSystem fileSystem;
    private final Path lake;
    private final Path folder;
    private final Counter rows;
    private final Counter files;
    private final Counter bytes;

    LakeCommitter(Path lake, CommitterInitContext context) throws IOException {
        this(
                lake.getFileSystem(),
                lake,
                new Path(lake, Staging.folder(context)),
                context.metricGroup());
    }

    /**
     * @param folder the committer's own part of {@link Staging}, deleted when it is empty at the
     *     end
     */
    LakeCommitter(FileSystem fileSystem, Path lake, Path folder, MetricGroup metrics) {
        this.fileSystem = fileSystem;
        this.lake = lake;
        this.folder = folder;
        rows = metrics.counter("events-archived");
        files = metrics.counter("files-committed");
        bytes = metrics.counter("bytes-committed");
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
        // The folder is made only when it is missed: object stores need none, and asking is slow.
        if (!rename(staged, target, file.bytes())) {
            fileSystem.mkdirs(target.getParent());
            if (!rename(staged, target, file.bytes())) {
                throw new IOException("cannot move %s to %s".formatted(staged, target));
            }
        }
        return true;
    }

    /**
     * Returns whether the whole file is at its target, and nothing of it elsewhere, be it by this
     * attempt or by an earlier one that stopped half way.
     */
    private boolean rename(Path staged, Path target, long bytes) throws IOException {
        try {
            if (fileSystem.rename(staged, target)) {
                return true;
            }
        } catch (IOException e) {
            LOG.warn("Cannot move {} to {} at once", staged, target, e);
        }
        if (length(target) != bytes) {
            return false;
        }
        fileSystem.delete(staged, false);
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

    /** Tidies up if it can; an error on the way out of a task would take the TaskManager down. */
    @Override
    public void close() {
        try {
            Staging.deleteIfEmpty(fileSystem, folder);
        } catch (IOException e) {
            LOG.warn("Cannot delete {}, which may be empty", folder, e);
        }
    }
}
