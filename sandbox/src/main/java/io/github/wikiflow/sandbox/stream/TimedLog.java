package io.github.wikiflow.sandbox.stream;

import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * A log whose events are published when the clock reaches their timestamps, which never fall from
 * one event to the next.
 */
abstract class TimedLog implements PublishedLog {

    /** The clock may be set while somebody waits, so it is asked again after so long. */
    private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final InstantSource clock;

    TimedLog(InstantSource clock) {
        this.clock = clock;
    }

    /** The timestamp of an event, published or not, in milliseconds since 1970. */
    abstract long timestamp(long index);

    /** The index of the first event, published or not, with this timestamp or a later one. */
    abstract long indexAtTime(long timestamp);

    @Override
    public final long published() {
        return indexAtTime(clock.millis() + 1);
    }

    @Override
    public final boolean awaitPublished(long index, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (true) {
            long millis = index < size() ? timestamp(index) - clock.millis() : Long.MAX_VALUE;
            if (millis <= 0) {
                return true;
            }
            long remaining = deadline - System.nanoTime();
            if (remaining <= 0) {
                return false;
            }
            long wait = Math.min(remaining, LONGEST_WAIT_NANOS);
            TimeUnit.NANOSECONDS.sleep(Math.min(wait, TimeUnit.MILLISECONDS.toNanos(millis)));
        }
    }
}
