package io.github.wikiflow.rankings;

import io.github.wikiflow.events.options.DurationConverter;
import io.github.wikiflow.events.options.UsageException;
import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.jobs.ChangesInput;
import io.github.wikiflow.rankings.lake.LakeInput;
import io.github.wikiflow.rankings.time.EventTime;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options of the rankings job. */
@Command(
        name = RankingsJob.NAME,
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Ranks the changes of every window by user, page and wiki: early, on time, corrected"
                        + " and final.")
final class RankingsOptions {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,100}");
    private static final int MOST_PLACES = 1_000;
    private static final Duration SHORTEST_WINDOW = Duration.ofSeconds(1);
    private static final Duration LONGEST_WINDOW = Duration.ofDays(1);
    private static final Duration SHORTEST_UPDATE_INTERVAL = Duration.ofMillis(100);
    private static final int MOST_OPEN_WINDOWS = 1_000;

    @Spec private CommandSpec command;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description =
                    "Of the job, its consumer group and its transactions; each of several rankings"
                            + " jobs needs another one (default: "
                            + RankingsJob.NAME
                            + ", or "
                            + RankingsJob.NAME_FROM_LAKE
                            + ").")
    private @Nullable String name;

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            defaultValue = "kafka",
            description =
                    "Where changes come from: kafka, or lake for what the archive has written"
                            + " (default: ${DEFAULT-VALUE}).")
    private RankingsSource source;

    @Mixin private ChangesInput input;

    @Mixin private LakeInput lake;

    @Option(
            names = "--rankings-topic",
            paramLabel = "NAME",
            defaultValue = "wiki-rankings",
            description = "Topic to write rankings to (default: ${DEFAULT-VALUE}).")
    private String rankingsTopic;

    @Option(
            names = "--late-topic",
            paramLabel = "NAME",
            defaultValue = "wiki-changes-late",
            description =
                    "Topic to write changes to that come too late for their window"
                            + " (default: ${DEFAULT-VALUE}).")
    private String lateTopic;

    @Option(
            names = "--dimensions",
            paramLabel = "NAME[,...]",
            split = ",",
            defaultValue = "users,humans,pages,wikis",
            converter = DimensionConverter.class,
            description = "What to rank (default: ${DEFAULT-VALUE}).")
    private List<Dimension> dimensions;

    @Option(
            names = "--types",
            paramLabel = "NAME[,...]",
            split = ",",
            description =
                    "Types of change to rank, such as edit,new,log,categorize (default: all).")
    private @Nullable List<String> types;

    @Option(
            names = "--top",
            paramLabel = "NUMBER",
            defaultValue = "10",
            description = "Places of a ranking, 1 to 1000 (default: ${DEFAULT-VALUE}).")
    private int places;

    @Option(
            names = "--window",
            paramLabel = "DURATION",
            defaultValue = "10min",
            converter = DurationConverter.class,
            description =
                    "Length of a window, 1s to 1d; windows start at multiples of it since 1970"
                            + " (default: ${DEFAULT-VALUE}).")
    private Duration window;

    @Option(
            names = "--out-of-orderness",
            paramLabel = "DURATION",
            defaultValue = "20s",
            converter = DurationConverter.class,
            description =
                    "How far behind the latest change of its partition a change may be before its"
                            + " window is taken as complete (default: ${DEFAULT-VALUE}).")
    private Duration outOfOrderness;

    @Option(
            names = "--allowed-lateness",
            paramLabel = "DURATION",
            defaultValue = "10min",
            converter = DurationConverter.class,
            description =
                    "How long a complete window can still be corrected, in event time"
                            + " (default: ${DEFAULT-VALUE}).")
    private Duration allowedLateness;

    @Option(
            names = "--idleness",
            paramLabel = "DURATION",
            defaultValue = "1min",
            converter = DurationConverter.class,
            description =
                    "How long a partition may be silent before the others' windows close without it;"
                            + " --bounded waits for all (default: ${DEFAULT-VALUE}).")
    private Duration idleness;

    @Option(
            names = "--update-interval",
            paramLabel = "DURATION",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description =
                    "Least time between two records of an open window, at least 100ms"
                            + " (default: ${DEFAULT-VALUE}).")
    private Duration updateInterval;

    @Option(
            names = "--delivery",
            paramLabel = "GUARANTEE",
            defaultValue = "at-least-once",
            converter = DeliveryConverter.class,
            description =
                    "at-least-once, or exactly-once by Kafka transactions, which shows records only"
                            + " after the next checkpoint (default: ${DEFAULT-VALUE}).")
    private DeliveryGuarantee delivery;

    /** The name of the job, its consumer group and its transactions. */
    String name() {
        if (name != null) {
            return name;
        }
        return source == RankingsSource.LAKE ? RankingsJob.NAME_FROM_LAKE : RankingsJob.NAME;
    }

    RankingsSource source() {
        return source;
    }

    ChangesInput input() {
        return input;
    }

    LakeInput lake() {
        return lake;
    }

    String rankingsTopic() {
        return rankingsTopic;
    }

    String lateTopic() {
        return lateTopic;
    }

    DeliveryGuarantee delivery() {
        return delivery;
    }

    Duration idleness() {
        return idleness;
    }

    /**
     * What is ranked, and how.
     *
     * @throws UsageException if options are out of range or contradict each other
     */
    RankingsSettings settings() {
        requireMeaning();
        if (!NAME.matcher(name()).matches()) {
            throw new UsageException(
                    "--name: '%s' is not 1 to 100 letters, digits, dots, dashes and underscores"
                            .formatted(name));
        }
        if (places < 1 || places > MOST_PLACES) {
            throw new UsageException("--top: %d is not 1 to %d".formatted(places, MOST_PLACES));
        }
        if (window.compareTo(SHORTEST_WINDOW) < 0 || window.compareTo(LONGEST_WINDOW) > 0) {
            throw new UsageException("--window: %s is not 1s to 1d".formatted(text(window)));
        }
        if (updateInterval.compareTo(SHORTEST_UPDATE_INTERVAL) < 0
                || updateInterval.compareTo(window) > 0) {
            throw new UsageException(
                    "--update-interval: %s is not 100ms to the %s of --window"
                            .formatted(text(updateInterval), text(window)));
        }
        if (idleness.isZero()) {
            throw new UsageException("--idleness: 0s is not more than 0s");
        }
        long openWindows = openWindows();
        if (openWindows > MOST_OPEN_WINDOWS) {
            throw new UsageException(
                    ("--allowed-lateness: %s and --out-of-orderness %s keep %d windows of %s open,"
                                    + " more than %d; shorten them or lengthen --window")
                            .formatted(
                                    text(allowedLateness),
                                    text(outOfOrderness),
                                    openWindows,
                                    text(window),
                                    MOST_OPEN_WINDOWS));
        }
        if (source == RankingsSource.LAKE) {
            lake.validate(input.bounded(), window);
        }
        requireDifferent("--rankings-topic", rankingsTopic, "--topic", input.topic());
        requireDifferent("--late-topic", lateTopic, "--topic", input.topic());
        requireDifferent("--late-topic", lateTopic, "--rankings-topic", rankingsTopic);
        return new RankingsSettings(
                EnumSet.copyOf(dimensions),
                types == null ? Set.of() : new LinkedHashSet<>(types),
                places,
                updateInterval,
                new EventTime(window, outOfOrderness, allowedLateness),
                input.bounded(),
                input.futureTolerance());
    }

    /**
     * Refuses arguments that this way of reading would ignore. Variables of the environment are
     * ignored: all processes of a deployment share them, and other processes may need them.
     */
    private void requireMeaning() {
        String mode = "--source " + source.label();
        for (RankingsSource other : RankingsSource.values()) {
            if (other != source) {
                requireNotGiven(other.options(), mode);
            }
        }
        if (input.bounded()) {
            requireNotGiven(source.endlessOptions(), mode + " --bounded");
        }
    }

    private void requireNotGiven(List<String> options, String mode) {
        ParseResult arguments = command.commandLine().getParseResult();
        for (String option : options) {
            if (arguments.hasMatchedOption(option)) {
                throw new UsageException(
                        "%s: '%s' means nothing with %s; leave it out"
                                .formatted(
                                        option,
                                        String.join(
                                                ",",
                                                arguments
                                                        .matchedOption(option)
                                                        .originalStringValues()),
                                        mode));
            }
        }
    }

    /** Windows that hold state at the same time in a live stream. */
    private long openWindows() {
        return allowedLateness.plus(outOfOrderness).toMillis() / window.toMillis() + 2;
    }

    private static void requireDifferent(
            String option, String topic, String otherOption, String otherTopic) {
        if (topic.equals(otherTopic)) {
            throw new UsageException(
                    "%s: '%s' is also %s; name another".formatted(option, topic, otherOption));
        }
    }

    /** In the form and with the largest unit in which it can be given. */
    private static String text(Duration duration) {
        long millis = duration.toMillis();
        if (millis > 0 && millis % 86_400_000 == 0) {
            return millis / 86_400_000 + "d";
        }
        if (millis > 0 && millis % 3_600_000 == 0) {
            return millis / 3_600_000 + "h";
        }
        if (millis > 0 && millis % 60_000 == 0) {
            return millis / 60_000 + "min";
        }
        return millis % 1_000 == 0 ? millis / 1_000 + "s" : millis + "ms";
    }

    private static final class DimensionConverter implements ITypeConverter<Dimension> {
        @Override
        public Dimension convert(String value) {
            try {
                return Dimension.ofLabel(value);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    private static final class DeliveryConverter implements ITypeConverter<DeliveryGuarantee> {
        @Override
        public DeliveryGuarantee convert(String value) {
            return switch (value) {
                case "at-least-once" -> DeliveryGuarantee.AT_LEAST_ONCE;
                case "exactly-once" -> DeliveryGuarantee.EXACTLY_ONCE;
                default ->
                        throw new TypeConversionException(
                                "'" + value + "' is neither at-least-once nor exactly-once");
            };
        }
    }
}
