package io.github.wikiflow.rankings.count;

import io.github.wikiflow.events.ranking.Dimension;

/**
 * Splits the items of a dimension by hash, so that an item lives in exactly one bucket and all
 * buckets can be counted in parallel. Their number does not depend on the parallelism, so that a
 * savepoint can be restored with another one.
 */
public final class Buckets {

    /**
     * Enough to share what is left after the local count, few enough to keep a window cheap: each
     * bucket of each window costs a table, two timers and a report. A power of two; part of every
     * savepoint. docs/decisions/rankings-count-in-buckets.md has the figures.
     */
    public static final int NUMBER = 16;

    /** The bucket in which changes without an item are counted. */
    public static final int NAMELESS = 0;

    private static final int HASH_BITS_BELOW = Integer.SIZE - Integer.numberOfTrailingZeros(NUMBER);

    private Buckets() {}

    /** The bucket of an item: the highest bits of its hash, since tables use the lowest. */
    public static int of(int itemHash) {
        return itemHash >>> HASH_BITS_BELOW;
    }

    /** The number of a bucket among those of all dimensions. */
    public static int key(Dimension dimension, int bucket) {
        return dimension.ordinal() * NUMBER + bucket;
    }

    /**
     * The id of an operator whose state is by bucket. With another number of buckets that state
     * would be read wrongly, so it must not fit.
     */
    public static String operatorId(String name) {
        return "%s-%d-buckets".formatted(name, NUMBER);
    }

    /** The dimension of a key. */
    public static Dimension dimension(int key) {
        return DIMENSIONS[key / NUMBER];
    }

    /** The bucket of a key. */
    public static int bucket(int key) {
        return key % NUMBER;
    }

    private static final Dimension[] DIMENSIONS = Dimension.values();
}
