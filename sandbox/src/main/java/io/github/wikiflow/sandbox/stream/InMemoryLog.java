package io.github.wikiflow.sandbox.stream;

import io.github.wikiflow.events.source.SourceKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A log to which a test appends; what is appended is published at once. Thread-safe. */
public final class InMemoryLog implements PublishedLog {

    private static final String STREAM = SimulatedStreamSettings.RECENT_CHANGE;

    private final SourceKind kind;
    private final List<SourceEvent> events = new ArrayList<>();
    private final Map<DataCentre, Long> nextOffsets = new EnumMap<>(DataCentre.class);

    /** A log whose offsets begin at 0. */
    public InMemoryLog() {
        this(0);
    }

    /** A log whose offsets begin at the given one in both data centres. */
    public InMemoryLog(long firstOffset) {
        this(SourceKind.SIMULATED, firstOffset);
    }

    /** A log that passes for one of this kind. */
    public InMemoryLog(SourceKind kind, long firstOffset) {
        this.kind = kind;
        for (DataCentre dataCentre : DataCentre.values()) {
            nextOffsets.put(dataCentre, firstOffset);
        }
    }

    /** The offset of the data centre's next event. */
    public synchronized long nextOffset(DataCentre dataCentre) {
        return Objects.requireNonNull(nextOffsets.get(dataCentre));
    }

    /**
     * Begins to count a data centre's events anew, as when Wikimedia's Kafka has been set up again,
     * or the service has moved to another copy of it.
     *
     * @param offset of the next event
     */
    public synchronized void countAnew(DataCentre dataCentre, long offset) {
        nextOffsets.put(dataCentre, offset);
    }

    /**
     * Publishes an event.
     *
     * @param timestamp milliseconds since 1970; may be before that of earlier events
     * @param json kept as it is; not to be changed afterwards
     * @return the event's position
     */
    public synchronized SourceEvent append(DataCentre dataCentre, long timestamp, byte[] json) {
        long offset = nextOffset(dataCentre);
        SourceEvent event = new SourceEvent(dataCentre.topic(STREAM), offset, timestamp, json);
        events.add(event);
        nextOffsets.put(dataCentre, offset + 1);
        notifyAll();
        return event;
    }

    @Override
    public SourceKind kind() {
        return kind;
    }

    @Override
    public List<String> topics() {
        return DataCentre.topics(STREAM);
    }

    @Override
    public boolean isResumedByOffset() {
        return false;
    }

    @Override
    public synchronized long size() {
        return events.size();
    }

    @Override
    public synchronized long published() {
        return events.size();
    }

    @Override
    public synchronized SourceEvent event(long index) {
        return events.get((int) index);
    }

    @Override
    public synchronized boolean awaitPublished(long index, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (index >= events.size()) {
            long remaining = deadline - System.nanoTime();
            if (remaining <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, remaining);
        }
        return true;
    }

    @Override
    public synchronized long indexAtTime(String topic, long timestamp) {
        int index = 0;
        for (SourceEvent event : events) {
            if (event.topic().equals(topic) && event.timestamp() >= timestamp) {
                return index;
            }
            index++;
        }
        return index;
    }

    @Override
    public synchronized long indexAtOffset(String topic, long offset) {
        int index = 0;
        for (SourceEvent event : events) {
            if (event.topic().equals(topic) && event.offset() >= offset) {
                return index;
            }
            index++;
        }
        return index;
    }
}
