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
    private final LongAdder repeats = new LongAdder();
    private final LongAdder restartedLogs = new LongAdder();

    /** Offsets that were left out; some may have come later, see {@link #lateArrivals()}. */
    public long missing() {
        return missing.sum();
    }

    /** Events that had been counted as missing and came after all. */
    public long lateArrivals() {
        return lateArrivals.sum();
    }

    /** Events that came again and were dropped. */
    public long repeats() {
        return repeats.sum();
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

    void countRepeat() {
        repeats.increment();
    }

    void countRestartedLog() {
        restartedLogs.increment();
    }
}
