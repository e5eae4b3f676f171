package io.github.wikiflow.testing;

import java.lang.StackWalker.Option;

/**
 * The seed of all random choices that the tests of one JVM make: another one in each run, unless
 * {@code -Dseed=} gives that of an earlier one.
 */
public final class Seed {

    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final StackWalker STACK = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

    private Seed() {}

    /** The seed; printed with the name of the test that asks for it, however that one ends. */
    public static long draw() {
        System.out.printf(
                "%s chooses by -Dseed=%d%n", STACK.getCallerClass().getSimpleName(), SEED);
        return SEED;
    }
}
