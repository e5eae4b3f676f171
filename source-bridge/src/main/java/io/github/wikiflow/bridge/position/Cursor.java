package io.github.wikiflow.bridge.position;

import io.github.wikiflow.events.source.SourceKind;
import java.util.List;
import java.util.UUID;

/**
 * The bridge's resume point: everything that it must know after a crash in order to go on without
 * losing or repeating an event. It is written in the same Kafka transaction as the events that it
 * covers, so that it is never ahead of or behind them.
 *
 * @param owner the run of the bridge that wrote it; a different one than the reader's own tells it
 *     that another bridge has taken over
 * @param commit counts the owner's transactions, so that after a commit of unknown outcome the
 *     owner can see whether it took place
 * @param kind of all events so far; null before the first connection
 * @param since from when on the stream is followed, in epoch milliseconds; {@link
 *     StreamPosition#UNKNOWN} as long as there was neither an event nor a wish where to begin
 * @param logs where the bridge stands in each source log
 */
public record Cursor(UUID owner, long commit, SourceKind kind, long since, List<LogCursor> logs) {

    /** The greatest timestamp of all logs; {@link StreamPosition#UNKNOWN} without one. */
    public long lastEventTime() {
        long latest = StreamPosition.UNKNOWN;
        for (LogCursor log : logs) {
            latest = Math.max(latest, log.timestamp());
        }
        return latest;
    }

    /**
     * Where the bridge stands in one source log. Each number is {@link StreamPosition#UNKNOWN} if
     * there was none yet.
     *
     * @param timestamp the greatest of this log in the stream's positions, in epoch milliseconds:
     *     the last event time of the data centre
     * @param offset the last one of this log in the stream's positions; used only without a
     *     timestamp
     * @param nextOffset the {@code meta.offset} that must come next if nothing is missing
     * @param settledThrough up to this {@code meta.offset} everything is settled, and no longer
     *     known by its identity
     * @param settled the identities of the events settled last, the oldest first
     */
    public record LogCursor(
            SourceLog log,
            long timestamp,
            long offset,
            long nextOffset,
            long settledThrough,
            List<UUID> settled) {}
}
