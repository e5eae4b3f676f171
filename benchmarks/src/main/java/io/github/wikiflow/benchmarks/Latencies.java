package io.github.wikiflow.benchmarks;

import java.util.Arrays;
import java.util.Locale;

/** Collects latencies; all of them are kept. Thread-safe. */
public final class Latencies {

    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    private long[] nanos = new long[1 << 12];
    private int size;

    public synchronized void add(long latencyNanos) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = latencyNanos;
    }

    /** Forgets what came while everything warmed up. */
    public synchronized void clear() {
        size = 0;
    }

    /** How many there are. */
    public synchronized int size() {
        return size;
    }

    /**
     * The smallest latency in seconds that is not below the given share of all (nearest rank).
     *
     * @param share above 0, at most 1
     * @throws IllegalStateException if there is none
     */
    public synchronized double seconds(double share) {
        if (size == 0) {
            throw new IllegalStateException("there are no latencies");
        }
        return quantile(sorted(), share) / NANOS_PER_SECOND;
    }

    /** As a row of a table for people. */
    public synchronized String toRow(String name) {
        if (size == 0) {
            return "%-28s no samples".formatted(name);
        }
        long[] sorted = sorted();
        return String.format(
                Locale.ROOT,
                "%-28s %,8d samples   p50 %6.1f ms   p99 %6.1f ms   max %6.1f ms",
                name,
                size,
                quantile(sorted, 0.5) / NANOS_PER_MILLI,
                quantile(sorted, 0.99) / NANOS_PER_MILLI,
                sorted[size - 1] / NANOS_PER_MILLI);
    }

    private long[] sorted() {
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return sorted;
    }

    private static long quantile(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
