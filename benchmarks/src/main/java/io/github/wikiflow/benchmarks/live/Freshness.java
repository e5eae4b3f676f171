package io.github.wikiflow.benchmarks.live;

import io.github.wikiflow.benchmarks.Latencies;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long changes took from their arrival in Kafka to the first ranking that counts them: the n-th
 * change of a window, in the order of arrival, is counted by the first ranking of its window that
 * counts n changes or more.
 *
 * <p>Rankings do not say which changes they count. Partitions are read at slightly different
 * speeds, so a ranking may count a later change of one partition and not yet an earlier one of
 * another. The mean is the same whichever they are, since each ranking counts n of them; the spread
 * is the smallest that fits the data.
 */
final class Freshness {

    private Freshness() {}

    /**
     * Compares sightings with arrivals.
     *
     * @param sightings in the order in which they came
     * @param from only changes that arrived from this time on, in epoch milliseconds
     * @param to and before this one
     */
    static Latencies of(List<Sighting> sightings, Arrivals arrivals, long from, long to) {
        Latencies latencies = new Latencies();
        Map<Long, Integer> counted = new HashMap<>();
        for (Sighting sighting : sightings) {
            int before = counted.getOrDefault(sighting.windowStart(), 0);
            int now = (int) Math.min(sighting.changes(), arrivals.ofWindow(sighting.windowStart()));
            for (int number = before + 1; number <= now; number++) {
                long arrived = arrivals.timeOf(sighting.windowStart(), number);
                if (arrived >= from && arrived < to) {
                    latencies.add(Duration.ofMillis(sighting.epochMillis() - arrived).toNanos());
                }
            }
            counted.put(sighting.windowStart(), Math.max(before, now));
        }
        return latencies;
    }
}
