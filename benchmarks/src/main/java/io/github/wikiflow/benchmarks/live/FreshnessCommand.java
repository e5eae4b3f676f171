package io.github.wikiflow.benchmarks.live;

import io.github.wikiflow.benchmarks.Latencies;
import io.github.wikiflow.benchmarks.dashboard.BrowserWatch;
import io.github.wikiflow.events.options.DurationConverter;
import io.github.wikiflow.events.options.UsageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How long a change takes from Kafka to the ranking that counts it, to the dashboard's clients and
 * to the lake, at one rate after the other.
 */
@Command(
        name = "freshness",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "From a change's arrival in Kafka to the ranking record that counts it, to a client of the"
                    + " dashboard, and to its file in the lake: p50, p99 and max, at several rates.",
            "Every part of the pipeline is a process of its own on this machine."
        })
public final class FreshnessCommand implements Callable<Integer> {

    private static final Duration CAPACITY_WARM_UP = Duration.ofSeconds(40);
    private static final Duration CAPACITY_DURATION = Duration.ofSeconds(60);
    private static final long BEHIND_MILLIS = 1_000;

    @Option(
            names = "--rate",
            paramLabel = "N[,...]",
            split = ",",
            defaultValue = "40,4000",
            description =
                    "Events per second (default: ${DEFAULT-VALUE}: the live rate and a hundred times"
                            + " of it).")
    private List<Double> rates;

