package io.github.wikiflow.benchmarks.live;

import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.Workload;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The events of a log, each not before its record time by the wall clock. Whoever takes them later
 * than that is behind: the record time stays what it should have been, so that a slow broker counts
 * as latency and not as a lower rate. Iterated once, by one thread; closed by any.
 */
final class PacedEvents implements Iterable<GeneratedEvent>, Iterator<GeneratedEvent> {

    private static final long NANOS_TO_WAIT = TimeUnit.MILLISECONDS.toNanos(1);

    private final EventLog log;
    private final BooleanSupplier mayGoOn;
    private long next;

    /** Null if it is not known yet what comes next. */
    private @Nullable GeneratedEvent due;

    private volatile boolean ended;
    private volatile long behindMillis;

    /**
     * @param workload whose start is about now
     * @param mayGoOn asked before each event, which waits until it says yes
     */
    PacedEvents(Workload workload, BooleanSupplier mayGoOn) {
        this.log = new EventLog(workload);
        this.mayGoOn = mayGoOn;
    }

    @Override
    public Iterator<GeneratedEvent> iterator() {
        return this;
    }

    /** Waits until the next event is due. */
    @Override
    public boolean hasNext() {
        GeneratedEvent awaited = due == null ? log.event(next++) : due;
        due = awaited;
        long now = System.currentTimeMillis();
        while (!ended && (now < awaited.recordTime() || !mayGoOn.getAsBoolean())) {
            LockSupport.parkNanos(NANOS_TO_WAIT);
            now = System.currentTimeMillis();
        }
        behindMillis = now - awaited.recordTime();
        return !ended;
    }

    @Override
    public GeneratedEvent next() {
        if (due == null && !hasNext()) {
            throw new NoSuchElementException();
        }
        // If nothing was due, hasNext has changed that.
        GeneratedEvent event = Objects.requireNonNull(due);
        due = null;
        return event;
    }

    /** No event comes after this. */
    void end() {
        ended = true;
    }

    /** How late the last event was taken. */
    long behindMillis() {
        return behindMillis;
    }
}
