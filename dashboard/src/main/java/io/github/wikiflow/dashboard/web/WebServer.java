package io.github.wikiflow.dashboard.web;

import io.github.wikiflow.dashboard.push.Broadcaster;
import io.github.wikiflow.dashboard.standings.RankingStore;
import io.github.wikiflow.dashboard.status.Status;
import io.github.wikiflow.events.options.OperationException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import io.javalin.http.staticfiles.Location;
import io.javalin.util.JavalinBindException;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Serves the page, the API and the stream of events.
 *
 * <p>Thread-safe.
 */
public final class WebServer implements AutoCloseable {

    /** No request ever waits in a thread, so that few serve all clients. */
    private static final int MAX_THREADS = 16;

    private static final int MIN_THREADS = 4;

    private static final String RETRY_AFTER_SECONDS = "10";

    private final Javalin javalin;
    private final InetSocketAddress address;

    private WebServer(Javalin javalin, InetSocketAddress address) {
        this.javalin = javalin;
        this.address = address;
    }

    /**
     * Starts to serve.
     *
     * @param status the latest, once there is one
     * @param metrics in Prometheus' text format
     * @throws OperationException if the address cannot be used
     */
    public static WebServer start(
            InetSocketAddress address,
            Duration idleTimeout,
            RankingStore store,
            Broadcaster broadcaster,
            Supplier<Optional<Status>> status,
            Supplier<String> metrics) {
        Api api = new Api(store, status);
        Javalin javalin =
                Javalin.create(
                        config -> {
                            configure(config, address, idleTimeout);
                            config.routes.before(SecurityHeaders::set);
                            api.addTo(config.routes);
                            config.routes.get("/api/events", ctx -> stream(ctx, broadcaster));
                            config.routes.get(
                                    "/metrics",
                                    ctx ->
                                            ctx.contentType("text/plain; version=0.0.4")
                                                    .result(metrics.get()));
                        });
        try {
            javalin.start();
        } catch (JavalinBindException e) {
            throw new OperationException(
                    "--http-address: cannot listen at %s:%d (%s); free it or choose another"
                            .formatted(
                                    address.getHostString(),
                                    address.getPort(),
                                    e.getCause().getMessage()),
                    e);
        }
        return new WebServer(javalin, address);
    }

    /** Where the page is. */
    public URI uri() {
        String host = address.getHostString();
        return URI.create(
                "http://%s:%d/"
                        .formatted(host.contains(":") ? "[" + host + "]" : host, javalin.port()));
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void configure(
            JavalinConfig config, InetSocketAddress address, Duration idleTimeout) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.asyncTimeout = 0;
        config.jetty.threadPool = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        config.jetty.addConnector(
                (server, http) -> {
                    ServerConnector connector =
                            new ServerConnector(server, new HttpConnectionFactory(http));
                    connector.setHost(address.getHostString());
                    connector.setPort(address.getPort());
                    connector.setIdleTimeout(idleTimeout.toMillis());
                    return connector;
                });
        config.staticFiles.add(
                files -> {
                    files.hostedPath = "/";
                    files.directory = "/page";
                    files.location = Location.CLASSPATH;
                });
        config.staticFiles.add(
                files -> {
                    files.hostedPath = "/lib/uplot";
                    files.directory = WebJar.folder("uplot");
                    files.location = Location.CLASSPATH;
                });
    }

    private static void stream(Context ctx, Broadcaster broadcaster) throws IOException {
        ServletOutputStream output = ctx.res().getOutputStream();
        if (!broadcaster.takeSeat()) {
            ctx.status(HttpStatus.SERVICE_UNAVAILABLE)
                    .header(Header.RETRY_AFTER, RETRY_AFTER_SECONDS)
                    .result("All seats of this dashboard are taken; try again later.");
            return;
        }
        ctx.contentType("text/event-stream; charset=utf-8");
        ctx.header(Header.CACHE_CONTROL, "no-store");
        ctx.header(Header.CONNECTION, "close");
        // Tells nginx to pass events on at once.
        ctx.header("X-Accel-Buffering", "no");
        String lastEventId =
                Optional.ofNullable(ctx.header("Last-Event-ID")).orElse(ctx.queryParam("after"));
        ctx.future(() -> broadcaster.connect(output, lastEventId));
    }
}
