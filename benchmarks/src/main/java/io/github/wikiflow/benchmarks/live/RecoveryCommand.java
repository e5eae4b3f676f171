package io.github.wikiflow.benchmarks.live;

import io.github.wikiflow.events.options.DurationConverter;
import io.github.wikiflow.events.options.UsageException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How long it takes from the death of a TaskManager until the output of both jobs is as current as
 * before.
 */
@Command(
        name = "recovery",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Kills the TaskManager of both jobs several times under a steady load, and starts it again"
                    + " at once; shows how long it takes until rankings and lake are as current as"
                    + " before.",
            "Every part of the pipeline is a process of its own on this machine."
        })
public final class RecoveryCommand implements Callable<Integer> {

    private static final Duration RECOVERED_WITHIN = Duration.ofMinutes(5);
    private static final int LEAST_OUTPUTS = 2;
    private static final long LOOK_MILLIS = 100;

    @Option(
            names = "--kills",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often to kill it (default: ${DEFAULT-VALUE}).")
    private int kills;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "4000",
            description =
                    "Events per second (default: ${DEFAULT-VALUE}, a hundred times the live rate).")
    private double rate;

    @Option(
            names = "--pause",
            paramLabel = "DURATION",
            defaultValue = "45s",
            converter = DurationConverter.class,
            description =
                    "How long to look before each kill at what is usual (default: ${DEFAULT-VALUE}).")
    private Duration pause;

    @Mixin private LiveOptions options;

    @Spec private CommandSpec spec;

    /** Of the pipeline that is measured. */
    @SuppressWarnings("NullAway.Init")
    private Arrivals arrivals;

    private final OutputAge rankings = new OutputAge();
    private final OutputAge archive = new OutputAge();
    private long newestWindow;

    @Override
    public Integer call() throws Exception {
        if (kills < 1) {
            throw new UsageException("--kills: cannot be %d; give 1 or more".formatted(kills));
        }
        if (rate <= 0) {
            throw new UsageException("--rate: cannot be %s; give more than 0".formatted(rate));
        }
        print("The pipeline starts ...");
        Map<String, String> flinkSettings = options.flinkSettings();
        // Each kill is to be like the first one of a day: pauses before restarts grow otherwise.
        flinkSettings.putIfAbsent(
                "restart-strategy.exponential-delay.reset-backoff-threshold", "20s");
        try (LivePipeline pipeline = LivePipeline.start(options.fileInterval(), flinkSettings)) {
            measure(pipeline);
        }
        return 0;
    }

    /** Kills the TaskManager of a pipeline that runs. */
    void measure(LivePipeline pipeline) throws Exception {
        arrivals = pipeline.arrivals();
        try (RankingsWatch records = new RankingsWatch(pipeline.kafkaClient(), this::addRanking);
                CommitWatch commits = new CommitWatch(pipeline.kafkaClient(), arrivals, archive);
                LakeWatch lake = new LakeWatch(pipeline.lake());
                Feed feed = new Feed(pipeline.kafkaClient(), arrivals)) {
            records.start();
            commits.start();
            lake.start();
            feed.start(rate);
            print("%,.0f events/s", rate);
            print("%-8s %12s %12s", "kill", "rankings", "archive");
            List<Duration> ofRankings = new ArrayList<>();
            List<Duration> ofArchive = new ArrayList<>();
            for (int kill = 1; kill <= kills; kill++) {
                learnWhatIsUsual();
                long killedAt = System.currentTimeMillis();
                rankings.fail(killedAt);
                archive.fail(killedAt);
                pipeline.killTaskManager();
                ofRankings.add(rankings.awaitCurrent(RECOVERED_WITHIN));
                ofArchive.add(archive.awaitCurrent(RECOVERED_WITHIN));
                printRow(Integer.toString(kill), ofRankings.get(kill - 1), ofArchive.get(kill - 1));
            }
            printRow("median", median(ofRankings), median(ofArchive));
            printRow("max", max(ofRankings), max(ofArchive));
            feed.stop();
            lake.awaitRows(arrivals.events());
            print("All %,d changes are in the lake, each once.", arrivals.events());
        }
    }

    /** Output of older windows says nothing about how current the job is. */
    private void addRanking(Sighting sighting) {
        newestWindow = Math.max(newestWindow, sighting.windowStart());
        int counted = (int) Math.min(sighting.changes(), arrivals.ofWindow(sighting.windowStart()));
        if (sighting.windowStart() == newestWindow && counted > 0) {
            rankings.add(sighting.epochMillis(), arrivals.timeOf(sighting.windowStart(), counted));
        }
    }

    private void learnWhatIsUsual() throws InterruptedException, TimeoutException {
        rankings.learn();
        archive.learn();
        TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        long deadline = System.nanoTime() + RECOVERED_WITHIN.toNanos();
        while (rankings.outputs() < LEAST_OUTPUTS || archive.outputs() < LEAST_OUTPUTS) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("a job writes nothing");
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private void printRow(String name, Duration ofRankings, Duration ofArchive) {
        print(
                "%-8s %10.1f s %10.1f s",
                name, ofRankings.toMillis() / 1e3, ofArchive.toMillis() / 1e3);
    }

    private void print(String form, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, form, values));
        out.flush();
    }

    private static Duration median(List<Duration> times) {
        return times.stream().sorted().toList().get(times.size() / 2);
    }

    private static Duration max(List<Duration> times) {
        return times.stream().max(Duration::compareTo).orElseThrow();
    }
}
