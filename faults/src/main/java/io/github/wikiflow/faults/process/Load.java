package io.github.wikiflow.faults.process;

import io.github.wikiflow.sandbox.generator.Workload;
import java.time.Instant;

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
            "5s"),
    /** The real stream at 20 times its rate. */
    SOAK(Workload.realistic().toBuilder().eventsPerSecond(20 * 40).build(), "1min");

    private final Workload workload;
    private final String fileInterval;

    Load(Workload workload, String fileInterval) {
        this.workload = workload;
        this.fileInterval = fileInterval;
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
}
