package io.github.wikiflow.bridge.stream;

import com.launchdarkly.eventsource.ConnectStrategy;
import com.launchdarkly.eventsource.ErrorStrategy;
import com.launchdarkly.eventsource.EventSource;
import com.launchdarkly.eventsource.HttpConnectStrategy;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the stream. Each connection is an {@link EventSource} of its own, since the position
 * that it must ask for is the bridge's and not that of the last frame.
 *
 * <p>Thread-safe.
 */
public final class StreamClient implements Closeable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /** Of a frame, what is not the event's data. */
    private static final int FRAME_OVERHEAD = 65_536;

    /**
     * For every line the parser moves what it has read ahead, so a large buffer makes it slow; and
     * with a small one every event spans several.
     */
    private static final int READ_BUFFER_BYTES = 4_096;

    private static final String PROXY_LOGIN = "Proxy-Authorization";
    private static final String USER_AGENT = "User-Agent";

    private final StreamSettings settings;
    private final OkHttpClient http;

    /**
     * Connects to nothing yet.
     *
     * @param settings where the stream is, and by which proxies it is reached
     */
    public StreamClient(StreamSettings settings) {
        this.settings = settings;
        this.http =
                new OkHttpClient.Builder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .readTimeout(settings.readTimeout())
                        .retryOnConnectionFailure(false)
                        // Neither from https to http, which anyone on the way could read and write.
                        .followSslRedirects(false)
                        .proxySelector(settings.proxies())
                        .proxyAuthenticator(this::logIn)
                        .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                        .build();
    }

    /** A connection, not yet made, that begins after a position. */
    StreamConnection after(String lastEventId) {
        return connection(settings.url(), lastEventId);
    }

    /** A connection, not yet made, that begins at a time in epoch milliseconds. */
    StreamConnection since(long time) {
        return connection(URI.create(settings.url() + "?since=" + time), null);
    }

    /** A connection, not yet made, that begins with what comes next. */
    StreamConnection latest() {
        return connection(settings.url(), null);
    }

    /**
     * Asks once whether the stream would be served.
     *
     * @param answer how long that may take
     * @return why not, in a few words; empty if it would
     */
    public Optional<String> whyUnreachable(Duration answer) {
        Request request =
                new Request.Builder()
                        .url(settings.url().toString())
                        .header("Accept", "text/event-stream")
                        .header(USER_AGENT, settings.userAgent())
                        .build();
        OkHttpClient patient = http.newBuilder().callTimeout(answer).build();
        try (Response response = patient.newCall(request).execute()) {
            return response.code() == 200
                    ? Optional.empty()
                    : Optional.of("it answers " + response.code());
        } catch (IOException e) {
            return Optional.of(
                    e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    /** Breaks off connections in the making. */
    @Override
    public void close() {
        http.dispatcher().cancelAll();
    }

    /** The request with the proxy's login; null if there is none, or it was not accepted. */
    private @Nullable Request logIn(Route route, Response response) {
        String login = settings.proxies().authorization(route.proxy());
        return login == null || response.request().header(PROXY_LOGIN) != null
                ? null
                : response.request().newBuilder().header(PROXY_LOGIN, login).build();
    }

    private StreamConnection connection(URI url, @Nullable String lastEventId) {
        HttpConnectStrategy overHttp =
                ConnectStrategy.http(url).httpClient(http).header(USER_AGENT, settings.userAgent());
        BoundedConnect connect =
                new BoundedConnect(overHttp, settings.maxEventBytes() + FRAME_OVERHEAD);
        EventSource events =
                new EventSource.Builder(connect)
                        .lastEventId(lastEventId)
                        .errorStrategy(ErrorStrategy.alwaysThrow())
                        .readBufferSize(READ_BUFFER_BYTES)
                        .build();
        return new StreamConnection(events, connect);
    }
}
