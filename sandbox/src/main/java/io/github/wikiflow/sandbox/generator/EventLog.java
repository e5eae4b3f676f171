package io.github.wikiflow.sandbox.generator;

import io.github.wikiflow.sandbox.generator.EventContent.Envelope;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.UUID;

/**
 * The endless log of events of a workload. Every event is a pure function of the workload and its
 * index: any place can be read at once, in any order, in any process, always with the same bytes.
 *
 * <p>Thread-safe.
 */
public final class EventLog {

    /** How long after its source time an event enters our Kafka. */
    private static final long DELAY_MILLIS = 150;

    /** No normal event's timestamp is further behind its source time, rounding included. */
    private static final long GREATEST_LAG_MILLIS = 18_000;

    private static final double AT_ONCE = 0.3;

    private static final long LEAST_STRAGGLER_LAG_MILLIS = 25_000;

    /** Ends the search for positions that do not exist; beyond any log that is ever read. */
    private static final long LAST_SEGMENT = 1L << 40;

    private static final long YEAR_SECONDS = 365L * 24 * 60 * 60;

    private final Workload workload;
    private final OffsetCount count;
    private final long startMillis;
    private final EventComposer composer;
    private final long[] lags = lags();

    /** The segment read last; any thread may replace it. */
    private volatile Segment recent;

    public EventLog(Workload workload) {
        this(workload, OffsetCount.UNCHANGED);
    }

    /**
     * @param count which offsets the events name, whatever their positions are
     */
    public EventLog(Workload workload, OffsetCount count) {
        this.workload = workload;
        this.count = count;
        startMillis = workload.start().toEpochMilli();
        composer = new EventComposer(workload);
        recent = new Segment(workload, 0);
    }

    /** What the log is made of. */
    public Workload workload() {
        return workload;
    }

    /**
     * The event at a place.
     *
     * @param index from 0
     */
    public GeneratedEvent event(long index) {
        if (index < 0) {
            throw new IllegalArgumentException("there is no event " + index);
        }
        Segment segment = segment(index / Segment.SIZE);
        int slot = (int) (index % Segment.SIZE);
        EventKind kind = segment.kind(slot);
        if (kind != EventKind.DUPLICATE) {
            return make(index, kind, segment.position(slot));
        }
        int original = segment.original(slot);
        GeneratedEvent first =
                make(index - slot + original, EventKind.NORMAL, segment.position(original));
        long sourceTime = sourceTime(index);
        return new GeneratedEvent(
                index,
                kind,
                first.json(),
                first.key(),
                sourceTime,
                sourceTime + DELAY_MILLIS,
                first.position(),
                first.id(),
                first.content());
    }

    /** The events from one index, included, to another, excluded. */
    public Iterable<GeneratedEvent> events(long from, long to) {
        return () ->
                new Iterator<>() {
                    private long next = from;

                    @Override
                    public boolean hasNext() {
                        return next < to;
                    }

                    @Override
                    public GeneratedEvent next() {
                        if (next >= to) {
                            throw new NoSuchElementException();
                        }
                        return event(next++);
                    }
                };
    }

    /** The events from an index on, without end. */
    public Iterator<GeneratedEvent> iterator(long from) {
        return events(from, Long.MAX_VALUE).iterator();
    }

    /** The first event whose source time is not before this one. */
    public long indexAt(Instant sourceTime) {
        long millis = sourceTime.toEpochMilli();
        if (millis <= startMillis) {
            return 0;
        }
        long index = (long) ((millis - startMillis) * workload.eventsPerSecond() / 1000);
        while (index > 0 && sourceTime(index - 1) >= millis) {
            index--;
        }
        while (sourceTime(index) < millis) {
            index++;
        }
        return index;
    }

