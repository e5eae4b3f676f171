package io.github.wikiflow.lake;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Epoch} of which there is something in a lake.
 *
 * @param isStaged whether its files wait, all but those whose commit had begun; otherwise its
 *     manifest is in the log of commits
 * @param modified when the folder of those that wait, or the manifest, was written last, in epoch
 *     milliseconds
 */
public record FoundEpoch(Epoch epoch, boolean isStaged, long modified) {

    /** How long the log of commits goes back: as long as the topic of changes keeps them. */
    private static final Duration KEPT = Duration.ofDays(7);

    /** All epochs of a lake. One that is committed meanwhile is there at least once. */
    public static List<FoundEpoch> in(FileSystem fileSystem, Path lake) throws IOException {
        // In this order, as a commit that is under way moves a manifest from the one to the other.
        List<FoundEpoch> found = staged(fileSystem, lake);
        found.addAll(committed(fileSystem, lake));
        return found;
    }

    /** The epochs that wait for their checkpoint, or whose commit is under way. */
    public static List<FoundEpoch> staged(FileSystem fileSystem, Path lake) throws IOException {
        List<FoundEpoch> found = new ArrayList<>();
        for (FileStatus run : Folders.list(fileSystem, new Path(lake, Epoch.STAGING))) {
            for (FileStatus subtask : Folders.list(fileSystem, run.getPath())) {
                for (FileStatus folder : Folders.list(fileSystem, subtask.getPath())) {
                    add(Epoch.staged(name(run), name(subtask), name(folder)), true, folder, found);
                }
            }
        }
        return found;
    }

    /** The epochs in the log of commits. */
    public static List<FoundEpoch> committed(FileSystem fileSystem, Path lake) throws IOException {
        List<FoundEpoch> found = new ArrayList<>();
        for (FileStatus run : Folders.list(fileSystem, new Path(lake, Epoch.COMMITS))) {
            for (FileStatus manifest : Folders.list(fileSystem, run.getPath())) {
                add(Epoch.committed(name(run), name(manifest)), false, manifest, found);
            }
        }
        return found;
    }

    private static String name(FileStatus file) {
        return file.getPath().getName();
    }

    private static void add(
            @Nullable Epoch epoch, boolean isStaged, FileStatus where, List<FoundEpoch> found) {
        if (epoch != null) {
            found.add(new FoundEpoch(epoch, isStaged, where.getModificationTime()));
        }
    }

    /** Whether other epochs of the same time and before may be missing in the log of commits. */
    public boolean isOld() {
        return !isStaged && modified < System.currentTimeMillis() - KEPT.toMillis();
    }

    /** Its manifest, below the lake's root. */
    public String manifest() {
        return isStaged ? epoch.stagedManifest() : epoch.committedManifest();
    }

    /**
     * Its files, in the order of their numbers; none if its manifest is not there any more, or was
     * never finished, as they were never moved then.
     */
    public List<Manifest.Entry> entries(FileSystem fileSystem, Path lake) throws IOException {
        List<Manifest.Entry> entries = new ArrayList<>();
        try (Manifest.Input input = new Manifest.Input(fileSystem, new Path(lake, manifest()))) {
            for (Manifest.Entry entry = input.next(); entry != null; entry = input.next()) {
                entries.add(entry);
            }
        } catch (FileNotFoundException e) {
            return List.of();
        } catch (IOException e) {
            if (isStaged) {
                return List.of();
            }
            throw e;
        }
        return entries;
    }
}
