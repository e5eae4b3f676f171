package io.github.wikiflow.benchmarks.comparison;

import io.github.wikiflow.events.options.DurationConverter;
import io.github.wikiflow.events.options.UsageException;
import io.github.wikiflow.quickstart.Home;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is compared: a picocli mixin. */
public final class ComparisonOptions {

    private static final String NONE = "none";

    @Option(
            names = "--events",
            paramLabel = "NUMBER",
            defaultValue = "1000000",
            description = "Events to read, over two days (default: ${DEFAULT-VALUE}).")
    private long events;

    @Option(
            names = "--partitions",
            paramLabel = "NUMBER",
            defaultValue = "4",
            description = "Partitions of the topic, at least 2 (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--users",
            paramLabel = "NUMBER",
            defaultValue = "1000000",
            description =
                    "How many different users there can be, some far busier than others"
                            + " (default: ${DEFAULT-VALUE}).")
    private int users;

    @Option(
            names = "--wikis",
            paramLabel = "NUMBER",
            defaultValue = "300",
            description =
                    "How many different wikis there are; each makes two partitions of the lake"
                            + " (default: ${DEFAULT-VALUE}).")
    private int wikis;

    @Option(
            names = "--no-check",
            description =
                    "Do not check the answers: for more events than their expected answers fit into"
                            + " memory, some ten millions.")
    private boolean unchecked;

    @Option(
            names = "--peers",
            paramLabel = "NAME[,...]",
            split = ",",
            defaultValue = "spark,flink-sql,kafka-streams,parquet-java",
            description =
                    "What to compare with, or none (default: ${DEFAULT-VALUE}). Peers are built when"
                            + " they are first needed, which loads some hundred megabytes.")
    private List<String> peers;

    @Option(
            names = "--contenders",
            paramLabel = "NAME[,...]",
            split = ",",
            description = "Who runs, instead of all of --peers, the jobs and the limits.")
    private @Nullable List<String> contenders;

    @Option(
            names = "--rounds",
            paramLabel = "NUMBER",
            defaultValue = "1",
            description =
                    "How often each runs; the one with the median of seconds counts"
                            + " (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--heap",
            paramLabel = "SIZE",
            description =
                    "The same heap for each, such as 4g (default: for each by what it has to hold).")
    private @Nullable String heap;

    @Option(
            names = "--jvm-options",
            paramLabel = "OPTION[,...]",
            split = ",",
            description =
                    "Further options of every contender's JVM; those that contain commas in a file, as"
                            + " @FILE (default: none).")
    private @Nullable List<String> jvmOptions;

    @Option(
            names = "--record",
            description =
                    "Let Java Flight Recorder note where each contender's time goes: NAME.jfr beside the"
                            + " results. Recording takes some time itself.")
    private boolean recorded;

    @Option(
            names = "--job-options",
            paramLabel = "OPTION[,...]",
            split = ",",
            description =
                    "For the project's jobs, such as flink.state.backend.type=rocksdb (default: none).")
    private @Nullable List<String> jobOptions;

    @Option(
            names = "--timeout",
            paramLabel = "DURATION",
            defaultValue = "20min",
            converter = DurationConverter.class,
            description = "When a run has failed (default: ${DEFAULT-VALUE}).")
    private Duration timeout;

    @Option(
            names = "--output",
            paramLabel = "FOLDER",
            description =
                    "Where results.json goes (default: target/bench in the project's folder).")
    private @Nullable Path output;

    /**
     * The settings.
     *
     * @throws UsageException if an option is out of its range
     */
    public ComparisonSettings settings() {
        requireAtLeast("--events", events, 1);
        requireAtLeast("--partitions", partitions, 2);
        requireAtLeast("--users", users, 1);
        requireAtLeast("--wikis", wikis, 1);
        requireAtLeast("--rounds", rounds, 1);
        return new ComparisonSettings(
                events,
                partitions,
                users,
                wikis,
                !unchecked,
                rounds,
                chosen(),
                heap,
                jvmOptions == null ? List.of() : jvmOptions,
                jobOptions == null ? List.of() : jobOptions,
                timeout,
                recorded ? output().toAbsolutePath() : null);
    }

    /** Where the results go. */
    public Path output() {
        return output == null ? Home.folder().resolve("target/bench") : output;
    }

    private List<Contender> chosen() {
        if (contenders != null) {
            return contenders.stream().map(ComparisonOptions::contender).toList();
        }
        List<Engine> engines =
                peers.equals(List.of(NONE))
                        ? List.of()
                        : peers.stream().map(ComparisonOptions::peer).toList();
        return Arrays.stream(Contender.values())
                .filter(each -> !each.engine().isPeer() || engines.contains(each.engine()))
                .toList();
    }

    private static Contender contender(String label) {
        return Arrays.stream(Contender.values())
                .filter(each -> each.label().equals(label))
                .findFirst()
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "--contenders: '%s' is none of %s"
                                                .formatted(
                                                        label,
                                                        Arrays.stream(Contender.values())
                                                                .map(Contender::label)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }

    private static Engine peer(String label) {
        return Arrays.stream(Engine.values())
                .filter(each -> each.isPeer() && each.label().equals(label))
                .findFirst()
                .orElseThrow(
                        () ->
                                new UsageException(
                                        "--peers: '%s' is none of %s, %s"
                                                .formatted(
                                                        label,
                                                        Arrays.stream(Engine.values())
                                                                .filter(Engine::isPeer)
                                                                .map(Engine::label)
                                                                .collect(Collectors.joining(", ")),
                                                        NONE)));
    }

    private static void requireAtLeast(String option, long value, long least) {
        if (value < least) {
            throw new UsageException(
                    String.format(Locale.ROOT, "%s: %d is not %d or more", option, value, least));
        }
    }
}
