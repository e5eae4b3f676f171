package io.github.wikiflow.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;

/**
 * The checkpoints of one job on disk, from which the job goes on after the process ended, however
 * it ended.
 */
final class RetainedCheckpoints {

    private static final Pattern FOLDER = Pattern.compile("chk-(\\d+)");

    private final Path folder;

    RetainedCheckpoints(Path checkpoints, JobID job) {
        this.folder = checkpoints.resolve(job.toHexString());
    }

    /**
     * The complete checkpoints, newest first; a checkpoint is complete once its metadata file is
     * there.
     */
    List<Path> newestFirst() throws IOException {
        List<Path> complete = new ArrayList<>();
        for (Path checkpoint : all()) {
            if (Files.isRegularFile(checkpoint.resolve("_metadata"))) {
                complete.add(checkpoint);
            }
        }
        return complete;
    }

    /**
     * Deletes what nobody will read again: checkpoints older than the newest complete ones, and
     * incomplete ones.
     *
     * @param keep how many of the newest complete ones stay
     */
    void prune(int keep) throws IOException {
        List<Path> complete = newestFirst();
        List<Path> kept = complete.subList(0, Math.min(keep, complete.size()));
        for (Path checkpoint : all()) {
            if (!kept.contains(checkpoint)) {
                delete(checkpoint);
            }
        }
    }

    private List<Path> all() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> number(entry) >= 0)
                    .sorted(Comparator.comparingLong(RetainedCheckpoints::number).reversed())
                    .toList();
        }
    }

    private static long number(Path checkpoint) {
        Matcher matcher = FOLDER.matcher(checkpoint.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}
