package io.github.wikiflow.benchmarks.live;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How old the newest change in a job's output is when that output comes: how far the job is behind.
 * Learns what is usual, and says when that is reached again after a failure. Thread-safe.
 */
final class OutputAge {

    private static final long NEVER = -1;

    /**
     * So much older than usual is still as current: a few outputs do not show all that is usual.
     */
    private static final long TOLERANCE_MILLIS = 1_000;

    private long usualMillis;
    private int outputs;
    private long failedAt = NEVER;
    private long currentAt = NEVER;

    /**
     * Takes a piece of output.
     *
     * @param epochMillis when it came
     * @param newestArrival when the newest change in it had arrived in Kafka
     */
    synchronized void add(long epochMillis, long newestArrival) {
        long age = epochMillis - newestArrival;
        if (failedAt == NEVER) {
            usualMillis = Math.max(usualMillis, age);
            outputs++;
        } else if (currentAt == NEVER && newestArrival > failedAt && age <= mostMillis()) {
            currentAt = epochMillis;
            notifyAll();
        }
    }

    private long mostMillis() {
        return usualMillis + TOLERANCE_MILLIS;
    }

    /** Begins to learn anew what is usual. */
    synchronized void learn() {
        usualMillis = 0;
        outputs = 0;
        failedAt = NEVER;
        currentAt = NEVER;
    }

    /** How much output there was since {@link #learn}. */
    synchronized int outputs() {
        return outputs;
    }

    /** Ends to learn: the job has been broken at this time. */
    synchronized void fail(long epochMillis) {
        failedAt = epochMillis;
    }

    /**
     * Waits for output that has changes from after the failure, and is at most a second older than
     * usual.
     *
     * @return from the failure to that output
     * @throws TimeoutException if there is none in time
     */
    synchronized Duration awaitCurrent(Duration atMost)
            throws InterruptedException, TimeoutException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (currentAt == NEVER) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new TimeoutException(
                        "no output that is at most %d ms old within %s"
                                .formatted(mostMillis(), atMost));
            }
            wait(left);
        }
        return Duration.ofMillis(currentAt - failedAt);
    }
}
