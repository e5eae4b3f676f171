package io.github.wikiflow.bridge.stream;

import java.util.concurrent.atomic.LongAdder;

/**
 * What the reading of the stream shows to the outside. Written by the reading thread, read by any.
 */
public final class StreamActivity {

    private final LongAdder connections = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder refusedPositions = new LongAdder();
    private final LongAdder errorFrames = new LongAdder();
    private volatile boolean connected;
    private volatile long lastReceived;

    /**
     * @param now this computer's time in epoch milliseconds
     */
    public StreamActivity(long now) {
        this.lastReceived = now;
    }

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

    /**
     * When the last event or canary came, in epoch milliseconds; before the first, when the bridge
     * was started.
     */
    public long lastReceived() {
        return lastReceived;
    }

    void opened() {
        connections.increment();
        connected = true;
    }

    void failed() {
        failures.increment();
        connected = false;
    }

    void refused() {
        refusedPositions.increment();
    }

    void reportedError() {
        errorFrames.increment();
    }

    void received(long now) {
        lastReceived = now;
    }
}
