package io.github.wikiflow.sandbox.generator;

/**
 * How a source log counts its events: which offset an event names. Wikimedia's Kafka may have been
 * set up again, or the service may be served by another copy of it, which counts otherwise.
 */
@FunctionalInterface
public interface OffsetCount {

    /** As the log has always counted. */
    OffsetCount UNCHANGED = (offset, sourceTime) -> offset;

    /**
     * The offset that an event names; a function of its arguments for every event that has been
     * made.
     *
     * @param offset as the log has always counted
     * @param sourceTime of the event, in epoch milliseconds
     */
    long named(long offset, long sourceTime);
}
