package io.github.wikiflow.bridge.position;

import static io.github.wikiflow.bridge.position.StreamPosition.UNKNOWN;

import io.github.wikiflow.bridge.position.Cursor.LogCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * How far the bridge has come in one source log, and what it remembers of the last part of the way.
 *
 * <p>For a timestamp the service begins, as Kafka does, with the <em>first</em> event of the log
 * that has this timestamp or a later one, and sends everything from there on. Timestamps run out of
 * order, by up to minutes; where they first reach a value depends only on how high they had
 * climbed. So the highest timestamp is the position. What comes again after a rewind are the events
 * from where the timestamps first climbed to the rewound position; these are remembered by
 * identity, and all before them by one offset.
 *
 * <p>Not thread-safe.
 */
final class LogProgress {

    /**
     * As many are remembered at least: the service repeats a few also when nobody asked for them.
     */
    private static final int LEAST_REMEMBERED = 200;

    /** And no more than these, so that a cursor stays small; the offset covers all others. */
    private static final int MOST_REMEMBERED = 2_000;

    /**
     * An event that is done with.
     *
     * @param climbed the log's position then
     */
    private record Settled(UUID id, long climbed, long offset) {}

    private final SourceLog log;
    private final long rewindMillis;

    /** Shared by all logs: their events' identities. */
    private final Set<UUID> remembered;

    private final Completeness completeness;
    private Deque<Settled> recent = new ArrayDeque<>();
    private long position = UNKNOWN;
    private long offsetPosition = UNKNOWN;
    private long nextOffset = UNKNOWN;
    private long settledThrough = UNKNOWN;

    LogProgress(SourceLog log, long rewindMillis, Set<UUID> remembered, Completeness completeness) {
        this.log = log;
        this.rewindMillis = rewindMillis;
        this.remembered = remembered;
        this.completeness = completeness;
    }

    /** Goes on from where a cursor was written. */
    void resume(LogCursor cursor) {
        position = cursor.timestamp();
        offsetPosition = cursor.offset();
        nextOffset = cursor.nextOffset();
        settledThrough = cursor.settledThrough();
        // Where each of them stands is not written down; none is behind the last.
        long lastOffset = nextOffset == UNKNOWN ? UNKNOWN : nextOffset - 1;
        for (UUID id : cursor.settled()) {
            remember(id, lastOffset);
        }
    }

    LogCursor cursor() {
        List<UUID> settled = new ArrayList<>(recent.size());
        for (Settled event : recent) {
            settled.add(event.id());
        }
        return new LogCursor(log, position, offsetPosition, nextOffset, settledThrough, settled);
    }

    SourceLog log() {
        return log;
    }

    /** The highest timestamp in the stream's positions, or {@link StreamPosition#UNKNOWN}. */
    long position() {
        return position;
    }

    /** The last offset in the stream's positions, or {@link StreamPosition#UNKNOWN}. */
    long offsetPosition() {
        return offsetPosition;
    }

    /** Takes note of what a frame's id says of this log; whether it was anything new. */
    boolean advance(StreamPosition.Entry entry, long latestPlausible) {
        boolean advanced = false;
        if (entry.timestamp() > position && entry.timestamp() <= latestPlausible) {
            position = entry.timestamp();
            advanced = true;
        }
        if (entry.offset() != UNKNOWN && entry.offset() != offsetPosition) {
            offsetPosition = entry.offset();
            advanced = true;
        }
        return advanced;
    }

    /**
     * Whether an event was settled so long ago that its identity is forgotten. If its place in time
     * is new, it is not the offset of long ago: the source has begun to count anew.
     *
     * @param timestamp this log's in the event's frame
     */
    boolean isLongSettled(long offset, long timestamp) {
        return offset != UNKNOWN && offset <= settledThrough && timestamp <= position;
    }

    /** Compares an event's offset with what must come next. */
    void count(long offset, boolean repeat) {
        if (offset == UNKNOWN) {
            return;
        }
        if (nextOffset == UNKNOWN || offset == nextOffset) {
            nextOffset = offset + 1;
        } else if (offset > nextOffset) {
            completeness.countMissing(offset - nextOffset);
            nextOffset = offset + 1;
        } else if (!repeat && offset > settledThrough) {
            completeness.countLateArrival();
        } else if (!repeat) {
            completeness.countRestartedLog();
            forgetOffsets();
            nextOffset = offset + 1;
        }
    }

    /** Remembers an event, and forgets those that will not come again. */
    void settle(UUID id, long offset) {
        remember(id, offset);
        while (recent.size() > MOST_REMEMBERED
                || recent.size() > LEAST_REMEMBERED
                        && recent.getFirst().climbed() < position - rewindMillis) {
            Settled oldest = recent.removeFirst();
            remembered.remove(oldest.id());
            settledThrough = Math.max(settledThrough, oldest.offset());
        }
    }

    /** Makes the shared memory forget what it has of this log. */
    void forget() {
        for (Settled event : recent) {
            remembered.remove(event.id());
        }
        recent.clear();
    }

    private void remember(UUID id, long offset) {
        recent.addLast(new Settled(id, position, offset));
        remembered.add(id);
    }

    private void forgetOffsets() {
        settledThrough = UNKNOWN;
        Deque<Settled> withoutOffsets = new ArrayDeque<>(recent.size());
        for (Settled event : recent) {
            withoutOffsets.addLast(new Settled(event.id(), event.climbed(), UNKNOWN));
        }
        recent = withoutOffsets;
    }
}
