package io.github.wikiflow.archive.check;

import io.github.wikiflow.lake.FoundEpoch;
import io.github.wikiflow.lake.LakeDays;
import io.github.wikiflow.lake.LakeFileName;
import io.github.wikiflow.lake.LakeHead;
import io.github.wikiflow.lake.LakeHeads;
import io.github.wikiflow.lake.LakeListing;
import io.github.wikiflow.lake.Manifest;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Compares the files that readers see with what the lake's head and its log of commits say should
 * be there.
 *
 * <p>Not thread-safe.
 */
final class CommittedFiles {

    private final Path lake;
    private final FileSystem fileSystem;

    /** The names of files that no epoch has named yet, by their paths below the lake's root. */
    private final Map<String, LakeFileName> unnamed = new TreeMap<>();

    /** The last epoch of each run before which the log of commits no longer has all. */
    private final Map<String, Long> forgotten = new HashMap<>();

    /** How many files of each day were committed and are not there, and how many rows they had. */
    private final Map<String, long[]> gone = new TreeMap<>();

    private LakeHead head = LakeHead.NONE;
    private long waiting;

    /**
     * @param lake the lake's root
     */
    CommittedFiles(Path lake) throws IOException {
        this.lake = lake;
        fileSystem = lake.getFileSystem();
    }

    /** How many epochs waited for their checkpoint, or were being committed. */
    long waiting() {
        return waiting;
    }

    /** Compares; returns the files that readers see. */
    List<FileStatus> check(Findings findings) throws IOException {
        readHead(findings);
        // Before the files are listed, so that what does not wait any more is found among them.
        for (FoundEpoch found : FoundEpoch.staged(fileSystem, lake)) {
            if (has(found)) {
                waiting++;
            } else {
                findings.wrong(
                        "%s waits for a checkpoint that the lake has gone on without; delete the folder, or start the archive, which does",
                        found.epoch().folder());
            }
        }
        List<FileStatus> files = LakeListing.files(lake, LakeDays.ALL);
        long foreign = 0;
        for (FileStatus file : files) {
            LakeFileName name = LakeFileName.parse(file.getPath().getName());
            if (name == null) {
                foreign++;
            } else {
                unnamed.put(pathBelowTheRoot(file), name);
            }
        }
        if (head.isNone() && !unnamed.isEmpty()) {
            findings.wrong(
                    "there are %d files of the archive and no head in .wikiflow, so it cannot go on with them; put that back, or begin another lake",
                    unnamed.size());
            unnamed.clear();
        }
        for (FoundEpoch found : FoundEpoch.in(fileSystem, lake)) {
            takeOut(found);
        }
        unnamed.forEach((path, name) -> check(path, name, findings));
        gone.forEach(
                (day, count) ->
                        findings.note(
                                "%s: %d files with %d rows that were committed are not there: somebody has removed them",
                                day, count[0], count[1]));
        if (foreign > 0) {
            findings.note(
                    "%d files have names that this build does not give, and no head says whether they belong here",
                    foreign);
        }
        if (waiting > 0) {
            findings.note(
                    "%d epochs wait for their checkpoint; their rows are not in the lake yet",
                    waiting);
        }
        return files;
    }

    private void readHead(Findings findings) {
        try {
            head = new LakeHeads(fileSystem, lake).read();
        } catch (IOException e) {
            findings.wrong("%s; put it back from a copy, or begin another lake", e.getMessage());
        }
    }

    private boolean has(FoundEpoch found) {
        return head.has(found.epoch().run(), found.epoch().checkpoint());
    }

    private static String pathBelowTheRoot(FileStatus file) {
        Path server = file.getPath().getParent();
        return "%s/%s/%s"
                .formatted(
                        server.getParent().getName(), server.getName(), file.getPath().getName());
    }

    /** Takes out the files that an epoch names; they are there rightly if the head has it. */
    private void takeOut(FoundEpoch found) throws IOException {
        if (!has(found)) {
            return;
        }
        if (found.isOld()) {
            forgotten.merge(found.epoch().run(), found.epoch().checkpoint(), Math::max);
        }
        for (Manifest.Entry entry : found.entries(fileSystem, lake)) {
            boolean isListed = unnamed.remove(entry.path()) != null;
            if (!isListed
                    && !found.isStaged()
                    && !fileSystem.exists(new Path(lake, entry.path()))) {
                long[] count =
                        gone.computeIfAbsent(
                                entry.path().substring(0, entry.path().indexOf('/')),
                                day -> new long[2]);
                count[0]++;
                count[1] += entry.rows();
            }
        }
    }

    private void check(String path, LakeFileName name, Findings findings) {
        if (!head.has(name.run(), name.checkpoint())) {
            findings.wrong(
                    "%s is of an epoch that the lake's head does not have, so its rows may be in the lake twice; start the archive from its newest checkpoint, which moves such files away, or move it out of the lake",
                    path);
        } else if (name.checkpoint() > forgotten.getOrDefault(name.run(), -1L)) {
            findings.wrong(
                    "%s is named by no commit; move it out of the lake, if its rows are in another file",
                    path);
        }
    }
}
