package io.github.wikiflow.faults.pipeline;

import io.github.wikiflow.events.options.OperationException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints and savepoints from which one job can go on, whichever of the job's runs made
 * them: their numbers go on from run to run. A run that was stopped with a savepoint has deleted
 * its checkpoints, so both kinds have to be looked at.
 */
final class RestorePoints {

    private static final Logger LOG = LoggerFactory.getLogger(RestorePoints.class);
    private static final String METADATA = "_metadata";
    private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d+)");

    private final Path folder;
    private final boolean olderIsHarmless;

    /**
     * @param folder of all checkpoints and savepoints of the job, at any depth
     * @param olderIsHarmless whether the job may go on from an older point than the newest: what it
     *     then writes a second time replaces what it wrote before
     */
    RestorePoints(Path folder, boolean olderIsHarmless) {
        this.folder = folder;
        this.olderIsHarmless = olderIsHarmless;
    }

    /**
     * The point from which to go on.
     *
     * @return empty if the job has never completed a checkpoint
     * @throws OperationException if the newest cannot be read, unless an older one is harmless
     */
    Optional<Path> choose() throws IOException {
        List<Point> points = newestFirst();
        for (Point point : points) {
            if (point.readable()) {
                return Optional.of(point.folder());
            }
            if (!olderIsHarmless) {
                throw new OperationException(
                        "the newest checkpoint '%s' cannot be read, and an older one would write again what was written since; restore it, or delete it to accept repeats"
                                .formatted(point.folder()));
            }
            LOG.warn("{} cannot be read; an older one is tried", point.folder());
        }
        if (!points.isEmpty()) {
            throw new OperationException(
                    "none of the %d checkpoints in '%s' can be read; restore one, or delete them to start from the beginning"
                            .formatted(points.size(), folder));
        }
        return Optional.empty();
    }

    /** The metadata of the newest checkpoint; empty if there is none. */
    Optional<Path> newestMetadata() throws IOException {
        return newestFirst().stream().findFirst().map(point -> point.folder().resolve(METADATA));
    }

    private List<Point> newestFirst() throws IOException {
        List<Point> points = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(RestorePoints::isMetadata).toList()) {
                points.add(point(file));
            }
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                // A run has just deleted what it no longer needs.
                return newestFirst();
            }
            throw e.getCause();
        } catch (NoSuchFileException e) {
            return Files.exists(folder) ? newestFirst() : List.of();
        }
        points.sort(
                Comparator.comparingLong(Point::number).thenComparing(Point::written).reversed());
        return points;
    }

    private static boolean isMetadata(Path file) {
        return file.getFileName().toString().equals(METADATA);
    }

    private static Point point(Path metadata) throws IOException {
        Path folder = metadata.getParent();
        FileTime written = Files.getLastModifiedTime(metadata);
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(metadata)))) {
            long number =
                    Checkpoints.loadCheckpointMetadata(
                                    in,
                                    RestorePoints.class.getClassLoader(),
                                    folder.toUri().toString())
                            .getCheckpointId();
            return new Point(folder, number, written, true);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} cannot be read", metadata, e);
            Matcher name = CHECKPOINT.matcher(folder.getFileName().toString());
            // Of a savepoint the number is not known without reading it: it may be the newest.
            long number = name.matches() ? Long.parseLong(name.group(1)) : Long.MAX_VALUE;
            return new Point(folder, number, written, false);
        }
    }

    private record Point(Path folder, long number, FileTime written, boolean readable) {}
}
