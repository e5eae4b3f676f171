package io.github.wikiflow.faults.pipeline;

import io.github.wikiflow.harness.pipeline.Deployment;
import io.github.wikiflow.harness.pipeline.SupervisedJob;
import io.github.wikiflow.harness.process.JavaCommand;
import io.github.wikiflow.harness.process.SupervisedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;

/**
 * All of the pipeline as processes, from the simulated stream to the dashboard: what is attacked,
 * or watched for a long time. Closing it kills all of it.
 */
public record WholePipeline(
        Deployment deployment,
        SupervisedProcess broker,
        SupervisedProcess jobManager,
        List<SupervisedProcess> taskManagers,
        SupervisedProcess source,
        SupervisedProcess bridge,
        List<String> bridgeOptions,
        MovedClock bridgeClock,
        SupervisedProcess dashboard,
        MovedClock dashboardClock,
        SupervisedJob archive,
        SupervisedJob rankings)
        implements AutoCloseable {

    /** After so long without a heartbeat Flink takes a process for dead. */
    public static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(5);

    /** So long a transaction of the bridge may stay open. */
    public static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(12);

    private static final Map<String, String> BROKER_SETTINGS =
            Map.of(
                    // Shorter than the pauses of an attack: the controller gives the broker up.
                    "broker.session.timeout.ms", "3000",
                    "broker.heartbeat.interval.ms", "500",
                    // A long run deletes what it has read.
                    "log.initial.task.delay.ms", "30000",
                    "log.retention.check.interval.ms", "30000");

    /** Everything that waits for a time waits less long, so that an attack is over sooner. */
    private static final Map<String, String> FLINK_SETTINGS =
            Map.of(
                    "execution.checkpointing.min-pause",
                    "200ms",
                    "execution.checkpointing.timeout",
                    "20s",
                    "heartbeat.interval",
                    "1s",
                    "heartbeat.timeout",
                    HEARTBEAT_TIMEOUT.toSeconds() + "s",
                    // But a busy machine may need long to start a process.
                    "pekko.startup-timeout",
                    "1min",
                    "restart-strategy.exponential-delay.initial-backoff",
                    "200ms",
                    "restart-strategy.exponential-delay.max-backoff",
                    "2s",
                    "restart-strategy.exponential-delay.reset-backoff-threshold",
                    "10s");

    /**
     * Starts everything.
     *
     * @param folder for all its data and logs; empty
     * @param load what the log of events is like
     * @param seed of the log of events
     * @param start of the log of events
     * @param published until when the log is published, in epoch milliseconds; asked at each start
     *     of the simulated stream
     * @param count how the log's offsets count
     */
    public static WholePipeline start(
            Path folder,
            Load load,
            long seed,
            Instant start,
            LongSupplier published,
            CountedAnew count)
            throws IOException, InterruptedException {
        Deployment deployment = new Deployment(folder, load.jvmOptions());
        try {
            return start(
                    deployment,
                    folder,
                    load,
                    port ->
                            SourceProcess.command(
                                    port, load, seed, start, published.getAsLong(), count));
        } catch (IOException | InterruptedException | RuntimeException e) {
            deployment.close();
            throw e;
        }
    }

    private static WholePipeline start(
            Deployment deployment, Path folder, Load load, IntFunction<JavaCommand> source)
            throws IOException, InterruptedException {
        Map<String, String> flink = new TreeMap<>(FLINK_SETTINGS);
        flink.put("execution.checkpointing.interval", load.checkpointInterval().toMillis() + "ms");
        MovedClock bridgeClock = new MovedClock(folder.resolve("bridge.clock"));
        MovedClock dashboardClock = new MovedClock(folder.resolve("dashboard.clock"));
        Path bridgeKafka = folder.resolve("bridge.properties");
        Files.writeString(
                bridgeKafka,
                "transaction.timeout.ms=%d%n".formatted(TRANSACTION_TIMEOUT.toMillis()));
        List<String> bridgeOptions =
                List.of(
                        "--kafka-properties=" + bridgeKafka,
                        "--read-timeout=5s",
                        "--reconnect-delay=100ms",
                        "--max-reconnect-delay=1s");
        return new WholePipeline(
                deployment,
                deployment.startBroker(BROKER_SETTINGS),
                deployment.startJobManager(flink),
                List.of(deployment.startTaskManager(1), deployment.startTaskManager(2)),
                deployment.startSource(source),
                deployment.startBridge(bridgeOptions, bridgeClock.environment()),
                bridgeOptions,
                bridgeClock,
                deployment.startDashboard(
                        List.of("--max-windows=" + load.windows()), dashboardClock.environment()),
                dashboardClock,
                deployment.startArchive(List.of("--file-interval=" + load.fileInterval())),
                // A partition is only as idle as the stream: an outage must not end a window early.
                deployment.startRankings(List.of("--idleness=1h")));
    }

    /** Both jobs. */
    public List<SupervisedJob> jobs() {
        return List.of(archive, rankings);
    }

    @Override
    public void close() {
        deployment.close();
    }
}
