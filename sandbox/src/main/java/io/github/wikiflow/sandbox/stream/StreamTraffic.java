package io.github.wikiflow.sandbox.stream;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/** What a server was asked and has sent. Thread-safe. */
public final class StreamTraffic {

    private static final int REMEMBERED = 1_000;

    private final Queue<Exchange> latest = new ArrayDeque<>();
    private long requests;
    private long connections;
    private long eventsSent;
    private long drainedTo;

    StreamTraffic() {}

    /** Requests answered, in whatever way. */
    public synchronized long requests() {
        return requests;
    }

    /** Requests answered with the stream. */
    public synchronized long connections() {
        return connections;
    }

    /** Events of the log written to all connections; an event written twice counts twice. */
    public synchronized long eventsSent() {
        return eventsSent;
    }

    /** The latest 1,000 requests, oldest first. */
    public synchronized List<Exchange> exchanges() {
        return List.copyOf(latest);
    }

    synchronized void add(Exchange exchange) {
        requests++;
        if (exchange.isOpen()) {
            connections++;
        }
        if (latest.size() == REMEMBERED) {
            latest.remove();
        }
        latest.add(exchange);
    }

    /** Counts events that were written, the last of which was the one before this index. */
    synchronized void sent(long events, long nextIndex) {
        eventsSent += events;
        if (nextIndex > drainedTo) {
            drainedTo = nextIndex;
            notifyAll();
        }
    }

    /** Waits until some connection was sent the event before this index, and so the whole log. */
    synchronized boolean awaitSentTo(long index, long nanos) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (drainedTo < index) {
            long remaining = deadline - System.nanoTime();
            if (remaining <= 0) {
                return false;
            }
            TimeUnit.NANOSECONDS.timedWait(this, remaining);
        }
        return true;
    }
}
