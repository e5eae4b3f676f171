package io.github.wikiflow.faults;

import java.util.ArrayList;
import java.util.List;

/**
 * A figure over a long run. The first quarter does not count, in which caches and heaps fill; of
 * the rest it is told by the slope of the line that fits it best (least squares), so that what goes
 * up and down does not seem to grow, and what grows steadily cannot hide behind it.
 */
final class Trend {

    /** Of the mean; with more growth in all the figure is said to grow. */
    private static final double MOST_GROWTH = 0.1;

    private final List<Long> samples = new ArrayList<>();
    private final long bound;

    /** Of a figure that must not grow. */
    Trend() {
        this(0);
    }

    /**
     * Of a figure that may grow up to a bound.
     *
     * @param bound up to which growth is allowed
     */
    Trend(long bound) {
        this.bound = bound;
    }

    void add(long sample) {
        samples.add(sample);
    }

    /** The mean of what counts. */
    double mean() {
        return counted().stream().mapToLong(Long::longValue).average().orElse(0);
    }

    /** By how much it has grown in all while it counted, by the line. */
    double growth() {
        List<Long> counted = counted();
        double middle = (counted.size() - 1) / 2.0;
        double mean = mean();
        double products = 0;
        double squares = 0;
        for (int i = 0; i < counted.size(); i++) {
            products += (i - middle) * (counted.get(i) - mean);
            squares += (i - middle) * (i - middle);
        }
        return squares == 0 ? 0 : products / squares * counted.size();
    }

    /** The largest sample. */
    long max() {
        return samples.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /** Whether it does not grow, or stays within its bound. */
    boolean isFlat() {
        return growth() <= MOST_GROWTH * mean() || bound > 0 && max() <= bound;
    }

    private List<Long> counted() {
        return samples.subList(samples.size() / 4, samples.size());
    }
}
