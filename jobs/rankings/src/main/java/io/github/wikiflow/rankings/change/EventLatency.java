package io.github.wikiflow.rankings.change;

import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/**
 * How old changes are when they are admitted: the age of the latest one of a sample, since to look
 * at the clock for each would cost more than to count it.
 *
 * <p>Changed by one thread; the metric is read by others, who may see an age that is not the
 * latest.
 */
public final class EventLatency {

    public static final String NAME = "event-latency-ms";

    private static final int CHANGES_PER_SAMPLE = 16;

    private int changes = CHANGES_PER_SAMPLE - 1;
    private volatile long latestMillis;

    public EventLatency(MetricGroup metrics) {
        Gauge<Long> gauge = () -> latestMillis;
        metrics.gauge(NAME, gauge);
    }

    /** Whether the change that is admitted now is in the sample: the first is. */
    public boolean isSample() {
        changes++;
        if (changes < CHANGES_PER_SAMPLE) {
            return false;
        }
        changes = 0;
        return true;
    }

    /** Adds a change's age to the sample. */
    public void add(long millis) {
        latestMillis = millis;
    }
}
