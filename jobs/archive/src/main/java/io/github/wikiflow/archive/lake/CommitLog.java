package io.github.wikiflow.archive.lake;

import io.github.wikiflow.lake.FoundEpoch;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * The manifests of what was committed. They are needed to go back to an older checkpoint, and so
 * for as long as the topic keeps what would have to be read again.
 *
 * @param lake the lake's root
 */
record CommitLog(FileSystem fileSystem, Path lake) {

    /**
     * Deletes manifests that are not needed any more. Of each run the last of them stays: it shows
     * whoever wants to go back to before it that others are missing.
     */
    void prune() throws IOException {
        Map<String, FoundEpoch> lastOfRuns = new HashMap<>();
        for (FoundEpoch found : FoundEpoch.committed(fileSystem, lake)) {
            if (!found.isOld()) {
                continue;
            }
            FoundEpoch earlier = found;
            FoundEpoch last = lastOfRuns.get(found.epoch().run());
            if (last == null || found.epoch().checkpoint() > last.epoch().checkpoint()) {
                earlier = last;
                lastOfRuns.put(found.epoch().run(), found);
            }
            if (earlier != null) {
                fileSystem.delete(new Path(lake, earlier.manifest()), false);
            }
        }
    }
}
