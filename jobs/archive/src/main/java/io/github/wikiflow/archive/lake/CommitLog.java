package io.github.wikiflow.archive.lake;

import io.github.wikiflow.lake.Epoch;
import io.github.wikiflow.lake.Folders;
import java.io.IOException;
import java.time.Duration;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The manifests of what was committed. They are needed to go back to an older checkpoint, and so
 * for as long as the topic keeps what would have to be read again.
 */
final class CommitLog {

    /** As long as the topic of changes keeps them. */
    private static final Duration KEPT = Duration.ofDays(7);

    private final FileSystem fileSystem;
    private final Path folder;

    /**
     * @param lake the lake's root
     */
    CommitLog(FileSystem fileSystem, Path lake) {
        this.fileSystem = fileSystem;
        folder = new Path(lake, Epoch.COMMITS);
    }

    /**
     * Deletes manifests that are not needed any more. Of each run the last of them stays: it shows
     * whoever wants to go back to before it that others are missing.
     */
    void prune() throws IOException {
        for (FileStatus run : Folders.list(fileSystem, folder)) {
            FileStatus last = null;
            long lastCheckpoint = 0;
            for (FileStatus manifest : Folders.list(fileSystem, run.getPath())) {
                Epoch epoch =
                        Epoch.committed(run.getPath().getName(), manifest.getPath().getName());
                if (epoch == null || !isOld(manifest)) {
                    continue;
                }
                FileStatus earlier = manifest;
                if (last == null || epoch.checkpoint() > lastCheckpoint) {
                    earlier = last;
                    last = manifest;
                    lastCheckpoint = epoch.checkpoint();
                }
                if (earlier != null) {
                    fileSystem.delete(earlier.getPath(), false);
                }
            }
        }
    }

    /** Whether manifests of the same time or before may be missing. */
    static boolean isOld(FileStatus manifest) {
        return manifest.getModificationTime() < System.currentTimeMillis() - KEPT.toMillis();
    }
}
