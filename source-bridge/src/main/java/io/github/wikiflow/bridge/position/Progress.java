package io.github.wikiflow.bridge.position;

import static io.github.wikiflow.bridge.position.StreamPosition.UNKNOWN;

import io.github.wikiflow.bridge.position.Cursor.LogCursor;
import io.github.wikiflow.events.source.SourceKind;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How far the bridge has come in the stream: what it would ask for if it had to connect now, and
 * which of the events it would then get it has already settled. It starts from a {@link Cursor} and
 * is written as one.
 *
 * <p>An event has been settled if its identity is among the {@link RecentEvents}, or its offset
 * among those settled in its log. The offset decides only while the log counts as before. If it has
 * begun anew, that shows in one of the next events: another is known to have had its offset, or it
 * is later than all before. What was dropped for its offset until then is read again, from a
 * position that has not moved meanwhile.
 *
 * <p>Not thread-safe.
 */
public final class Progress {

    /** What becomes of an event. */
    public enum Verdict {
        /** It is new. */
        NEW,
        /** It has been taken in before and must be dropped. */
        REPEAT,
        /** Nothing yet: the connection must be made anew, and will bring it again. */
        READ_AGAIN
    }

    /**
     * How far the bridge goes back in source time when it connects. The stream's positions would
     * leave out events that share the last timestamp, which may be given in whole seconds.
     */
    public static final Duration REWIND = Duration.ofSeconds(2);

    /** Of data that names no place, so that a cursor stays small. */
    private static final int MOST_UNPLACED = 12;

    private final Map<SourceLog, LogProgress> logs = new LinkedHashMap<>();
    private final RecentEvents recent;
    private final Deque<UUID> unplaced = new ArrayDeque<>();
    private final Completeness completeness;

    /** Null before the first connection. */
    private @Nullable SourceKind kind;

    private long since;

    /** Null if it is certain; else the first events have to bear it out, and it is no later. */
    private @Nullable Long latestSince;

    /** Of the frame before, or what was asked for, and the entry that its event has moved. */
    private StreamPosition before = StreamPosition.NONE;

    private StreamPosition.@Nullable Entry moved;

    private final Twins twins = new Twins();

    private boolean forgetUnnamedLogs;
    private boolean changed;

    private Progress(long since, RecentEvents recent, Completeness completeness) {
        this.since = since;
        this.latestSince = since == UNKNOWN ? Long.MAX_VALUE : null;
        this.recent = recent;
        this.completeness = completeness;
    }

    /**
     * That of a bridge that has never run.
     *
     * @param since where to begin, in epoch milliseconds; {@link StreamPosition#UNKNOWN} to begin
     *     with whatever comes next
     */
    public static Progress begin(long since, Completeness completeness) {
        return new Progress(since, new RecentEvents(), completeness);
    }

    /**
     * That of a bridge that goes on from a cursor.
     *
     * @param recent the last events that were written before it; used and changed from now on
     */
    public static Progress resume(Cursor cursor, RecentEvents recent, Completeness completeness) {
        Progress progress = new Progress(cursor.since(), recent, completeness);
        progress.kind = cursor.kind();
        for (LogCursor log : cursor.logs()) {
            progress.logs.put(log.log(), new LogProgress(log, completeness));
        }
        if (cursor.logs().stream().allMatch(LogCursor::isUnsure)) {
            progress.latestSince = cursor.since() == UNKNOWN ? Long.MAX_VALUE : cursor.since();
        }
        for (UUID id : cursor.unplaced()) {
            progress.rememberUnplaced(id);
            recent.add(id, null);
        }
        return progress;
    }

    /** Of which kind all events so far are; null before the first connection. */
    public @Nullable SourceKind kind() {
        return kind;
    }

    /** A connection begins; its events are of this kind, as those before. */
    public void connected(SourceKind served) {
        changed |= kind != served;
        kind = served;
        logs.values().forEach(LogProgress::connected);
        before = new StreamPosition(resumeEntries());
        moved = null;
        twins.connected();
    }

    /**
     * Whether a frame is of a replay, but not of the one that the events so far are of. Each replay
     * has one log of its own.
     */
    public boolean isOfAnotherReplay(StreamPosition position) {
        return kind == SourceKind.REPLAY
                && !logs.isEmpty()
                && position.entries().stream().anyMatch(entry -> !logs.containsKey(entry.log()));
    }

    /**
     * Takes the event of a frame in.
     *
     * @param metaId what the event gives as its identity; null if nothing
     * @param place where it says that it stands; null if it does not
     * @param position that of its frame
     */
    public Verdict settle(
            byte[] data, @Nullable String metaId, @Nullable Place place, StreamPosition position) {
        if (kind == SourceKind.REPLAY) {
            return settleLine(position);
        }
        move(position);
        UUID own = EventIdentity.of(metaId);
        // Anything may stand in an event, but the logs are those that the frames name.
        Place known =
                place != null && (position.names(place.log()) || logs.containsKey(place.log()))
                        ? place
                        : null;
        if (own != null) {
            return settle(own, known, position);
        }
        if (known != null) {
            return settle(EventIdentity.of(data, known), known, position);
        }
        UUID id = idOfUnplaced(data);
        Verdict verdict = settle(id, null, position);
        if (verdict == Verdict.NEW) {
            rememberUnplaced(id);
        }
        return verdict;
    }

