package io.github.wikiflow.bridge.position;

import java.util.concurrent.atomic.LongAdder;

/**
 * What the source's own numbering says about the stream. The offsets of a source log are
 * contiguous, so that every event that is missing and every one that comes again can be counted
 * exactly.
 *
 * <p>Counts from the start of the process. Written by the reading thread, read by any.
 */
public final class Completeness {

    private final LongAdder missing = new LongAdder();
    private final LongAdder lateArrivals = new LongAdder();
    private final LongAdder sameIdentity = new LongAdder();
    private final LongAdder settledOffset = new LongAdder();
    private final LongAdder restartedLogs = new LongAdder();

    /** Offsets that were left out; some may have come later, see {@link #lateArrivals()}. */
    public long missing() {
        return missing.sum();
    }

    /** Events that had been counted as missing and came after all. */
    public long lateArrivals() {
        return lateArrivals.sum();
    }

    /** Events that came again and were dropped, known by their identity. */
    public long repeatsByIdentity() {
        return sameIdentity.sum();
    }

    /** Events that came again and were dropped, known only by their place in the source. */
    public long repeatsByOffset() {
        return settledOffset.sum();
    }

    /** How often a source log began anew with lower offsets. */
    public long restartedLogs() {
        return restartedLogs.sum();
    }

    void countMissing(long events) {
        missing.add(events);
    }

    void countLateArrival() {
        lateArrivals.increment();
    }

    void countRepeatByIdentity() {
        sameIdentity.increment();
    }

    void countRepeatByOffset() {
        settledOffset.increment();
    }

    void countRestartedLog() {
        restartedLogs.increment();
    }
}
