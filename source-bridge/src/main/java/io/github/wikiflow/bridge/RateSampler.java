package io.github.wikiflow.bridge;

/**
 * The speed of a growing number: how much it grew since it was last looked at, or since the time
 * before if that was only just now. Thread-safe.
 */
final class RateSampler {

    private static final long SHORTEST_NANOS = 1_000_000_000;

    private long beforeNanos;
    private long beforeValue;
    private long lastNanos;
    private long lastValue;

    RateSampler(long nowNanos) {
        beforeNanos = nowNanos;
        lastNanos = nowNanos;
    }

    /** How much the number grows in a second. */
    synchronized double perSecond(long value, long nowNanos) {
        if (nowNanos - lastNanos >= SHORTEST_NANOS) {
            beforeNanos = lastNanos;
            beforeValue = lastValue;
            lastNanos = nowNanos;
            lastValue = value;
        }
        long elapsed = nowNanos - beforeNanos;
        return elapsed <= 0 ? 0 : (value - beforeValue) * 1e9 / elapsed;
    }
}
