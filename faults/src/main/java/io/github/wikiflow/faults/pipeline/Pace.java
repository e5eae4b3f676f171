package io.github.wikiflow.faults.pipeline;

import io.github.wikiflow.harness.process.SupervisedProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The clock of the simulated stream, which runs faster than ours and can be told to race: it tells
 * the stream's process until when its log is published. Thread-safe.
 */
public final class Pace implements AutoCloseable {

    private static final Duration TICK = Duration.ofMillis(50);

    private final double speed;
    private final Thread thread = new Thread(this::run, "pace");

    /** Of {@link #start}, before the thread that looks at it. */
    @SuppressWarnings("NullAway.Init")
    private volatile SupervisedProcess source;

    private volatile double factor = 1;
    private volatile long now;

    /**
     * A clock that stands still.
     *
     * @param speed how many times faster than ours it will run
     */
    public Pace(Instant start, double speed) {
        this.now = start.toEpochMilli();
        this.speed = speed;
        thread.setDaemon(true);
    }

    /** Starts the clock. */
    public void start(SupervisedProcess streamProcess) {
        source = streamProcess;
        thread.start();
    }

    /** The stream's time in epoch milliseconds. */
    public long now() {
        return now;
    }

    /** Lets it run so many times faster for a time, which this call waits for. */
    public void race(double times, Duration time) throws InterruptedException {
        factor = times;
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } finally {
            factor = 1;
        }
    }

    /** Stops the clock; it cannot be started again. */
    public void stop() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }

    private void run() {
        long last = System.nanoTime();
        double time = now;
        while (!Thread.interrupted()) {
            long tick = System.nanoTime();
            time += (tick - last) / 1e6 * speed * factor;
            last = tick;
            now = (long) time;
            source.tell("time " + now);
            try {
                TimeUnit.NANOSECONDS.sleep(TICK.toNanos());
            } catch (InterruptedException e) {
                return;
            }
        }
    }
}
