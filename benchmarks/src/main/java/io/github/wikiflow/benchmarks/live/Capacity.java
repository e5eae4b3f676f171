package io.github.wikiflow.benchmarks.live;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How many changes per second both jobs can take together, while the changes are being written on
 * the same machine. There is always a backlog, of a few checkpoints' worth.
 */
final class Capacity {

    /** More than anybody can take. */
    private static final double AS_FAST_AS_POSSIBLE = 500_000;

    private static final long FIRST_BACKLOG = 100_000;
    private static final int CHECKPOINTS_OF_BACKLOG = 3;
    private static final Duration WITHIN = Duration.ofMinutes(5);
    private static final long LOOK_MILLIS = 200;

    private final Feed feed;
    private final Arrivals arrivals;
    private final CommittedOffsets committed;
    private volatile long taken;
    private volatile long backlog = FIRST_BACKLOG;

    Capacity(Feed feed, Arrivals arrivals, CommittedOffsets committed) {
        this.feed = feed;
        this.arrivals = arrivals;
        this.committed = committed;
    }

    /**
     * Measures it, from one checkpoint to another.
     *
     * @param warmUp that is not measured
     * @param duration that is
     * @throws TimeoutException if there are no two checkpoints
     */
    double measure(Duration warmUp, Duration duration)
            throws InterruptedException, ExecutionException, TimeoutException {
        taken = committed.common();
        feed.start(AS_FAST_AS_POSSIBLE, () -> arrivals.events() - taken < backlog);
        try {
            awaitCheckpoint(System.nanoTime() + warmUp.toNanos());
            long firstTaken = taken;
            long firstNanos = System.nanoTime();
            awaitCheckpoint(firstNanos + duration.toNanos());
            return (taken - firstTaken) * 1e9 / (System.nanoTime() - firstNanos);
        } finally {
            feed.stop();
        }
    }

    /** Waits for the first completed checkpoint after a time. */
    private void awaitCheckpoint(long fromNanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        boolean completed = false;
        while (!completed || System.nanoTime() < fromNanos) {
            if (System.nanoTime() - fromNanos > WITHIN.toNanos()) {
                throw new TimeoutException("no checkpoint is completed within " + WITHIN);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            long now = committed.common();
            completed = now > taken;
            backlog = Math.max(backlog, CHECKPOINTS_OF_BACKLOG * (now - taken));
            taken = now;
        }
    }
}