    /**
     * What to send as {@code Last-Event-ID}: for each source log the rewound position. A log of
     * which nothing has been seen is asked for from where the bridge began to follow the stream;
     * the service's own entry for it, {@code "offset":-1}, would leave out what came to it
     * meanwhile.
     *
     * @return null if no source log is known yet
     */
    public @Nullable String lastEventId() {
        if (logs.isEmpty()) {
            return null;
        }
        return StreamPosition.write(resumeEntries());
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
        return new Cursor(owner, commit, kind, since, cursors, List.copyOf(unplaced));
    }

    /**
     * The lines of a replay are numbered by the frames, and what their events say does not matter:
     * a line may well be there twice.
     */
    private Verdict settleLine(StreamPosition position) {
        if (position.entries().size() != 1 || position.entries().get(0).offset() < 1) {
            // Nothing says which line it is; the next that is numbered counts it as missing.
            return Verdict.NEW;
        }
        StreamPosition.Entry next = position.entries().get(0);
        LogProgress log = log(next.log());
        changed |= log.advance(next);
        long line = next.offset() - 1;
        if (log.isSettled(line)) {
            completeness.countRepeatByOffset();
            return Verdict.REPEAT;
        }
        log.settle(line, false);
        changed = true;
        return Verdict.NEW;
    }

    private Verdict settle(UUID id, @Nullable Place place, StreamPosition position) {
        forgetUnnamed(position);
        LogProgress log = place == null ? null : log(place.log());
        boolean isKnown = recent.contains(id);
        boolean isSettled = false;
        if (place != null && log != null) {
            Place before = recent.place(id);
            UUID other = recent.at(place);
            if (log.beginsAnew(
                    place.offset(),
                    isKnown,
                    before != null && !before.equals(place),
                    other != null && !other.equals(id),
                    position.timestamp(place.log()))) {
                recent.forgetPlaces(place.log());
                changed = true;
                if (log.beginAnew()) {
                    return Verdict.READ_AGAIN;
                }
            }
            if (place.equals(before)) {
                log.confirm();
            }
            isSettled = log.isSettled(place.offset());
            if (isSettled && !isKnown) {
                log.doubt();
            }
        }
        advance(position);
        if (place != null && log != null && !isSettled) {
            log.settle(place.offset(), isKnown);
            changed = true;
        }
        if (isKnown) {
            completeness.countRepeatByIdentity();
            return Verdict.REPEAT;
        }
        if (isSettled) {
            completeness.countRepeatByOffset();
            return Verdict.REPEAT;
        }
        recent.add(id, place);
        changed = true;
        return Verdict.NEW;
    }

    private UUID idOfUnplaced(byte[] data) {
        UUID id = EventIdentity.of(data, moved);
        if (moved == null) {
            return id;
        }
        int number = twins.next(moved.log(), id);
        return number == 1 ? id : EventIdentity.ofTwin(id, number);
    }

    private void rememberUnplaced(UUID id) {
        unplaced.addLast(id);
        if (unplaced.size() > MOST_UNPLACED) {
            unplaced.removeFirst();
        }
    }

    /** Finds out of which log a frame's event is, which its data may not say. */
    private void move(StreamPosition position) {
        StreamPosition.Entry next = position.movedFrom(before);
        if (next != null || position.entries().isEmpty()) {
            moved = next;
        }
        if (next != null) {
            twins.moved(next.log());
        }
        if (!position.entries().isEmpty()) {
            before = position;
        }
    }

    private List<StreamPosition.Entry> resumeEntries() {
        List<StreamPosition.Entry> entries = new ArrayList<>(logs.size());
        for (LogProgress log : logs.values()) {
            entries.add(resumeEntry(log));
        }
        return entries;
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

    private void forgetUnnamed(StreamPosition position) {
        if (forgetUnnamedLogs && !position.entries().isEmpty()) {
            forgetUnnamedLogs = false;
            logs.keySet().removeIf(log -> !position.names(log));
        }
    }

    private void advance(StreamPosition position) {
        for (StreamPosition.Entry entry : position.entries()) {
            changed |= log(entry.log()).advance(entry);
        }
        StreamPosition.Entry newest = position.newest();
        if (latestSince != null && newest != null) {
            HighestTime time = log(newest.log()).time();
            if (time.lowestOfFirst() != UNKNOWN) {
                since = Math.min(latestSince, time.lowestOfFirst() - 1);
            }
            if (time.isBorneOut()) {
                latestSince = null;
            }
        }
    }

    private LogProgress log(SourceLog log) {
        LogProgress known = logs.get(log);
        if (known == null) {
            known = new LogProgress(log, completeness);
            logs.put(log, known);
            changed = true;
        }
        return known;
    }
}
