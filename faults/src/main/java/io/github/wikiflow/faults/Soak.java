package io.github.wikiflow.faults;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.faults.check.ArchiveCheck;
import io.github.wikiflow.faults.check.CarriedChanges;
import io.github.wikiflow.faults.check.Differences;
import io.github.wikiflow.faults.check.RankingsCheck;
import io.github.wikiflow.faults.pipeline.CountedAnew;
import io.github.wikiflow.faults.pipeline.Load;
import io.github.wikiflow.faults.pipeline.Pace;
import io.github.wikiflow.faults.pipeline.WholePipeline;
import io.github.wikiflow.harness.pipeline.FlinkCluster;
import io.github.wikiflow.harness.pipeline.SupervisedJob;
import io.github.wikiflow.harness.process.SupervisedProcess;
import io.github.wikiflow.quickstart.LakeRows;
import io.github.wikiflow.sandbox.generator.EventLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a pipeline of its own run for a long simulated time, faster than time goes by, and looks
 * whether what its processes use stays as it is.
 */
final class Soak {

    private static final Logger LOG = LoggerFactory.getLogger(Soak.class);
    private static final Duration DRAINED_WITHIN = Duration.ofHours(2);
    private static final long SEED = 1;

    /**
     * Of the broker's live heap: some 60 MB, and the samples that Kafka keeps of the durations of
     * its own requests, which come to 47 MB in the end: up to 1,028 in each of 755 histograms.
     */
    private static final long BROKER_HEAP_KILOBYTES = 128 << 10;

    private static final int SAMPLES = 240;
    private static final int SAMPLES_PER_REPORT = 10;
    private static final Duration LEAST_BETWEEN_SAMPLES = Duration.ofSeconds(1);

    /**
     * How long, by our clock, the broker keeps changes: so long that jobs may fall behind, and so
     * short that the broker, too, comes to hold as much as it will ever hold while the caches fill.
     */
    private static final Duration KEPT = Duration.ofMinutes(12);

    private static final long BYTES_PER_EVENT = 1_350;
    private static final long SEGMENT_BYTES = 16L << 20;

    private final Duration simulated;
    private final double speed;
    private final PrintWriter out;
    private final Map<String, Trend> trends = new LinkedHashMap<>();
    private final Differences differences = new Differences();

    /**
     * @param simulated how long, by the stream's clock
     * @param speed how many times faster than ours the stream's clock runs
     */
    Soak(Duration simulated, double speed, PrintWriter out) {
        this.simulated = simulated;
        this.speed = speed;
        this.out = out;
    }

    /**
     * Runs it.
     *
     * @param folder empty; left with all data and logs
     * @return whether everything stayed flat, and all that was written is as it should be
     */
    boolean run(Path folder) throws Exception {
        Instant start =
                Instant.now().minus(simulated.multipliedBy(2)).truncatedTo(ChronoUnit.HOURS);
        EventLog log = new EventLog(Load.SOAK.workload(SEED, start));
        out.printf("%s at %.0f times our time, data and logs in %s%n", simulated, speed, folder);
        out.flush();
        try (Pace pace = new Pace(start, speed);
                WholePipeline pipeline =
                        WholePipeline.start(
                                folder, Load.SOAK, SEED, start, pace::now, new CountedAnew());
                CarriedChanges carried =
                        new CarriedChanges(log, pipeline.deployment().kafkaClient(), differences);
                PipelineProgress progress = new PipelineProgress(pipeline, carried)) {
            limitChanges(pipeline);
            for (SupervisedJob job : pipeline.jobs()) {
                job.awaitCheckpoint();
            }
            pace.start(pipeline.source());
            watch(pipeline, pace, start, log, new LakeRows(pipeline.deployment().lake()));
            pace.stop();
            long published = log.indexAt(Instant.ofEpochMilli(pace.now() + 1));
            progress.awaitPassed(published, DRAINED_WITHIN);
            for (SupervisedJob job : pipeline.jobs()) {
                job.finish(DRAINED_WITHIN);
            }
            compare(pipeline, carried, published);
        }
        return report() && differences.count() == 0;
    }

    /** The dashboard forgets old windows, so it is not asked. */
    private void compare(WholePipeline pipeline, CarriedChanges carried, long published)
            throws SQLException {
        Properties kafka = pipeline.deployment().kafkaClient();
        ArchiveCheck archive = new ArchiveCheck(carried, differences);
        RankingsCheck rankings = new RankingsCheck(carried, differences);
        out.printf(
                "%,d events published; %,d rows, %,d dead letters, %,d rankings, %,d late changes again, %,d differences%n",
                published,
                archive.lake(pipeline.deployment().lake()),
                archive.deadLetters(kafka, published),
                rankings.topic(kafka),
                rankings.late(kafka),
                differences.count());
        differences.first().forEach(difference -> out.println("DIFFERENT " + difference));
    }

