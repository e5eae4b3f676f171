package io.github.wikiflow.sandbox.generator;

/**
 * Pseudo-random numbers that are a pure function of a seed and a position, so that any event can be
 * made without those before it. The algorithm is SplitMix64 (Steele, Lea, Flood: Fast Splittable
 * Pseudorandom Number Generators, 2014). Not thread-safe.
 */
final class Draws {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    /** The numbers that belong to a position in the sequence that a seed names. */
    Draws(long seed, long position) {
        state = mix(mix(seed) ^ (position * GOLDEN_GAMMA));
    }

    /** Spreads a number over 64 bits. */
    static long mix(long value) {
        long z = value + GOLDEN_GAMMA;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** All 64 bits are random. */
    long bits() {
        long z = mix(state);
        state += GOLDEN_GAMMA;
        return z;
    }

    /** From 0 to 1, without 1. */
    double unit() {
        return (bits() >>> 11) * 0x1.0p-53;
    }

    /** From 0 to the bound, without it. */
    int below(int bound) {
        return (int) (((bits() >>> 32) * bound) >>> 32);
    }

    /** From the first to the second bound, both included. */
    long between(long low, long high) {
        return low + (long) (unit() * (high - low + 1));
    }

    boolean chance(double share) {
        return unit() < share;
    }

    <T> T oneOf(T[] values) {
        return values[below(values.length)];
    }
}
