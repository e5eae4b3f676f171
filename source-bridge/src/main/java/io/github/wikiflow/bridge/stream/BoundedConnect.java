package io.github.wikiflow.bridge.stream;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.ResponseHeaders;
import com.launchdarkly.eventsource.StreamException;
import com.launchdarkly.eventsource.StreamIOException;
import com.launchdarkly.logging.LDLogger;
import io.github.wikiflow.events.source.SourceKind;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Connects as another strategy does, and puts a {@link FrameLimit} and a {@link ByteTunnel} between
 * the connection and the parser. For one connection, whose reading thread must close it, since the
 * client library only cancels requests.
 */
final class BoundedConnect extends ConnectStrategy implements Closeable {

    private final ConnectStrategy connect;
    private final int maxFrameBytes;
    private InputStream body = InputStream.nullInputStream();

    /** Null before the first answer, and if the stream does not say it. */
    private @Nullable String sourceKind;

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
                body = result.getInputStream();
                requireEventStream(result.getHeaders());
                sourceKind = result.getHeaders().value(SourceKind.HTTP_HEADER);
                return new Result(
                        new ByteTunnel(new FrameLimit(body, maxFrameBytes)),
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

    /** What the answer says of the kind of its events; null if it says nothing. */
    @Nullable String sourceKind() {
        return sourceKind;
    }

    /** Gives the network connection back. */
    @Override
    public void close() throws IOException {
        body.close();
    }

    /**
     * A page of a proxy or of another server would otherwise be read as a stream without events.
     */
    private static void requireEventStream(ResponseHeaders headers) throws StreamException {
        String type = headers == null ? null : headers.value("Content-Type");
        if (type == null || !type.startsWith("text/event-stream")) {
            throw new StreamIOException(
                    new IOException("the answer is of type " + type + " and no event stream"));
        }
    }
}
