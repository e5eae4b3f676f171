package io.github.wikiflow.benchmarks.live;

import io.github.wikiflow.sandbox.generator.LandedEvent;
import io.github.wikiflow.sandbox.generator.RankingRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * When each event has arrived in Kafka, by its record time: in the order of arrival within each
 * window, and by offset within each partition. Thread-safe.
 */
final class Arrivals {

    private static final long WINDOW_MILLIS = RankingRules.DEFAULTS.window().toMillis();

    private final List<Times> partitions = new ArrayList<>();
    private final Map<Long, Times> windows = new HashMap<>();
    private long events;

    /**
     * @param partitions of the topic
     */
    Arrivals(int partitions) {
        for (int i = 0; i < partitions; i++) {
            this.partitions.add(new Times());
        }
    }

    /** Takes the next event; all are changes that every ranking of users counts. */
    synchronized void add(LandedEvent landed) {
        long changed = landed.event().change().timestamp() * 1000;
        windows.computeIfAbsent(changed - changed % WINDOW_MILLIS, start -> new Times())
                .add(landed.recordTime());
        partitions.get(landed.partition()).add(landed.recordTime());
        events++;
    }

    /** How many there are. */
    synchronized long events() {
        return events;
    }

    /** How many there are of a window. */
    synchronized int ofWindow(long windowStart) {
        Times times = windows.get(windowStart);
        return times == null ? 0 : times.size();
    }

    /**
     * When a window's changes were so many.
     *
     * @param number from 1 to {@link #ofWindow}
     */
    synchronized long timeOf(long windowStart, int number) {
        return Objects.requireNonNull(windows.get(windowStart)).get(number - 1);
    }

    /**
     * When the last record before an offset arrived; of those that have been added, which may be
     * fewer for a moment.
     *
     * @param offset from 1
     */
    synchronized long timeBefore(int partition, long offset) {
        Times times = partitions.get(partition);
        return times.get((int) Math.min(offset, times.size()) - 1);
    }
}
