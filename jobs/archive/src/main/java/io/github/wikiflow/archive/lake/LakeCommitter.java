package io.github.wikiflow.archive.lake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.api.connector.sink2.CommitterInitContext;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the files of a completed checkpoint to their partitions, where readers find them. A commit
 * may be repeated after a failure: a file that was moved already stays where it is.
 *
 * <p>Where a move is several requests over a network, several files move at once. They do not know
 * of each other, so their order is of no matter; a commit ends, well or not, when all that it began
 * have ended. Only an interrupt does not wait, as the task is given up then: what still moves does
 * what the next attempt would do, see {@link FileMove}.
 */
final class LakeCommitter implements Committer<StagedFile> {

    /** How many files move at once in a subtask, unless the file system is a local one. */
    static final int MOVES_AT_ONCE = 8;

    private static final Logger LOG = LoggerFactory.getLogger(LakeCommitter.class);

    private final FileSystem fileSystem;
    private final Path lake;
    private final Path folder;
    private final int movesAtOnce;
    private final ExecutorService threads;
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
        movesAtOnce = fileSystem.isDistributedFS() ? MOVES_AT_ONCE : 1;
        threads =
                Executors.newFixedThreadPool(movesAtOnce, new ExecutorThreadFactory("lake-commit"));
        rows = metrics.counter("events-archived");
        files = metrics.counter("files-committed");
        bytes = metrics.counter("bytes-committed");
    }

    @Override
    public void commit(Collection<CommitRequest<StagedFile>> requests)
            throws IOException, InterruptedException {
        List<CommitRequest<StagedFile>> all = List.copyOf(requests);
        for (int from = 0; from < all.size(); from += movesAtOnce) {
            commitTogether(all.subList(from, Math.min(all.size(), from + movesAtOnce)));
        }
    }

    private void commitTogether(List<CommitRequest<StagedFile>> requests)
            throws IOException, InterruptedException {
        List<FileMove> moves = new ArrayList<>();
        for (CommitRequest<StagedFile> request : requests) {
            moves.add(new FileMove(fileSystem, lake, request.getCommittable()));
        }
        List<Future<Boolean>> moved = threads.invokeAll(moves);
        for (int i = 0; i < moved.size(); i++) {
            CommitRequest<StagedFile> request = requests.get(i);
            if (outcome(moved.get(i))) {
                StagedFile file = request.getCommittable();
                rows.inc(file.rows());
                files.inc();
                bytes.inc(file.bytes());
            } else {
                request.signalAlreadyCommitted();
            }
        }
    }

    private static boolean outcome(Future<Boolean> move) throws IOException, InterruptedException {
        try {
            return move.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** Tidies up if it can; an error on the way out of a task would take the TaskManager down. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            Staging.deleteIfEmpty(fileSystem, folder);
        } catch (IOException e) {
            LOG.warn("Cannot delete {}, which may be empty", folder, e);
        }
    }
}
