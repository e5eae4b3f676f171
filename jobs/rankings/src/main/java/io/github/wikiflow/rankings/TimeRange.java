package io.github.wikiflow.rankings;

import java.io.Serializable;

/**
 * A span of event time, in epoch milliseconds.
 *
 * @param from inclusive
 * @param to exclusive
 */
record TimeRange(long from, long to) implements Serializable {

    /** All time. */
    static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

    boolean contains(long time) {
        return from <= time && time < to;
    }
}
