package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.options.UsageException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which stream the pipeline reads. */
final class SourceOptions {

    /** The kinds of stream that there are. */
    enum Kind {
        AUTO,
        LIVE,
        SIMULATED,
        REPLAY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--source",
            paramLabel = "KIND",
            defaultValue = "auto",
            description =
                    "Where events come from: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})."
                            + " auto takes the live stream, or the simulated one when that cannot be reached.")
    private Kind kind;

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "File of events to replay, one JSON event a line; for --source replay.")
    private @Nullable Path replay;

    @Option(
            names = "--speed",
            paramLabel = "FACTOR",
            defaultValue = "0",
            description =
                    "How many times faster than recorded a file is replayed; 0 is as fast as possible"
                            + " (default: ${DEFAULT-VALUE}).")
    private double speed;

    @Option(
            names = "--rate",
            paramLabel = "EVENTS",
            defaultValue = "45",
            description = "Events per second of the simulated stream (default: ${DEFAULT-VALUE}).")
    private double rate;

    @Option(
            names = "--seed",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description = "What the simulated events are drawn from (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin private ContactOption contact;

    /**
     * Checks what one option says against the others.
     *
     * @throws UsageException if they do not fit
     */
    void validate() {
        if (kind == Kind.REPLAY && replay == null) {
            throw new UsageException(
                    "--source replay needs a file; name one with --replay FILE, one JSON event a line");
        }
        if (kind != Kind.REPLAY && replay != null) {
            throw new UsageException(
                    "--replay %s goes with --source replay, not with --source %s"
                            .formatted(replay, kind));
        }
        if (replay != null && !Files.isReadable(replay)) {
            throw new UsageException(
                    "--replay: cannot read '%s'; name a readable file of events, one JSON event a line"
                            .formatted(replay));
        }
        if (!(rate > 0) || rate > 100_000) {
            throw new UsageException(
                    "--rate %s is not between 0 and 100000 events per second".formatted(rate));
        }
        if (!(speed >= 0)) {
            throw new UsageException(
                    "--speed %s is negative; 0 is as fast as possible".formatted(speed));
        }
    }

    Kind kind() {
        return kind;
    }

    /** Null unless the kind is {@link Kind#REPLAY}. */
    @Nullable Path replay() {
        return replay;
    }

    double speed() {
        return speed;
    }

    double rate() {
        return rate;
    }

    long seed() {
        return seed;
    }

    ContactOption contact() {
        return contact;
    }
}
