package io.github.wikiflow.bridge.position;

import static io.github.wikiflow.bridge.position.StreamPosition.UNKNOWN;

import io.github.wikiflow.bridge.position.Cursor.LogCursor;
import io.github.wikiflow.events.source.SourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * How far the bridge has come in the stream: what it would ask for if it had to connect now, and
 * which of the events it would then get it has already settled. It starts from a {@link Cursor} and
 * is written as one.
 *
 * <p>Not thread-safe.
 */
public final class Progress {

    /**
     * How far the bridge goes back in source time when it connects. The stream's positions would
     * leave out events that share the last timestamp, which may be given in whole seconds.
     */
    public static final Duration REWIND = Duration.ofSeconds(2);

    /**
     * Timestamps further ahead of this computer's clock do not move the position: after one of them
     * nothing would be beyond it, and every reconnection would begin there.
     */
    public static final Duration PLAUSIBLE_LEAD = Duration.ofDays(1);

    private final Map<SourceLog, LogProgress> logs = new LinkedHashMap<>();
    private final Set<UUID> remembered = new HashSet<>();
    private final Completeness completeness;
    private SourceKind kind;
    private long since;
    private boolean forgetUnnamedLogs;
    private boolean changed;

    private Progress(long since, Completeness completeness) {
        this.since = since;
        this.completeness = completeness;
    }

    /**
     * That of a bridge that has never run.
     *
     * @param since where to begin, in epoch milliseconds; {@link StreamPosition#UNKNOWN} to begin
     *     with whatever comes next
     */
    public static Progress begin(long since, Completeness completeness) {
        return new Progress(since, completeness);
    }

    /** That of a bridge that goes on from a cursor. */
    public static Progress resume(Cursor cursor, Completeness completeness) {
        Progress progress = new Progress(cursor.since(), completeness);
        progress.kind = cursor.kind();
        for (LogCursor log : cursor.logs()) {
            progress.log(log.log()).resume(log);
        }
        return progress;
    }

    /** Of which kind all events so far are; null before the first connection. */
    public SourceKind kind() {
        return kind;
    }

    /** All events from now on are of this kind, as those before. */
    public void serve(SourceKind served) {
        changed |= kind != served;
        kind = served;
    }

    /**
     * Takes an event in.
     *
     * @param id the event's identity, see {@link EventIdentity}
     * @param eventLog the source log that the event says it is of; null if it says nothing
     * @param offset its offset there; {@link StreamPosition#UNKNOWN} if it says nothing
     * @param position that of its frame
     * @param now this computer's time in epoch milliseconds
     * @return false if the event has been taken in before and must be dropped
     */
    public boolean settle(
            UUID id, SourceLog eventLog, long offset, StreamPosition position, long now) {
        beginWith(position);
        LogProgress log = logOf(eventLog, position);
        boolean repeat =
                remembered.contains(id)
                        || log != null && log.isLongSettled(offset, position.timestamp(eventLog));
        advance(position, now);
        if (log != null) {
            log.count(offset, repeat);
        }
        if (repeat) {
            completeness.countRepeat();
            return false;
        }
        if (log != null) {
            log.settle(id, offset);
        }
        changed = true;
        return true;
    }

    /**
     * What to send as {@code Last-Event-ID}: for each source log the rewound position. A log of
     * which nothing has been seen is asked for from where the bridge began to follow the stream;
     * the service's own entry for it, {@code "offset":-1}, would leave out what came to it
     * meanwhile.
     *
     * @return null if no source log is known yet
     */
    public String lastEventId() {
        if (logs.isEmpty()) {
            return null;
        }
        List<StreamPosition.Entry> entries = new ArrayList<>(logs.size());
        for (LogProgress log : logs.values()) {
            entries.add(resumeEntry(log));
        }
        return StreamPosition.write(entries);
    }

    /**
     * What to send as {@code since} when there is no {@code Last-Event-ID}, or when it was refused:
     * the earliest of the logs' rewound positions, in epoch milliseconds.
     *
     * @return {@link StreamPosition#UNKNOWN} if no time is known
     */
    public long resumeTime() {
        long earliest = UNKNOWN;
        for (LogProgress log : logs.values()) {
            long time = log.position() == UNKNOWN ? UNKNOWN : resumeTime(log);
            if (time != UNKNOWN && (earliest == UNKNOWN || time < earliest)) {
                earliest = time;
            }
        }
        return earliest == UNKNOWN ? since : earliest;
    }

    /** The service does not accept the positions: logs that it no longer names are forgotten. */
    public void refused() {
        forgetUnnamedLogs = true;
    }

    /** Whether a new cursor would differ from the last one. */
    public boolean hasChanged() {
        return changed;
    }

    /** Writes down where the bridge stands. */
    public Cursor cursor(UUID owner, long commit) {
        changed = false;
        List<LogCursor> cursors = new ArrayList<>(logs.size());
        for (LogProgress log : logs.values()) {
            cursors.add(log.cursor());
        }
        return new Cursor(owner, commit, kind, since, cursors);
    }

    private StreamPosition.Entry resumeEntry(LogProgress log) {
        boolean byOffset = log.position() == UNKNOWN && log.offsetPosition() != UNKNOWN;
        return new StreamPosition.Entry(
                log.log(), byOffset ? UNKNOWN : resumeTime(log), log.offsetPosition());
    }

    private long resumeTime(LogProgress log) {
        return log.position() == UNKNOWN
                ? since
                : Math.max(since, log.position() - REWIND.toMillis());
    }

    private void beginWith(StreamPosition position) {
        if (since == UNKNOWN) {
            StreamPosition.Entry newest = position.newest();
            if (newest != null) {
                since = newest.timestamp() - 1;
            }
        }
        if (forgetUnnamedLogs && !position.entries().isEmpty()) {
            forgetUnnamedLogs = false;
            logs.values()
                    .removeIf(
                            log -> {
                                boolean unnamed = !position.names(log.log());
                                if (unnamed) {
                                    log.forget();
                                }
                                return unnamed;
                            });
        }
    }

    private void advance(StreamPosition position, long now) {
        long latestPlausible = now + PLAUSIBLE_LEAD.toMillis();
        for (StreamPosition.Entry entry : position.entries()) {
            changed |= log(entry.log()).advance(entry, latestPlausible);
        }
    }

    /** The log of an event; if it names none, the one that moved last; null if there is none. */
    private LogProgress logOf(SourceLog eventLog, StreamPosition position) {
        if (eventLog != null) {
            return log(eventLog);
        }
        StreamPosition.Entry newest = position.newest();
        return newest == null ? null : log(newest.log());
    }

    private LogProgress log(SourceLog log) {
        LogProgress known = logs.get(log);
        if (known == null) {
            known = new LogProgress(log, REWIND.toMillis(), remembered, completeness);
            logs.put(log, known);
            changed = true;
        }
        return known;
    }
}
