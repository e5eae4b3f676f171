package io.github.wikiflow.dashboard.push;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection: a cursor on the {@link MessageLog} and a socket that is written without
 * ever waiting for it. While the client does not read, nothing is sent and nothing is queued; when
 * it reads again it gets what is newest by then. A client that takes nothing for the server's idle
 * timeout is cut off by the server, which arrives here as {@link #onError}.
 *
 * <p>Thread-safe.
 */
final class EventStream implements WriteListener {

    /** How long browsers wait before they reconnect. */
    private static final byte[] GREETING = "retry: 2000\n\n".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private final MessageLog log;
    private final ServletOutputStream output;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();

    /** Guarded by this. */
    private long cursor;

    /** What is to be sent before the next message, or null; guarded by this. */
    private byte @Nullable [] preamble = GREETING;

    /** Whether something was written since the last flush; guarded by this. */
    private boolean unflushed;

    /** Whether something was written since the last heartbeat; guarded by this. */
    private boolean active = true;

    EventStream(MessageLog log, ServletOutputStream output, long cursor) {
        this.log = log;
        this.output = output;
        this.cursor = cursor;
    }

    /** Completes when the connection is over, for whatever reason; never exceptionally. */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** Sends what is new, as far as the socket takes it without waiting. */
    void send() {
        try {
            write();
        } catch (IOException | RuntimeException e) {
            // The client has gone; the servlet API says so with one or the other.
            end();
        }
    }

    /**
     * Sends a comment if nothing was sent since the last call, so that proxies keep the connection
     * open and a dead client is noticed.
     */
    void sendHeartbeat() {
        synchronized (this) {
            if (!active && preamble == null) {
                preamble = HEARTBEAT;
            }
            active = false;
        }
        send();
    }

    /** Ends the connection. */
    void end() {
        ended.complete(null);
    }

    @Override
    public void onWritePossible() {
        send();
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    private synchronized void write() throws IOException {
        while (!ended.isDone() && output.isReady()) {
            Message next;
            if (preamble != null) {
                output.write(preamble);
                preamble = null;
                unflushed = true;
            } else if ((next = log.next(cursor)) != null) {
                output.write(next.frame());
                cursor = next.sequence();
                active = true;
                unflushed = true;
            } else if (unflushed) {
                unflushed = false;
                output.flush();
            } else {
                return;
            }
        }
    }
}
