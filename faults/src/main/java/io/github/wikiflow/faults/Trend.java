package io.github.wikiflow.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;

/**
 * A figure over a long run. The first quarter does not count, in which caches and heaps fill;
 * whether it grows is told by the mean of the second quarter and the mean of the last.
 */
final class Trend {

    /** Beyond it the figure is said to grow. */
    private static final double MOST_GROWTH = 0.1;

    private final List<Long> samples = new ArrayList<>();

    void add(long sample) {
        samples.add(sample);
    }

    /** The mean of the second quarter. */
    double early() {
        return quarter(1).getAverage();
    }

    /** The mean of the last quarter. */
    double late() {
        return quarter(3).getAverage();
    }

    /** The largest sample. */
    long max() {
        return samples.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    boolean isFlat() {
        return late() <= early() * (1 + MOST_GROWTH);
    }

    private LongSummaryStatistics quarter(int number) {
        int size = samples.size();
        return samples.subList(number * size / 4, (number + 1) * size / 4).stream()
                .mapToLong(Long::longValue)
                .summaryStatistics();
    }
}
