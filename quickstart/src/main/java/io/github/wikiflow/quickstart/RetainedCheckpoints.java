package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.quickstart.JobSubmission.Output;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of one job on disk, from which the job goes on after the process ended, however
 * it ended.
 */
final class RetainedCheckpoints {

    private static final Logger LOG = LoggerFactory.getLogger(RetainedCheckpoints.class);
    private static final String METADATA = "_metadata";
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
            if (Files.isRegularFile(checkpoint.resolve(METADATA))) {
                complete.add(checkpoint);
            }
        }
        return complete;
    }

    /**
     * The checkpoint to go on from: the newest, or, if that cannot be read and an older one does no
     * harm, the newest that can.
     *
     * @return empty if the job never completed a checkpoint
     * @throws OperationException if there are checkpoints but none can be used: starting from the
     *     beginning, or from an older one, without being asked to would repeat what was written
     */
    Optional<Path> restorePoint(Output output) throws IOException {
        List<Path> complete = newestFirst();
        for (Path checkpoint : complete) {
            if (isReadable(checkpoint)) {
                return Optional.of(checkpoint);
            }
            if (output == Output.ADDS) {
                throw new OperationException(
                        "the newest checkpoint '%s' cannot be read, and an older one would write again what was written since; restore it, or delete it to accept repeats"
                                .formatted(checkpoint));
            }
        }
        if (!complete.isEmpty()) {
            throw new OperationException(
                    "none of the %d checkpoints in '%s' can be read; restore the folder, or delete it to start that job from the beginning"
                            .formatted(complete.size(), folder));
        }
        return Optional.empty();
    }

    private static boolean isReadable(Path checkpoint) {
        try (DataInputStream metadata =
                new DataInputStream(
                        new BufferedInputStream(
                                Files.newInputStream(checkpoint.resolve(METADATA))))) {
            Checkpoints.loadCheckpointMetadata(
                    metadata,
                    RetainedCheckpoints.class.getClassLoader(),
                    checkpoint.toUri().toString());
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.warn("The checkpoint {} cannot be read", checkpoint, e);
            return false;
        }
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