    /** How far it is. */
    private void tell(EventLog log, Pace pace, Instant start, LakeRows rows) throws IOException {
        long now = pace.now();
        out.printf(
                "  %s of %s: %,d events published, %,d rows in the lake%n",
                Duration.ofMillis(now - start.toEpochMilli()).truncatedTo(ChronoUnit.MINUTES),
                simulated,
                log.indexAt(Instant.ofEpochMilli(now + 1)),
                rows.count());
        out.flush();
    }

    private void watch(
            WholePipeline pipeline, Pace pace, Instant start, EventLog log, LakeRows rows)
            throws IOException, InterruptedException {
        long end = start.plus(simulated).toEpochMilli();
        long pauseMillis =
                Math.max(
                        LEAST_BETWEEN_SAMPLES.toMillis(),
                        (long) (simulated.toMillis() / speed / SAMPLES));
        for (int sample = 1; pace.now() < end; sample++) {
            TimeUnit.MILLISECONDS.sleep(pauseMillis);
            for (SupervisedProcess process : pipeline.deployment().processes()) {
                Vitals vitals = vitals(process);
                trends.computeIfAbsent(
                                process.name() + " live heap, kB",
                                name ->
                                        process == pipeline.broker()
                                                ? new Trend(BROKER_HEAP_KILOBYTES)
                                                : new Trend())
                        .add(vitals.liveHeapBytes() >> 10);
                add(process.name() + " memory, MB", vitals.memoryBytes() >> 20);
                add(process.name() + " open files", vitals.openFiles());
                add(process.name() + " threads", vitals.threads());
            }
            for (SupervisedJob job : pipeline.jobs()) {
                addState(pipeline.deployment().flink(), job);
            }
            if (sample % SAMPLES_PER_REPORT == 0) {
                tell(log, pace, start, rows);
            }
        }
    }

    /** Nothing ends a process of a soak on purpose. */
    private static Vitals vitals(SupervisedProcess process) {
        try {
            return Vitals.of(process.pid());
        } catch (IOException e) {
            throw new OperationException(
                    "the process '%s' does not say what it uses (%s); its log in the data's folder 'log' may tell why"
                            .formatted(process.name(), e.getMessage()),
                    e);
        }
    }

    /** A sample that a busy JobManager does not give is left out. */
    private void addState(FlinkCluster flink, SupervisedJob job) throws InterruptedException {
        try {
            add(job.name() + " state, kB", flink.stateBytes(job.id()) >> 10);
        } catch (IOException e) {
            LOG.info("The state of {} is not known", job.name(), e);
        }
    }

    private void add(String name, long value) {
        trends.computeIfAbsent(name, key -> new Trend()).add(value);
    }

    private boolean report() {
        boolean flat = true;
        out.printf("%-32s %12s %12s %12s%n", "", "mean", "growth", "max");
        for (Map.Entry<String, Trend> entry : trends.entrySet()) {
            Trend trend = entry.getValue();
            out.printf(
                    "%-32s %,12.0f %,+12.0f %,12d  %s%n",
                    entry.getKey(),
                    trend.mean(),
                    trend.growth(),
                    trend.max(),
                    trend.isFlat() ? "flat" : "GROWS");
            flat &= trend.isFlat();
        }
        out.flush();
        return flat;
    }

    private void limitChanges(WholePipeline pipeline)
            throws InterruptedException, ExecutionException {
        ConfigResource topic =
                new ConfigResource(ConfigResource.Type.TOPIC, Topic.CHANGES.defaultName());
        try (Admin admin = Admin.create(pipeline.deployment().kafkaClient())) {
            admin.incrementalAlterConfigs(
                            Map.of(
                                    topic,
                                    List.of(
                                            set("retention.bytes", keptBytes()),
                                            set("segment.bytes", SEGMENT_BYTES))))
                    .all()
                    .get();
        }
    }

    private long keptBytes() {
        double eventsPerSecond =
                Load.SOAK.workload(SEED, Instant.EPOCH).eventsPerSecond()
                        * speed
                        / Topic.CHANGES.partitions();
        return Math.max(
                2 * SEGMENT_BYTES,
                Math.round(eventsPerSecond * BYTES_PER_EVENT * KEPT.toSeconds()));
    }

    private static AlterConfigOp set(String name, long value) {
        return new AlterConfigOp(new ConfigEntry(name, Long.toString(value)), OpType.SET);
    }
}
