package io.github.wikiflow.bridge.stream;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * What the reading of the stream shows to the outside. Written by the reading thread, read by any.
 */
public final class StreamActivity {

    private final LongAdder connections = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder refusedPositions = new LongAdder();
    private final LongAdder errorFrames = new LongAdder();
    private final LongAdder skips = new LongAdder();
    private volatile boolean connected;
    private volatile long lastReceivedNanos = System.nanoTime();
    private volatile int refusal;

    /** How often the stream was opened. */
    public long connections() {
        return connections.sum();
    }

    /** How often it could not be opened, or ended. */
    public long failures() {
        return failures.sum();
    }

    /** How often the service did not accept the position that the bridge asked for. */
    public long refusedPositions() {
        return refusedPositions.sum();
    }

    /** How often the service reported an error in the stream. */
    public long errorFrames() {
        return errorFrames.sum();
    }

    public boolean isConnected() {
        return connected;
    }

    /** For how long neither event nor canary has come; before the first, since the start. */
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - lastReceivedNanos);
    }

    /**
     * With which status of HTTP the service refuses the resume point at present; 0 if it does not.
     */
    public int refusal() {
        return refusal;
    }

    /** How often the bridge gave up its resume point, as it was told to. */
    public long skips() {
        return skips.sum();
    }

    void opened() {
        connections.increment();
        connected = true;
    }

    void failed() {
        failures.increment();
        connected = false;
    }

    void refused(int status) {
        refusedPositions.increment();
        refusal = status;
    }

    void skipped() {
        skips.increment();
    }

    void reportedError() {
        errorFrames.increment();
    }

    void received() {
        lastReceivedNanos = System.nanoTime();
        refusal = 0;
    }
}
