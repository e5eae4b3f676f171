package io.github.wikiflow.sandbox.stream;

import io.github.wikiflow.events.source.SourceKind;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.SourcePosition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The generator's events as they happen: each is published at its source time. Since they are a
 * function of the workload alone, a process started again with the same one serves the same log.
 *
 * <p>Thread-safe.
 */
public final class GeneratedLog extends TimedLog {

    /** The generator knows this stream only. */
    private static final List<String> TOPICS =
            DataCentre.topics(SimulatedStreamSettings.RECENT_CHANGE);

    private final EventLog log;
    private final long size;

    /** A log without end. */
    public GeneratedLog(EventLog log, InstantSource clock) {
        this(log, ENDLESS, clock);
    }

    /** A log of the first so many events. */
    public GeneratedLog(EventLog log, long size, InstantSource clock) {
        super(clock);
        this.log = log;
        this.size = size;
    }

    @Override
    public SourceKind kind() {
        return SourceKind.SIMULATED;
    }

    @Override
    public List<String> topics() {
        return TOPICS;
    }

    @Override
    public boolean isResumedByOffset() {
        return false;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public SourceEvent event(long index) {
        GeneratedEvent event = log.event(index);
        return new SourceEvent(
                event.position().topic(),
                event.position().offset(),
                event.sourceTime(),
                event.json());
    }

    @Override
    public long indexAtTime(String topic, long timestamp) {
        return Math.min(size, log.indexOfNext(topic, indexAtTime(timestamp)));
    }

    @Override
    public long indexAtOffset(String topic, long offset) {
        long first = log.indexOfNext(topic, 0);
        if (first >= size || log.event(first).position().offset() >= offset) {
            return Math.min(size, first);
        }
        return Math.min(size, log.indexAt(new SourcePosition(topic, 0, offset)));
    }

    @Override
    long timestamp(long index) {
        return log.sourceTime(index);
    }

    @Override
    long indexAtTime(long timestamp) {
        // Connections ask with the earliest time that there is for all of the log.
        Instant time = Instant.ofEpochMilli(Math.max(0, timestamp));
        return Math.min(size, log.indexAt(time));
    }
}
