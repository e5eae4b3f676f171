package io.github.wikiflow.faults.pipeline;

import io.github.wikiflow.sandbox.generator.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What a pipeline is given to do. */
public enum Load {
    /**
     * Everything that can go wrong in an event, and often; so few events that windows of ten
     * minutes close every few seconds at the pace of an attack.
     */
    ATTACK(
            Workload.hostile().toBuilder()
                    .eventsPerSecond(5)
                    .users(20_000)
                    .wikis(8)
                    .pages(20_000)
                    .build(),
            "5s",
            Duration.ofSeconds(1),
            // Every window is compared.
            100_000,
            // To start fast, since most processes do not live long.
            List.of("-XX:TieredStopAtLevel=1")),
    /** The real stream at its own rate, by its own clock. */
    SOAK(
            Workload.realistic().toBuilder().eventsPerSecond(40).build(),
            "1min",
            Duration.ofSeconds(10),
            // So few that it has to forget some all the time.
            20,
            // So that a full collection leaves nothing dead, and shows what is reachable.
            List.of("-XX:MarkSweepAlwaysCompactCount=1"));

    private final Workload workload;
    private final String fileInterval;
    private final Duration checkpointInterval;
    private final int windows;
    private final List<String> jvmOptions;

    Load(
            Workload workload,
            String fileInterval,
            Duration checkpointInterval,
            int windows,
            List<String> jvmOptions) {
        this.workload = workload;
        this.fileInterval = fileInterval;
        this.checkpointInterval = checkpointInterval;
        this.windows = windows;
        this.jvmOptions = jvmOptions;
    }

    /**
     * The events.
     *
     * @param start of the log
     */
    public Workload workload(long seed, Instant start) {
        return workload.toBuilder().seed(seed).start(start).build();
    }

    /** How long a row waits for its file, as the archive's option. */
    public String fileInterval() {
        return fileInterval;
    }

    /** How often the jobs complete a checkpoint. */
    public Duration checkpointInterval() {
        return checkpointInterval;
    }

    /** How many windows the dashboard keeps. */
    public int windows() {
        return windows;
    }

    /** What the JVM of every process is to be told. */
    public List<String> jvmOptions() {
        return jvmOptions;
    }
}
