package io.github.wikiflow.rankings.lake;

import io.github.wikiflow.events.options.DurationConverter;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.options.UsageException;
import io.github.wikiflow.jobs.LakeLocation;
import io.github.wikiflow.lake.LakeDays;
import io.github.wikiflow.lake.LakeHeads;
import io.github.wikiflow.lake.LakeListing;
import io.github.wikiflow.rankings.time.EventTime;
import io.github.wikiflow.rankings.time.TimeRange;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What is read when the changes come from the lake and not from Kafka: a picocli mixin. */
public final class LakeInput {

    /** How far beyond the range the changes are read that tell what was late in it. */
    private static final int DAYS_BEYOND = 1;

    @Mixin private LakeLocation location;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description =
                    "With --source lake: rank windows from this time on, such as 2026-01-31 or"
                            + " 2026-01-31T12:00:00Z (default: all).")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description =
                    "With --source lake and --bounded: rank windows that end at this time or before"
                            + " (default: all).")
    private @Nullable Instant to;

    @Option(
            names = "--lake-interval",
            paramLabel = "DURATION",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description =
                    "With --source lake: how often to look for new files (default: ${DEFAULT-VALUE}).")
    private Duration interval;

    @Option(
            names = "--skip-damaged-files",
            description =
                    "With --source lake: leave out, with a warning, what cannot be read of a file,"
                            + " instead of failing.")
    private boolean skipDamaged;

    /**
     * The lake's root.
     *
     * @throws UsageException if it is neither the URI of a folder nor a path
     */
    public URI uri() {
        return location.uri();
    }

    /** Whether what cannot be read of a file is left out; else it is an error. */
    public boolean skipDamaged() {
        return skipDamaged;
    }

    /** How often to look for new files. */
    public Duration interval() {
        return interval;
    }

    /**
     * Checks the options against each other and against the rest.
     *
     * @param bounded whether the job ends with what is there at its start
     * @param window the length of a window
     * @throws UsageException if they contradict each other
     */
    public void validate(boolean bounded, Duration window) {
        if (to != null && !bounded) {
            throw new UsageException(
                    "--to: %s needs --bounded, since a job without it has no end".formatted(to));
        }
        if (from != null && to != null && !from.isBefore(to)) {
            throw new UsageException("--from: %s is not before the %s of --to".formatted(from, to));
        }
        TimeRange windows = windows(window);
        if (windows.from() >= windows.to()) {
            throw new UsageException(
                    "--from: no window of --window lies between %s and the %s of --to"
                            .formatted(from, to));
        }
        location.uri();
        if (interval.isZero()) {
            throw new UsageException("--lake-interval: 0s is not more than 0s");
        }
    }

    /**
     * Makes sure that the lake can be read.
     *
     * @param bounded whether it must be there already
     * @throws OperationException if it is not, or its file system is unknown or cannot be reached;
     *     or if it shall be followed and is of an archive that wrote no epochs
     */
    public void requireLake(boolean bounded) {
        Path lake = new Path(uri());
        boolean isThere;
        // What has an end is read in any order, so nobody looks for them then.
        boolean hasEpochs;
        try {
            isThere = lake.getFileSystem().exists(lake);
            hasEpochs =
                    bounded
                            || !new LakeHeads(lake).read().isNone()
                            || LakeListing.files(lake, LakeDays.ALL).isEmpty();
        } catch (IOException e) {
            throw new OperationException(
                    "--lake: cannot reach %s (%s); check the name, and that Flink has a plugin for such file systems"
                            .formatted(lake, e.getMessage()),
                    e);
        }
        if (!hasEpochs) {
            throw new OperationException(
                    "--lake: the files in %s do not say in what order they came, so what they lack cannot be known; rank them with --bounded"
                            .formatted(lake));
        }
        if (bounded && !isThere) {
            throw new OperationException(
                    "--lake: %s is not there; name the folder into which the archive writes"
                            .formatted(lake));
        }
    }

    /** The time from the first to the last window that is ranked: none sticks out of the range. */
    public TimeRange windows(Duration window) {
        long length = window.toMillis();
        return new TimeRange(
                from == null
                        ? TimeRange.ALL.from()
                        : -Math.floorDiv(-from.toEpochMilli(), length) * length,
                to == null
                        ? TimeRange.ALL.to()
                        : Math.floorDiv(to.toEpochMilli(), length) * length);
    }

    /**
     * The days that have to be read. What closed a window of the range came after it, so nothing
     * before the range is needed, but some time after it.
     */
    public LakeDays days(EventTime eventTime) {
        return new LakeDays(
                from == null ? null : day(from),
                to == null
                        ? null
                        : day(to.plus(eventTime.allowedLateness()).plus(eventTime.outOfOrderness()))
                                .plusDays(DAYS_BEYOND));
    }

    private static LocalDate day(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** Reads a point in time, or a day, which stands for its first moment in UTC. */
    public static final class TimeConverter implements ITypeConverter<Instant> {

        @Override
        public Instant convert(String value) {
            try {
                return value.indexOf('T') < 0
                        ? LocalDate.parse(value).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : Instant.parse(value);
            } catch (DateTimeParseException e) {
                throw new TypeConversionException(
                        "'%s' is no time; write it as 2026-01-31 or 2026-01-31T12:00:00Z"
                                .formatted(value));
            }
        }
    }
}
