package io.github.wikiflow.bridge.position;

import static io.github.wikiflow.bridge.position.StreamPosition.UNKNOWN;

import io.github.wikiflow.bridge.position.Cursor.LogCursor;

/**
 * How far the bridge has come in one source log.
 *
 * <p>What has been settled is known by offset, exactly. Where to go on is asked for by time: for a
 * timestamp the service begins, as Kafka does, with the <em>first</em> event of the log that has
 * this timestamp or a later one, and sends everything from there on. Timestamps run out of order,
 * by up to minutes; where they first reach a value depends only on how high they had climbed. So
 * the highest timestamp is the position. (Offsets would be exact, but the service may be served by
 * another copy of the log tomorrow, which counts differently.)
 *
 * <p>Not thread-safe.
 */
final class LogProgress {

    /**
     * A log that jumps further ahead counts anew. It is as much as half a year of the live stream,
     * which itself keeps a month at most.
     */
    private static final long LONGEST_GAP = 1_000_000_000;

    /**
     * And one that begins further before its first offset: events from before the bridge's
     * beginning come only out of order, by a few.
     */
    private static final long LONGEST_WAY_BACK = 100_000;

    private final SourceLog log;
    private final Completeness completeness;
    private final OffsetRanges settled;
    private final HighestTime time;
    private long offsetPosition;
    private long lastTimestamp = UNKNOWN;

    /**
     * Events were dropped on this connection because their offsets had been settled, and nothing
     * has shown yet that the log still means the same events by them.
     */
    private boolean doubted;

    /** Of a log that nothing was seen of. */
    LogProgress(SourceLog log, Completeness completeness) {
        this.log = log;
        this.completeness = completeness;
        this.settled = new OffsetRanges();
        this.time = new HighestTime(UNKNOWN, true);
        this.offsetPosition = UNKNOWN;
    }

    /** Goes on from where a cursor was written. */
    LogProgress(LogCursor cursor, Completeness completeness) {
        this.log = cursor.log();
        this.completeness = completeness;
        this.settled = new OffsetRanges(cursor.settled());
        this.time = new HighestTime(cursor.timestamp(), cursor.isUnsure());
        this.offsetPosition = cursor.offset();
    }

    LogCursor cursor() {
        return new LogCursor(log, position(), !time.isBorneOut(), offsetPosition, settled.ranges());
    }

    SourceLog log() {
        return log;
    }

    /** The highest timestamp in the stream's positions, or {@link StreamPosition#UNKNOWN}. */
    long position() {
        return time.get();
    }

    /** The last offset in the stream's positions, or {@link StreamPosition#UNKNOWN}. */
    long offsetPosition() {
        return offsetPosition;
    }

    HighestTime time() {
        return time;
    }

    /** A connection begins: what was doubted on the last one comes again. */
    void connected() {
        doubted = false;
        lastTimestamp = UNKNOWN;
    }

    /** Takes note of what a frame's id says of this log; whether it was anything new. */
    boolean advance(StreamPosition.Entry entry) {
        boolean advanced = false;
        if (entry.timestamp() != UNKNOWN
                && entry.timestamp() != lastTimestamp
                && !(doubted && time.isSurpassedBy(entry.timestamp()))) {
            advanced = time.see(entry.timestamp());
        }
        lastTimestamp = entry.timestamp();
        if (entry.offset() != UNKNOWN && entry.offset() != offsetPosition) {
            offsetPosition = entry.offset();
            advanced = true;
        }
        return advanced;
    }

    boolean isSettled(long offset) {
        return settled.contains(offset);
    }

    /**
     * Whether the log has begun anew, so that its offsets mean other events than before.
     *
     * @param isKnown whether the event's identity is
     * @param wasElsewhere whether it is, with another offset
     * @param isOther whether another event is known to have had its offset
     * @param timestamp this log's in the event's frame
     */
    boolean beginsAnew(
            long offset, boolean isKnown, boolean wasElsewhere, boolean isOther, long timestamp) {
        if (settled.isEmpty()) {
            return false;
        }
        if (offset > settled.last()) {
            long gap = offset - settled.last() - 1;
            return gap > LONGEST_GAP || gap > 0 && wasElsewhere;
        }
        return settled.first() - offset > LONGEST_WAY_BACK
                || isOther && settled.contains(offset)
                || !isKnown && time.isSurpassedBy(timestamp);
    }

    /**
     * Forgets the offsets.
     *
     * @return whether events were dropped on this connection that may have been others than those
     *     that had their offsets before, and so must be read again
     */
    boolean beginAnew() {
        completeness.countRestartedLog();
        settled.clear();
        return doubted;
    }

    /** The event has proved to be the one that was settled. */
    void confirm() {
        doubted = false;
    }

    /** The event was dropped for its offset alone. */
    void doubt() {
        doubted = true;
    }

    /** Takes note that an event is done with, and counts those that are missing before it. */
    void settle(long offset, boolean isKnown) {
        if (!settled.isEmpty() && offset > settled.last()) {
            completeness.countMissing(offset - settled.last() - 1);
            doubted = false;
        } else if (!settled.isEmpty()
                && offset > settled.first()
                && !settled.contains(offset)
                && !isKnown) {
            completeness.countLateArrival();
        }
        settled.add(offset);
    }
}
