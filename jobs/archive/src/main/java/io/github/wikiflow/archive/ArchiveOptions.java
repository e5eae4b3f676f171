package io.github.wikiflow.archive;

import io.github.wikiflow.archive.lake.FileSettings;
import io.github.wikiflow.events.options.DurationConverter;
import io.github.wikiflow.events.options.UsageException;
import io.github.wikiflow.jobs.ChangesInput;
import io.github.wikiflow.jobs.LakeLocation;
import io.github.wikiflow.lake.Compression;
import java.net.URI;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the archive can be told, with the defaults that work on one machine. */
@Command(
        name = "wikiflow-archive",
        mixinStandardHelpOptions = true,
        description = "Archives the changes of a Kafka topic as Parquet files, exactly once.")
public final class ArchiveOptions {

    /** What Flink takes. */
    private static final long SHORTEST_INTERVAL_MILLIS = 10;

    @Mixin private ChangesInput input;

    @Mixin private LakeLocation lake;

    @Option(
            names = "--compression",
            defaultValue = "zstd",
            description =
                    "How pages are compressed: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Compression compression;

    @Option(
            names = "--compression-level",
            paramLabel = "1..22",
            defaultValue = "3",
            description = "Level of zstd: low is fast, high is small (default: ${DEFAULT-VALUE}).")
    private int compressionLevel;

    @Option(
            names = "--file-interval",
            paramLabel = "DURATION",
            defaultValue = "10min",
            converter = DurationConverter.class,
            description =
                    "How often what has come is written as files and committed, by a checkpoint:"
                            + " short makes a fresh lake, long makes few files"
                            + " (default: ${DEFAULT-VALUE}).")
    private Duration fileInterval;

    @Option(
            names = "--file-rows",
            paramLabel = "NUMBER",
            defaultValue = "50000",
            description = "How many rows a file has at most (default: ${DEFAULT-VALUE}).")
    private int fileRows;

    @Option(
            names = "--rewind-lake",
            description =
                    "If the lake has files of later checkpoints than the one that the job starts from,"
                            + " remove them: the job writes their rows again. Only when no other"
                            + " process of the archive runs.")
    private boolean rewindLake;

    @Option(
            names = "--dead-letters-topic",
            paramLabel = "NAME",
            defaultValue = "wiki-changes-dead-letters",
            description = "Topic for what cannot be archived (default: ${DEFAULT-VALUE}).")
    private String deadLetterTopic;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "wikiflow-archive",
            description =
                    "Name of the job and its consumer group;"
                            + " archives that run at the same time need different ones"
                            + " (default: ${DEFAULT-VALUE}).")
    private String name;

    /** What is read. */
    public ChangesInput input() {
        return input;
    }

    /** Topic for what cannot be archived. */
    public String deadLetterTopic() {
        return deadLetterTopic;
    }

    /** Name of the job and its consumer group. */
    public String name() {
        return name;
    }

    /**
     * The lake's root.
     *
     * @throws UsageException if it is neither the URI of a folder nor a path
     */
    public URI lake() {
        return lake.uri();
    }

    /**
     * How files are written.
     *
     * @throws UsageException if a number is out of its range
     */
    public FileSettings files() {
        if (compressionLevel < 1 || compressionLevel > 22) {
            throw new UsageException(
                    "--compression-level: '%d' is not between 1 and 22"
                            .formatted(compressionLevel));
        }
        if (fileRows < 1) {
            throw new UsageException("--file-rows: '%d' is not at least 1".formatted(fileRows));
        }
        return new FileSettings(fileRows, compression, compressionLevel);
    }

    /**
     * The interval of the checkpoints, with which files are written and committed.
     *
     * @throws UsageException if it is none
     */
    public Duration fileInterval() {
        if (fileInterval.toMillis() < SHORTEST_INTERVAL_MILLIS) {
            throw new UsageException(
                    "--file-interval: '%d ms' is less than %d ms; write 10s or more"
                            .formatted(fileInterval.toMillis(), SHORTEST_INTERVAL_MILLIS));
        }
        return fileInterval;
    }

    /** Whether what was committed after the checkpoint that the job starts from may be removed. */
    public boolean rewindLake() {
        return rewindLake;
    }
}
