package io.github.wikiflow.bridge.kafka;

import java.util.concurrent.atomic.LongAdder;

/** What was found among the events. Written by the reading thread, read by any. */
public final class OutboxCounts {

    private final LongAdder canaries = new LongAdder();
    private final LongAdder deadLetters = new LongAdder();

    /** The stream's own signs of life, which are not forwarded. */
    public long canaries() {
        return canaries.sum();
    }

    /** Data that is no event. */
    public long deadLetters() {
        return deadLetters.sum();
    }

    void countCanary() {
        canaries.increment();
    }

    void countDeadLetter() {
        deadLetters.increment();
    }
}
