package io.github.wikiflow.rankings.change;

import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;

/**
 * How old changes are when they are admitted: a histogram of a sample of them, since to look at the
 * clock for each would cost more than to count it.
 *
 * <p>Not thread-safe.
 */
public final class EventLatency {

    public static final String NAME = "event-latency-ms";

    private static final int CHANGES_PER_SAMPLE = 16;
    private static final int SAMPLES = 1_000;

    private final Histogram histogram;
    private int changes = CHANGES_PER_SAMPLE - 1;

    public EventLatency(MetricGroup metrics) {
        histogram = metrics.histogram(NAME, new DescriptiveStatisticsHistogram(SAMPLES));
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
        histogram.update(millis);
    }
}
