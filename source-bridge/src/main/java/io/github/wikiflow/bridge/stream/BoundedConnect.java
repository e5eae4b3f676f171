package io.github.wikiflow.bridge.stream;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.ResponseHeaders;
import com.launchdarkly.eventsource.StreamException;
import com.launchdarkly.eventsource.StreamIOException;
import com.launchdarkly.logging.LDLogger;
import java.io.IOException;
import java.net.URI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects as another strategy does, and puts a {@link FrameLimit} and a {@link ByteTunnel} between
 * the connection and the parser. Immutable.
 */
final class BoundedConnect extends ConnectStrategy {

    private static final Logger LOG = LoggerFactory.getLogger(BoundedConnect.class);

    private final ConnectStrategy connect;
    private final int maxFrameBytes;

    BoundedConnect(ConnectStrategy connect, int maxFrameBytes) {
        this.connect = connect;
        this.maxFrameBytes = maxFrameBytes;
    }

    @Override
    public Client createClient(LDLogger logger) {
        Client client = connect.createClient(logger);
        return new Client() {
            @Override
            public Result connect(String lastEventId) throws StreamException {
                Result result = client.connect(lastEventId);
                requireEventStream(result);
                return new Result(
                        new ByteTunnel(new FrameLimit(result.getInputStream(), maxFrameBytes)),
                        result.getOrigin(),
                        result.getCloser(),
                        result.getHeaders());
            }

            @Override
            public boolean awaitClosed(long timeoutMillis) throws InterruptedException {
                return client.awaitClosed(timeoutMillis);
            }

            @Override
            public URI getOrigin() {
                return client.getOrigin();
            }

            @Override
            public void close() throws IOException {
                client.close();
            }
        };
    }

    /** Cancels the request and gives the connection back; only on the reading thread. */
    private static void release(Client.Result result) {
        try {
            result.getCloser().close();
            result.getInputStream().close();
        } catch (IOException e) {
            LOG.debug("A connection that was given up", e);
        }
    }

    /**
     * A page of a proxy or of another server would otherwise be read as a stream without events.
     */
    private static void requireEventStream(Client.Result result) throws StreamException {
        ResponseHeaders headers = result.getHeaders();
        String type = headers == null ? null : headers.value("Content-Type");
        if (type == null || !type.startsWith("text/event-stream")) {
            release(result);
            throw new StreamIOException(
                    new IOException("the answer is of type " + type + " and no event stream"));
        }
    }
}
