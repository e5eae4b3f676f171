package io.github.wikiflow.bridge.position;

import io.github.wikiflow.events.source.SourceKind;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
 * @param unplaced the identities of the last settled data that names no place of its own, the
 *     oldest first; all other events are known by their offsets, or by the records of them
 */
public record Cursor(
        UUID owner,
        long commit,
        @Nullable SourceKind kind,
        long since,
        List<LogCursor> logs,
        List<UUID> unplaced) {

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
     * @param isUnsure whether too few events have borne the timestamp out, see {@link HighestTime}
     * @param offset the last one of this log in the stream's positions; used only without a
     *     timestamp
     * @param settled the offsets of all settled events, ascending
     */
    public record LogCursor(
            SourceLog log,
            long timestamp,
            boolean isUnsure,
            long offset,
            List<OffsetRange> settled) {}
}
