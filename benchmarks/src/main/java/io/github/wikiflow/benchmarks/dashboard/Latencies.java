package io.github.wikiflow.benchmarks.dashboard;

import java.util.Arrays;
import java.util.Locale;

/** Collects latencies; all of them are kept. Thread-safe. */
final class Latencies {

    private static final double NANOS_PER_MILLI = 1e6;

    private long[] nanos = new long[1 << 12];
    private int size;

    synchronized void add(long latencyNanos) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = latencyNanos;
    }

    /** Forgets what came while everything warmed up. */
    synchronized void clear() {
        size = 0;
    }

    /** As a row of a table for people. */
    synchronized String toRow(String name) {
        if (size == 0) {
            return "%-28s no samples".formatted(name);
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%-28s %,8d samples   p50 %6.1f ms   p99 %6.1f ms   max %6.1f ms",
                name,
                size,
                quantile(sorted, 0.5) / NANOS_PER_MILLI,
                quantile(sorted, 0.99) / NANOS_PER_MILLI,
                sorted[size - 1] / NANOS_PER_MILLI);
    }

    /** The smallest value that is not below the given share of all (nearest rank). */
    private static long quantile(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
