package io.github.wikiflow.sandbox.stream;

import org.jspecify.annotations.Nullable;

/**
 * One request and what became of it, for assertions. The numbers go on while the connection is
 * open. Thread-safe.
 */
public final class Exchange {

    private final @Nullable StreamRequest request;
    private final int status;
    private volatile long eventsSent;
    private volatile boolean open;

    Exchange(@Nullable StreamRequest request, int status, boolean open) {
        this.request = request;
        this.status = status;
        this.open = open;
    }

    /** What was asked; null if it was no HTTP. */
    public @Nullable StreamRequest request() {
        return request;
    }

    /** Of HTTP; 200 for a connection that was served. */
    public int status() {
        return status;
    }

    /**
     * How many events of the log were written to the connection; a client may have read an event a
     * moment before it counts.
     */
    public long eventsSent() {
        return eventsSent;
    }

    /** Whether the connection is being served. */
    public boolean isOpen() {
        return open;
    }

    void sent(long events) {
        eventsSent = events;
    }

    void closed() {
        open = false;
    }
}
