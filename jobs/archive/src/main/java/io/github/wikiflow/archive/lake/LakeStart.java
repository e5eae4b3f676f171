package io.github.wikiflow.archive.lake;

import io.github.wikiflow.lake.Folders;
import io.github.wikiflow.lake.FoundEpoch;
import io.github.wikiflow.lake.LakeDays;
import io.github.wikiflow.lake.LakeHead;
import io.github.wikiflow.lake.LakeHeads;
import io.github.wikiflow.lake.LakeListing;
import io.github.wikiflow.lake.Manifest;
import java.io.IOException;
import java.util.List;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the state that a run of the archive starts with to what is in the lake, before the run
 * writes: they fit, and the run takes the lake over; or the lake has more, which is removed if the
 * user has said so; or the run is refused.
 *
 * <p>May be repeated: what was taken over stays so, and what was not yet removed is then.
 */
final class LakeStart {

    private static final Logger LOG = LoggerFactory.getLogger(LakeStart.class);

    /** Below the lake's root: files that were in the lake once. */
    private static final String REMOVED = LakeHeads.HIDDEN_FOLDER + "/removed";

    /** Their names end so, as DuckDB takes for the lake's what ends in .parquet, at any depth. */
    private static final String REMOVED_FILE = ".removed";

    private final FileSystem fileSystem;
    private final Path lake;
    private final boolean rewind;
    private final LakeHeads heads;

    /**
     * @param rewind whether what was committed after the restored checkpoint may be removed
     */
    LakeStart(FileSystem fileSystem, Path lake, boolean rewind) {
        this.fileSystem = fileSystem;
        this.lake = lake;
        this.rewind = rewind;
        heads = new LakeHeads(fileSystem, lake);
    }

    /**
     * Starts a run without state.
     *
     * @throws IOException if there is something in the lake already
     */
    void begin(String run) throws IOException {
        LakeHead head = heads.read();
        if (!head.isNone() && head.owner().equals(run)) {
            return;
        }
        requireEmpty(lake, head);
        heads.write(head.begin(run));
        LOG.info("{} begins the lake {}", run, lake);
    }

    /**
     * Checks that a run without state would not repeat what is in the lake.
     *
     * @throws IOException with one line that says what to do instead, if it would
     */
    static void requireEmpty(Path lake) throws IOException {
        requireEmpty(lake, new LakeHeads(lake).read());
    }

    private static void requireEmpty(Path lake, LakeHead head) throws IOException {
        if (!head.isNone() || !LakeListing.files(lake, LakeDays.ALL).isEmpty()) {
            throw new IOException(
                    "--lake: there are files in %s, and a job that starts without a checkpoint would write their rows again; start from the newest checkpoint or savepoint of the job that wrote them, or name an empty folder"
                            .formatted(lake));
        }
    }

    /**
     * Starts a run from a checkpoint or savepoint, or restarts it.
     *
     * @param before the run that made the checkpoint, which may be the same
     * @throws IOException if the lake is not one that the checkpoint leads to, or has more than the
     *     checkpoint and that may not be removed
     */
    void goOn(String before, long checkpoint, String run) throws IOException {
        LakeHead head = heads.read();
        if (head.isNone()) {
            LOG.warn(
                    "{} has no files of {}; a new lake begins at checkpoint {}",
                    lake,
                    before,
                    checkpoint);
            begin(run);
            return;
        }
        if (head.owner().equals(run)) {
            removeWhatIsNotOf(head);
            return;
        }
        if (before.equals(run) || checkpoint > head.end(before)) {
            throw new IOException(
                    "%s does not go on from checkpoint %d: another start of the archive has taken the lake over; start from a checkpoint of that one, or name another folder"
                            .formatted(lake, checkpoint));
        }
        LakeHead next = head.goOn(before, checkpoint, run);
        long more = 0;
        for (FoundEpoch found : epochsThatAreNotOf(next)) {
            if (found.isOld()) {
                throw new IOException(
                        "%s cannot go back to checkpoint %d: which files were committed since is known for a week only; start from a newer one"
                                .formatted(lake, checkpoint));
            }
            more += visibleFiles(found);
        }
        if (more > 0 && !rewind) {
            throw new IOException(
                    "%s has %d files that were committed after checkpoint %d, and this job would write their rows again; start from the newest checkpoint, or remove them with --rewind-lake"
                            .formatted(lake, more, checkpoint));
        }
        heads.write(next);
        LOG.info("{} goes on from checkpoint {} of {} in {}", run, checkpoint, before, lake);
        removeWhatIsNotOf(next);
    }

    private void removeWhatIsNotOf(LakeHead head) throws IOException {
        long files = 0;
        for (FoundEpoch found : epochsThatAreNotOf(head)) {
            files += remove(found);
        }
        if (files > 0) {
            LOG.warn("Moved {} files of later checkpoints from {} to {}", files, lake, REMOVED);
        }
    }

    private List<FoundEpoch> epochsThatAreNotOf(LakeHead head) throws IOException {
        return FoundEpoch.in(fileSystem, lake).stream()
                .filter(found -> !head.has(found.epoch().run(), found.epoch().checkpoint()))
                .toList();
    }

    /** How many of an epoch's files readers can see. */
    private long visibleFiles(FoundEpoch found) throws IOException {
        long files = 0;
        for (Manifest.Entry entry : found.entries(fileSystem, lake)) {
            if (fileSystem.exists(new Path(lake, entry.path()))) {
                files++;
            }
        }
        return files;
    }

    /**
     * Takes an epoch's files out of the lake; the manifest goes last, so that none is forgotten.
     */
    private long remove(FoundEpoch found) throws IOException {
        long files = 0;
        List<Manifest.Entry> entries = found.entries(fileSystem, lake);
        // Those that wait go first: then a process that had been stopped cannot move them any more.
        if (found.isStaged()) {
            for (int i = 0; i < entries.size(); i++) {
                fileSystem.delete(new Path(lake, found.epoch().stagedFile(i)), false);
            }
        }
        for (Manifest.Entry entry : entries) {
            Path file = new Path(lake, entry.path());
            if (fileSystem.exists(file)) {
                Path removed = new Path(lake, REMOVED + "/" + entry.path() + REMOVED_FILE);
                fileSystem.mkdirs(removed.getParent());
                if (!fileSystem.rename(file, removed) && fileSystem.exists(file)) {
                    throw new IOException("cannot move %s to %s".formatted(file, removed));
                }
                files++;
            }
        }
        if (found.isStaged()) {
            Path folder = new Path(lake, found.epoch().folder());
            fileSystem.delete(folder, true);
            // Nobody writes to the folder of a run that was replaced.
            Folders.deleteIfEmpty(fileSystem, folder.getParent());
            Folders.deleteIfEmpty(fileSystem, folder.getParent().getParent());
        } else {
            fileSystem.delete(new Path(lake, found.manifest()), false);
        }
        return files;
    }
}
