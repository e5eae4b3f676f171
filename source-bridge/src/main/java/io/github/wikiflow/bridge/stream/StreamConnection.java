package io.github.wikiflow.bridge.stream;

import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.StreamEvent;
import com.launchdarkly.eventsource.StreamException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the stream, made with the first read. One thread reads and closes it; any may
 * cancel it.
 */
final class StreamConnection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StreamConnection.class);

    private final EventSource events;
    private final BoundedConnect connect;

    StreamConnection(EventSource events, BoundedConnect connect) {
        this.events = events;
        this.connect = connect;
    }

    /**
     * Waits for what comes next. The texts of its events are those of a {@link ByteTunnel}.
     *
     * @throws StreamException if the connection cannot be made, or ends
     */
    StreamEvent read() throws StreamException {
        return events.readAnyEvent();
    }

    /**
     * The label of the kind of events that the server says it has; null if it says nothing, or is
     * not connected yet.
     */
    @Nullable String sourceKind() {
        return connect.sourceKind();
    }

    /** Makes a read that waits fail. One that is still connecting is not affected. */
    void cancel() {
        events.interrupt();
    }

    @Override
    public void close() {
        // The body first: of a cancelled request OkHttp would not take the connection back.
        try {
            connect.close();
        } catch (IOException e) {
            LOG.debug("The connection was broken", e);
        }
        events.close();
    }
}
