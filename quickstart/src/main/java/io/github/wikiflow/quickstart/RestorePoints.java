package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.options.OperationException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.runtime.checkpoint.Checkpoints;
import org.apache.flink.util.FileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints and savepoints from which one job can go on, whichever of the job's runs made
 * them. A run that was stopped with a savepoint has deleted its checkpoints, so both kinds have to
 * be looked at.
 *
 * <p>The newest is the one with the highest number, of either kind: Flink numbers both in one
 * series, which goes on from run to run. Times of files say nothing: a copy or a restored backup
 * has others.
 */
public final class RestorePoints {

    private static final Logger LOG = LoggerFactory.getLogger(RestorePoints.class);
    private static final String METADATA = "_metadata";
    private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d+)");

    /** Flink names a savepoint by so much of the id of the job that it is of. */
    private static final int ID_LETTERS_OF_A_SAVEPOINT = 6;

    private final Path folder;
    private final Path savepoints;

    /**
     * The points below one folder.
     *
     * @param folder of all checkpoints of the job, a folder for each of its runs by the run's id,
     *     and of savepoints at any depth; need not exist
     */
    public RestorePoints(Path folder) {
        this(folder, folder);
    }

    /**
     * The points below a folder, and those among the cluster's savepoints that are of this job:
     * Flink puts a savepoint there unless whoever asks for it names another folder, such as one
     * there that has the name of the job's own.
     */
    RestorePoints(Path folder, Path savepoints) {
        this.folder = folder;
        this.savepoints = savepoints;
    }

    /**
     * A point from which a job goes on.
     *
     * @param folder of the checkpoint or savepoint
     * @param isNewest whether there is none after it, not even one that cannot be read: what the
     *     job has written since then was committed
     */
    public record RestorePoint(Path folder, boolean isNewest) {}

    /**
     * The newest point that can be read.
     *
     * @return empty if the job has never completed a checkpoint
     * @throws OperationException if none can be read
     */
    public Optional<RestorePoint> choose() throws IOException {
        List<Point> points = newestFirst();
        for (Point point : points) {
            if (point.readable()) {
                return Optional.of(new RestorePoint(point.folder(), point == points.get(0)));
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
    public Optional<Path> newestMetadata() throws IOException {
        return newestFirst().stream().findFirst().map(point -> point.folder().resolve(METADATA));
    }

    /**
     * Deletes what nobody will read again: checkpoints that never became complete, and all complete
     * ones but the newest. Savepoints belong to whoever asked for them, and stay.
     *
     * @param keep how many of the newest complete checkpoints stay
     */
    void prune(int keep) throws IOException {
        List<Path> kept =
                newestFirst().stream()
                        .map(Point::folder)
                        .filter(RestorePoints::isCheckpoint)
                        .limit(keep)
                        .toList();
        for (Path checkpoint : checkpoints()) {
            if (!kept.contains(checkpoint)) {
                FileUtils.deleteDirectory(checkpoint.toFile());
            }
        }
    }

    private List<Path> checkpoints() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(RestorePoints::isCheckpoint).toList();
        }
    }

    /** Whether it is a checkpoint, complete or not, and not a savepoint. */
    static boolean isCheckpoint(Path point) {
        return CHECKPOINT.matcher(point.getFileName().toString()).matches();
    }

    private List<Point> newestFirst() throws IOException {
        Set<Path> files = new HashSet<>(metadata(folder));
        files.addAll(metadata(savepoints.resolve(folder.getFileName())));
        for (Path run : children(folder)) {
            String id = run.getFileName().toString();
            if (id.length() > ID_LETTERS_OF_A_SAVEPOINT) {
                String beginning =
                        "savepoint-%s-".formatted(id.substring(0, ID_LETTERS_OF_A_SAVEPOINT));
                for (Path savepoint : children(savepoints)) {
                    if (savepoint.getFileName().toString().startsWith(beginning)) {
                        files.addAll(metadata(savepoint));
                    }
                }
            }
        }
        List<Point> points = new ArrayList<>();
        try {
            for (Path file : files) {
                points.add(point(file));
            }
        } catch (NoSuchFileException e) {
            // A run has just deleted what it no longer needs.
            return newestFirst();
        }
        points.sort(
                Comparator.comparingLong(Point::number).thenComparing(Point::folder).reversed());
        return points;
    }

    private static List<Path> metadata(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(RestorePoints::isMetadata).toList();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                return metadata(folder);
            }
            throw e.getCause();
        } catch (NoSuchFileException e) {
            return Files.exists(folder) ? metadata(folder) : List.of();
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        }
    }

    private static boolean isMetadata(Path file) {
        return file.getFileName().toString().equals(METADATA);
    }

    private static Point point(Path metadata) throws IOException {
        Path folder = Objects.requireNonNull(metadata.getParent());
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(Files.newInputStream(metadata)))) {
            long number =
                    Checkpoints.loadCheckpointMetadata(
                                    in,
                                    RestorePoints.class.getClassLoader(),
                                    FlinkPath.text(folder))
                            .getCheckpointId();
            return new Point(folder, number, true);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} cannot be read", metadata, e);
            Matcher name = CHECKPOINT.matcher(folder.getFileName().toString());
            // Of a savepoint the number is not known without reading it: it may be the newest.
            long number = name.matches() ? Long.parseLong(name.group(1)) : Long.MAX_VALUE;
            return new Point(folder, number, false);
        }
    }

    private record Point(Path folder, long number, boolean readable) {}
}