    /**
     * The event at a source position, not its duplicates.
     *
     * @throws IllegalArgumentException if the log has none there
     */
    public long indexAt(SourcePosition position) {
        // The last segment that starts at or before the offset has it; it is found by bisection.
        long low = 0;
        long high = 1;
        while (Segment.firstOffset(workload, position.topic(), high) <= position.offset()) {
            if (high >= LAST_SEGMENT) {
                throw new IllegalArgumentException("no event has the position " + position);
            }
            low = high;
            high *= 2;
        }
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            if (Segment.firstOffset(workload, position.topic(), middle) <= position.offset()) {
                low = middle;
            } else {
                high = middle;
            }
        }
        int slot = segment(low).slot(position);
        if (slot < 0) {
            throw new IllegalArgumentException("no event has the position " + position);
        }
        return low * Segment.SIZE + slot;
    }

    /**
     * The first event of a topic from this index on.
     *
     * @return {@link Long#MAX_VALUE} if there is none
     */
    public long indexOfNext(String topic, long from) {
        long number = from / Segment.SIZE;
        Segment segment = segment(number);
        for (int slot = (int) (from % Segment.SIZE); slot < Segment.SIZE; slot++) {
            if (segment.position(slot).topic().equals(topic)) {
                return number * Segment.SIZE + slot;
            }
        }
        long offset = Segment.firstOffset(workload, topic, number + 1);
        if (Segment.firstOffset(workload, topic, LAST_SEGMENT) == offset) {
            return Long.MAX_VALUE;
        }
        return indexAt(new SourcePosition(topic, 0, offset));
    }

    /** When an event enters Wikimedia's Kafka, in epoch milliseconds. */
    public long sourceTime(long index) {
        // Half of all neighbours share a millisecond, as an edit and what follows from it do.
        boolean shared = (index & 1) == 1 && (Draws.mix(workload.seed() ^ index) & 1) == 1;
        long beat = shared ? index - 1 : index;
        return startMillis + (long) (beat * 1000.0 / workload.eventsPerSecond());
    }

    private Segment segment(long number) {
        Segment segment = recent;
        if (segment.number() != number) {
            segment = new Segment(workload, number);
            recent = segment;
        }
        return segment;
    }

    private GeneratedEvent make(long index, EventKind kind, SourcePosition position) {
        Draws draws = new Draws(workload.seed(), index);
        long sourceTime = sourceTime(index);
        long recordTime = sourceTime + DELAY_MILLIS;
        long timestamp = timestamp(kind, sourceTime, recordTime, draws);
        Envelope meta =
                new Envelope(
                        uuid(draws),
                        uuid(draws),
                        EventJson.instant(sourceTime),
                        new SourcePosition(
                                position.topic(),
                                position.partition(),
                                count.named(position.offset(), sourceTime)));
        if (kind == EventKind.CANARY) {
            return new GeneratedEvent(
                    index,
                    kind,
                    EventJson.canary(meta),
                    ":".getBytes(StandardCharsets.UTF_8),
                    sourceTime,
                    recordTime,
                    position,
                    meta.id(),
                    null);
        }
        EventContent content = composer.compose(index, kind, timestamp, meta, draws);
        return new GeneratedEvent(
                index,
                kind,
                kind.isChange()
                        ? EventJson.change(content)
                        : DamagedJson.damage(kind, content, draws),
                key(content).getBytes(StandardCharsets.UTF_8),
                sourceTime,
                recordTime,
                position,
                meta.id(),
                kind.isChange() ? content : null);
    }

    private static String key(EventContent content) {
        return content.page().wiki().name() + ":" + content.page().title();
    }

    private long timestamp(EventKind kind, long sourceTime, long recordTime, Draws draws) {
        long lateBy = workload.lateBy().toMillis();
        long lag =
                switch (kind) {
                    case STRAGGLER ->
                            draws.between(
                                    LEAST_STRAGGLER_LAG_MILLIS,
                                    Math.max(LEAST_STRAGGLER_LAG_MILLIS, lateBy / 3));
                    case LATE -> draws.between(lateBy, 2 * lateBy);
                    case ANCIENT -> draws.between(YEAR_SECONDS, 15 * YEAR_SECONDS) * 1000;
                    case POISONED ->
                            sourceTime
                                    - recordTime
                                    - draws.between(60 * 60, 15 * YEAR_SECONDS) * 1000;
                    default -> lags[draws.below(lags.length)];
                };
        return Math.max(0, Math.floorDiv(sourceTime - lag, 1000L));
    }

    /**
     * Quantiles of the lag of a normal event: some are there almost at once, the others take
     * exponentially long. It puts half of the events behind the running maximum, by 7 s at the 99th
     * percentile.
     */
    private static long[] lags() {
        long[] result = new long[4_096];
        for (int i = 0; i < result.length; i++) {
            double quantile = (i + 0.5) / result.length;
            double millis =
                    quantile < AT_ONCE
                            ? 1000 * quantile
                            : Math.min(
                                    GREATEST_LAG_MILLIS,
                                    -1600 * Math.log((1 - quantile) / (1 - AT_ONCE)));
            result[i] = (long) millis;
        }
        return result;
    }

    private static String uuid(Draws draws) {
        long high = draws.bits() & 0xFFFFFFFFFFFF0FFFL | 0x4000L;
        long low = draws.bits() & 0x3FFFFFFFFFFFFFFFL | 0x8000000000000000L;
        return new UUID(high, low).toString();
    }
}
