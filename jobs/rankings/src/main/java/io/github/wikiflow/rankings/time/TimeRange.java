package io.github.wikiflow.rankings.time;

import java.io.Serializable;

/**
 * A span of event time, in epoch milliseconds.
 *
 * @param from inclusive
 * @param to exclusive
 */
public record TimeRange(long from, long to) implements Serializable {

    /** All time. */
    public static final TimeRange ALL = new TimeRange(Long.MIN_VALUE, Long.MAX_VALUE);

    public boolean contains(long time) {
        return from <= time && time < to;
    }
}
