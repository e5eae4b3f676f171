package io.github.wikiflow.bridge.kafka;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * The time on Kafka's clock, by which records are stamped: the jobs compare an event's own time
 * with it, and brokers refuse records that are far ahead of them, so a clock of this computer that
 * is wrong, or is set, must not matter. Thread-safe.
 */
final class BrokerClock implements InstantSource {

    /**
     * @param nanos of {@link System#nanoTime()}
     */
    private record Reading(long millis, long nanos) {}

    private volatile Reading last;

    /**
     * @param millis the time as long as Kafka has not told it, in epoch milliseconds
     */
    BrokerClock(long millis) {
        set(millis);
    }

    /** A broker has just said what time it is, in epoch milliseconds. */
    void set(long millis) {
        last = new Reading(millis, System.nanoTime());
    }

    @Override
    public Instant instant() {
        return Instant.ofEpochMilli(millis());
    }

    @Override
    public long millis() {
        Reading reading = last;
        return reading.millis()
                + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - reading.nanos());
    }
}
