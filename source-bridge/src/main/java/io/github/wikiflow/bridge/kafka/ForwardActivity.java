package io.github.wikiflow.bridge.kafka;

import io.github.wikiflow.bridge.position.StreamPosition;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** What the writing shows to the outside. Written by the committing thread, read by any. */
public final class ForwardActivity {

    private static final long IDLE = 0;

    private final LongAdder events = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final Consumer<Duration> onCommit;
    private volatile long begunNanos = IDLE;
    private volatile long lastEventTime = StreamPosition.UNKNOWN;

    /**
     * @param onCommit is told how long each commit took
     */
    public ForwardActivity(Consumer<Duration> onCommit) {
        this.onCommit = onCommit;
    }

    /** Events that are committed. */
    public long events() {
        return events.sum();
    }

    /** Bytes of keys and values that are committed. */
    public long bytes() {
        return bytes.sum();
    }

    /**
     * The source time of the newest committed event, in epoch milliseconds; {@link
     * StreamPosition#UNKNOWN} without one.
     */
    public long lastEventTime() {
        return lastEventTime;
    }

    /**
     * How often Kafka did not acknowledge a transaction at the first attempt, or at a later one.
     */
    public long failures() {
        return failures.sum();
    }

    /** How long the present transaction has been waiting; zero if there is none. */
    public Duration waiting() {
        long begun = begunNanos;
        return begun == IDLE ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - begun);
    }

    void begun() {
        long now = System.nanoTime();
        begunNanos = now == IDLE ? 1 : now;
    }

    void failed() {
        failures.increment();
    }

    void committed(Batch batch) {
        onCommit.accept(waiting());
        begunNanos = IDLE;
        events.add(batch.changes());
        bytes.add(batch.bytes());
        lastEventTime = batch.cursor().lastEventTime();
    }
}