    @Option(
            names = "--capacity-share",
            paramLabel = "SHARE",
            defaultValue = "0.8",
            description =
                    "Measure first what both jobs can take, and then also at this share of it; 0: do"
                            + " not (default: ${DEFAULT-VALUE}).")
    private double capacityShare;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            defaultValue = "2min",
            converter = DurationConverter.class,
            description = "How long to measure at each rate (default: ${DEFAULT-VALUE}).")
    private Duration duration;

    @Option(
            names = "--warm-up",
            paramLabel = "DURATION",
            defaultValue = "15s",
            converter = DurationConverter.class,
            description =
                    "How long each rate is fed before it is measured (default: ${DEFAULT-VALUE}).")
    private Duration warmUp;

    @Option(
            names = "--browser",
            description = "Measure up to the pixel too, in the chromium that chromedriver finds.")
    private boolean browser;

    @Mixin private LiveOptions options;

    @Spec private CommandSpec spec;

    /** Of the pipeline that is measured. */
    @SuppressWarnings("NullAway.Init")
    private Arrivals arrivals;

    private final List<Sighting> records = Collections.synchronizedList(new ArrayList<>());
    private final List<Sighting> messages = Collections.synchronizedList(new ArrayList<>());
    private final List<String> rows = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        requireUsable();
        print("The pipeline starts ...");
        try (LivePipeline pipeline =
                LivePipeline.start(options.fileInterval(), options.flinkSettings())) {
            measure(pipeline);
        }
        return 0;
    }

    /** Measures a pipeline that runs. */
    void measure(LivePipeline pipeline) throws Exception {
        arrivals = pipeline.arrivals();
        try (CommittedOffsets committed = new CommittedOffsets(pipeline.kafkaClient());
                RankingsWatch rankings = new RankingsWatch(pipeline.kafkaClient(), records::add);
                LakeWatch lake = new LakeWatch(pipeline.lake());
                DashboardWatch dashboard = new DashboardWatch(pipeline.dashboard(), messages::add);
                BrowserWatch watch = browser ? BrowserWatch.open(pipeline.dashboard()) : null;
                Feed feed = new Feed(pipeline.kafkaClient(), arrivals)) {
            rankings.start();
            lake.start();
            dashboard.start();
            List<Double> all = new ArrayList<>(rates);
            if (capacityShare > 0) {
                print(
                        "Both jobs take as much as they can for %s ...",
                        seconds(CAPACITY_WARM_UP.plus(CAPACITY_DURATION)));
                double capacity =
                        new Capacity(feed, arrivals, committed)
                                .measure(CAPACITY_WARM_UP, CAPACITY_DURATION);
                print("Capacity: %,.0f events/s", capacity);
                all.add(capacity * capacityShare);
                drain(lake);
            }
            for (double rate : all) {
                measure(rate, feed, lake, watch);
            }
        }
        report();
    }

    private void requireUsable() {
        if (rates.stream().anyMatch(rate -> rate <= 0)) {
            throw new UsageException("--rate: each must be more than 0");
        }
        if (capacityShare < 0 || capacityShare > 1) {
            throw new UsageException(
                    "--capacity-share: %s is not between 0 and 1".formatted(capacityShare));
        }
        if (duration.isZero()) {
            throw new UsageException("--duration: cannot be 0; give 1min or so");
        }
    }

    private void measure(double rate, Feed feed, LakeWatch lake, @Nullable BrowserWatch watch)
            throws IOException, InterruptedException, SQLException, TimeoutException {
        print("%,.0f events/s for %s ...", rate, seconds(warmUp.plus(duration)));
        feed.start(rate);
        TimeUnit.MILLISECONDS.sleep(warmUp.toMillis());
        long from = System.currentTimeMillis();
        TimeUnit.MILLISECONDS.sleep(duration.toMillis());
        long to = System.currentTimeMillis();
        long behindMillis = feed.behindMillis();
        feed.stop();
        drain(lake);
        if (behindMillis > BEHIND_MILLIS) {
            print(
                    "The events were written %.1f s late, which counts: this machine cannot take"
                            + " %,.0f events/s.",
                    behindMillis / 1e3, rate);
        }
        add(rate, "ranking record", Freshness.of(List.copyOf(records), arrivals, from, to));
        add(
                rate,
                "client of the dashboard",
                Freshness.of(List.copyOf(messages), arrivals, from, to));
        if (watch != null) {
            add(rate, "pixel", Freshness.of(painted(watch), arrivals, from, to));
        }
        add(rate, "file in the lake", lake.freshness(from, to));
    }

    /** The page shows a number of changes; the record that it comes from says of which window. */
    private List<Sighting> painted(BrowserWatch watch) throws IOException, InterruptedException {
        List<Sighting> seen = List.copyOf(records);
        List<Sighting> painted = new ArrayList<>();
        for (BrowserWatch.Painted pixel : watch.painted()) {
            Sighting origin = null;
            for (Sighting record : seen) {
                if (record.changes() == pixel.changes()
                        && record.epochMillis() <= pixel.epochMillis()) {
                    origin = record;
                }
            }
            if (origin != null) {
                painted.add(
                        new Sighting(
                                origin.windowStart(),
                                origin.changes(),
                                Math.round(pixel.epochMillis())));
            }
        }
        return painted;
    }

    private void drain(LakeWatch lake) throws InterruptedException, SQLException, TimeoutException {
        print("Waiting for the lake to have all ...");
        lake.awaitRows(arrivals.events());
    }

    private void add(double rate, String to, Latencies latencies) {
        String row =
                latencies.size() == 0
                        ? "| %,.0f | %s | 0 | | | |".formatted(rate, to)
                        : String.format(
                                Locale.ROOT,
                                "| %,.0f | %s | %,d | %.2f | %.2f | %.2f |",
                                rate,
                                to,
                                latencies.size(),
                                latencies.seconds(0.5),
                                latencies.seconds(0.99),
                                latencies.seconds(1));
        rows.add(row);
        print("%s", row);
    }

    private void report() {
        print("%n| events/s | from Kafka to | changes | p50 s | p99 s | max s |");
        print("|--:|---|--:|--:|--:|--:|");
        rows.forEach(row -> print("%s", row));
    }

    private void print(String form, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, form, values));
        out.flush();
    }

    private static String seconds(Duration time) {
        return time.toSeconds() + " s";
    }
}
