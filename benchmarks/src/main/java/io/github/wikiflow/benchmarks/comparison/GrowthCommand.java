package io.github.wikiflow.benchmarks.comparison;

import io.github.wikiflow.benchmarks.contender.Measurement;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How the cost of an event grows with the number of events, users and wikis, with the parallelism
 * and with the state backend: the project's jobs once for each value, all else being equal. What
 * the start costs is measured by a run of few events, and taken off.
 */
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        description =
                "How the jobs' cost per event grows with events, users, wikis, parallelism and the"
                        + " state backend.")
public final class GrowthCommand implements Callable<Integer> {

    private static final int USERS = 1_000_000;
    private static final int WIKIS = 300;

    /** So few that they cost nothing beside the start. */
    private static final long EVENTS_OF_A_START = 20_000;

    private static final Duration TIMEOUT = Duration.ofMinutes(20);

    @Option(
            names = "--events",
            paramLabel = "NUMBER",
            defaultValue = "1000000",
            description =
                    "Events where their number is not what grows; there it is a quarter of it, it, and"
                            + " four times it (default: ${DEFAULT-VALUE}).")
    private long events;

    @Spec private CommandSpec spec;

    /** One value of what grows. */
    private record Step(String name, long events, int users, int wikis, String... jobOptions) {}

    @Override
    public Integer call()
            throws IOException, InterruptedException, ExecutionException, SQLException {
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                "| | contender | CPU s/million | without start | events/s | peak MB | answer |");
        out.println("|---|---|--:|--:|--:|--:|---|");
        boolean right = true;
        Map<Contender, Measurement> starts = new EnumMap<>(Contender.class);
        for (Step step : steps()) {
            try (Comparison comparison = Comparison.start(settings(step))) {
                for (Contender contender : List.of(Contender.ARCHIVE, Contender.RANKINGS_OF_ALL)) {
                    Result result = comparison.run(contender);
                    if (step.events() == EVENTS_OF_A_START) {
                        starts.put(contender, result.measurement());
                    }
                    out.println(row(step, result, starts.get(contender)));
                    out.flush();
                    right &= result.verdict() != null && result.verdict().right();
                }
            }
        }
        return right ? 0 : 1;
    }

    private List<Step> steps() {
        return List.of(
                new Step("start", EVENTS_OF_A_START, USERS, WIKIS),
                new Step("%,d events".formatted(events / 4), events / 4, USERS, WIKIS),
                new Step("%,d events".formatted(events), events, USERS, WIKIS),
                new Step("%,d events".formatted(4 * events), 4 * events, USERS, WIKIS),
                new Step("1,000 users", events, 1_000, WIKIS),
                new Step("100,000 users", events, 100_000, WIKIS),
                new Step("1 wiki", events, USERS, 1),
                new Step("60 wikis", events, USERS, 60),
                new Step("900 wikis", events, USERS, 900),
                new Step("parallelism 1", events, USERS, WIKIS, "flink.parallelism.default=1"),
                new Step("RocksDB", events, USERS, WIKIS, "flink.state.backend.type=rocksdb"));
    }

    private static ComparisonSettings settings(Step step) {
        return new ComparisonSettings(
                step.events(),
                4,
                step.users(),
                step.wikis(),
                true,
                1,
                List.of(),
                null,
                List.of(),
                List.of(step.jobOptions()),
                TIMEOUT,
                null);
    }

    /** CPU seconds per million of the events that a run has more than the start had. */
    private static String withoutStart(Measurement measured, @Nullable Measurement start) {
        long more = start == null ? 0 : measured.events() - start.events();
        return start == null || more == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "%.1f",
                        (measured.cpuSeconds() - start.cpuSeconds()) * 1e6 / more);
    }

    private static String row(Step step, Result result, @Nullable Measurement start) {
        Measurement measured = result.measurement();
        return measured == null
                ? "| %s | %s | | | | | %s |"
                        .formatted(step.name(), result.contender().label(), result.verdict())
                : String.format(
                        Locale.ROOT,
                        "| %s | %s | %.1f | %s | %,.0f | %d | %s |",
                        step.name(),
                        result.contender().label(),
                        measured.cpuSecondsPerMillion(),
                        withoutStart(measured, start),
                        measured.eventsPerSecond(),
                        measured.peakMegabytes(),
                        result.verdict());
    }
}
