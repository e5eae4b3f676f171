package io.github.wikiflow.archive.lake;

import io.github.wikiflow.lake.Epoch;
import io.github.wikiflow.lake.Folders;
import io.github.wikiflow.lake.LakeHead;
import io.github.wikiflow.lake.LakeHeads;
import io.github.wikiflow.lake.Manifest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.connector.sink2.Committer;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.concurrent.ExecutorThreadFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the files of a completed checkpoint to their partitions, where readers find them, and then
 * the manifest that names them to the log of commits. A commit may be repeated, and be made twice
 * at the same time: by a process that had been stopped and by the one that took its place.
 *
 * <p>Where a move is several requests over a network, several files move at once. They do not know
 * of each other, so their order is of no matter; a commit ends, well or not, when all that it began
 * have ended. Only an interrupt does not wait, as the task is given up then: what still moves does
 * what the next attempt would do, see {@link FileMove}.
 */
final class LakeCommitter implements Committer<StagedEpoch> {

    /** How many files move at once in a subtask, unless the file system is a local one. */
    static final int MOVES_AT_ONCE = 8;

    private static final Logger LOG = LoggerFactory.getLogger(LakeCommitter.class);

    private static final long NANOS_BETWEEN_PRUNINGS = TimeUnit.HOURS.toNanos(6);

    /** After how many files their folders are synced, and their metrics counted. */
    private static final int BATCH = 512;

    private final FileSystem fileSystem;
    private final Path lake;
    private final String run;
    private final LakeHeads heads;
    private final CommitLog log;
    private final ExecutorService threads;
    private final Counter rows;
    private final Counter files;
    private final Counter bytes;
    private final Counter gone;
    private long prunedAt;

    /**
     * @param run that commits
     */
    LakeCommitter(FileSystem fileSystem, Path lake, String run, MetricGroup metrics) {
        this.fileSystem = fileSystem;
        this.lake = lake;
        this.run = run;
        heads = new LakeHeads(fileSystem, lake);
        log = new CommitLog(fileSystem, lake);
        prunedAt = System.nanoTime();
        threads =
                Executors.newFixedThreadPool(
                        fileSystem.isDistributedFS() ? MOVES_AT_ONCE : 1,
                        new ExecutorThreadFactory("lake-commit"));
        rows = metrics.counter("events-archived");
        files = metrics.counter("files-committed");
        bytes = metrics.counter("bytes-committed");
        gone = metrics.counter("files-gone");
    }

    @Override
    public void commit(Collection<CommitRequest<StagedEpoch>> requests)
            throws IOException, InterruptedException {
        LakeHead head = heads.read();
        for (CommitRequest<StagedEpoch> request : requests) {
            Epoch epoch = request.getCommittable().epoch();
            requireOwn(epoch, head);
            if (!commit(request.getCommittable())) {
                request.signalAlreadyCommitted();
            }
        }
        if (System.nanoTime() - prunedAt > NANOS_BETWEEN_PRUNINGS) {
            prunedAt = System.nanoTime();
            log.prune();
        }
    }

    /**
     * Has a run commit no more once another one has gone on from an earlier checkpoint. In a lake
     * that somebody has emptied nothing can be repeated.
     */
    private void requireOwn(Epoch epoch, LakeHead head) throws IOException {
        if (!head.has(epoch.run(), epoch.checkpoint())
                && !head.isNone()
                && !head.owner().equals(run)) {
            throw new IOException(
                    "%s is not this job's: another start of the archive writes to it; start from a checkpoint of that one, or cancel this job"
                            .formatted(lake));
        }
    }

    /** Returns false if all had been committed before. */
    private boolean commit(StagedEpoch staged) throws IOException, InterruptedException {
        Epoch epoch = staged.epoch();
        Path manifest = new Path(lake, epoch.stagedManifest());
        Path committed = new Path(lake, epoch.committedManifest());
        try (Manifest.Input entries = openIfThere(manifest)) {
            if (entries == null) {
                noteThatItIsGone(staged, manifest, committed);
                return false;
            }
            int found = 0;
            for (List<Manifest.Entry> batch = next(entries);
                    !batch.isEmpty();
                    batch = next(entries)) {
                move(epoch, found, batch);
                found += batch.size();
            }
            if (found != staged.files()) {
                throw new IOException(
                        "%s names %d files and not %d".formatted(manifest, found, staged.files()));
            }
        }
        keep(epoch);
        fileSystem.delete(new Path(lake, epoch.folder()), true);
        return true;
    }

    private Manifest.@Nullable Input openIfThere(Path manifest) throws IOException {
        try {
            return new Manifest.Input(fileSystem, manifest);
        } catch (FileNotFoundException e) {
            return null;
        }
    }

    /** Tells a commit that was made before from files that are lost. */
    private void noteThatItIsGone(StagedEpoch staged, Path manifest, Path committed)
            throws IOException {
        if (!fileSystem.exists(committed)) {
            gone.inc(staged.files());
            LOG.error(
                    "{} is gone, and with it {} files whose rows are not in the lake: somebody has deleted it; to read those changes again, start from an earlier checkpoint with --rewind-lake",
                    manifest,
                    staged.files());
        }
    }

    private static List<Manifest.Entry> next(Manifest.Input entries) throws IOException {
        List<Manifest.Entry> batch = new ArrayList<>();
        while (batch.size() < BATCH) {
            Manifest.Entry entry = entries.next();
            if (entry == null) {
                break;
            }
            batch.add(entry);
        }
        return batch;
    }

    private void move(Epoch epoch, int first, List<Manifest.Entry> entries)
            throws IOException, InterruptedException {
        List<FileMove> moves = new ArrayList<>();
        for (Manifest.Entry entry : entries) {
            moves.add(
                    new FileMove(fileSystem, lake, epoch.stagedFile(first + moves.size()), entry));
        }
        List<Future<FileMove.Outcome>> moved = threads.invokeAll(moves);
        Set<Path> folders = new HashSet<>();
        for (int i = 0; i < moved.size(); i++) {
            Manifest.Entry entry = entries.get(i);
            switch (outcome(moved.get(i))) {
                case MOVED -> {
                    rows.inc(entry.rows());
                    files.inc();
                    bytes.inc(entry.bytes());
                }
                case WAS_MOVED_BEFORE -> {}
                case IS_GONE -> {
                    gone.inc();
                    LOG.error(
                            "{} is gone before it was committed: somebody has deleted it; {} rows of it are not in the lake",
                            entry.path(),
                            entry.rows());
                    continue;
                }
            }
            Path folder = new Path(lake, entry.path()).getParent();
            folders.add(folder);
            folders.add(folder.getParent());
        }
        for (Path folder : folders) {
            Folders.sync(fileSystem, folder);
        }
    }

    private static FileMove.Outcome outcome(Future<FileMove.Outcome> move)
            throws IOException, InterruptedException {
        try {
            return move.get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNull(e.getCause());
            throw new IOException(cause.getMessage(), cause);
        }
    }

    private void keep(Epoch epoch) throws IOException {
        long bytes;
        try {
            bytes = fileSystem.getFileStatus(new Path(lake, epoch.stagedManifest())).getLen();
        } catch (FileNotFoundException e) {
            LOG.info("{} was committed by another process meanwhile", epoch);
            return;
        }
        String committed = epoch.committedManifest();
        new FileMove(
                        fileSystem,
                        lake,
                        epoch.stagedManifest(),
                        new Manifest.Entry(committed, bytes, 0))
                .call();
        Folders.sync(fileSystem, new Path(lake, committed).getParent(), lake);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
