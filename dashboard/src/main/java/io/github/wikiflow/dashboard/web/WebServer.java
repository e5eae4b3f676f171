package io.github.wikiflow.dashboard.web;

import io.github.wikiflow.dashboard.push.Broadcaster;
import io.github.wikiflow.dashboard.push.Seats;
import io.github.wikiflow.dashboard.standings.RankingStore;
import io.github.wikiflow.dashboard.status.Status;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.http.RequestPolicy;
import io.github.wikiflow.http.jetty.GuardedServer;
import io.github.wikiflow.http.jetty.TrustedProxies;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import io.javalin.http.staticfiles.Location;
import io.javalin.util.JavalinBindException;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
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

    /**
     * The page needs nothing but its own files and its own API; what an event carries must never
     * become more than text. Trusted types make the browser refuse to parse text as markup, even
     * where a script would ask for it.
     */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'; trusted-types 'none'";

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
            RequestPolicy policy,
            TrustedProxies proxies,
            RankingStore store,
            Broadcaster broadcaster,
            Seats seats,
            int maxConnections,
            Supplier<Optional<Status>> status,
            Supplier<String> metrics) {
        Api api = new Api(store, status);
        Javalin javalin =
                Javalin.create(
                        config -> {
                            configure(config, address, idleTimeout, maxConnections);
                            config.jetty.modifyServer(
                                    server ->
                                            GuardedServer.guard(
                                                    server,
                                                    policy,
                                                    proxies,
                                                    CONTENT_SECURITY_POLICY));
                            api.addTo(config.routes);
                            config.routes.get(
                                    "/api/events", ctx -> stream(ctx, broadcaster, seats));
                            Api.serve(
                                    config.routes,
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
                                    Objects.requireNonNullElse(e.getCause(), e).getMessage()),
                    e);
        }
        return new WebServer(javalin, address);
    }

    /** Where the page is, for this machine's browser. */
    public URI uri() {
        String host =
                address.getAddress().isAnyLocalAddress() ? "127.0.0.1" : address.getHostString();
        return URI.create(
                "http://%s:%d/"
                        .formatted(host.contains(":") ? "[" + host + "]" : host, javalin.port()));
    }

    @Override
    public void close() {
        javalin.stop();
    }

    private static void configure(
            JavalinConfig config,
            InetSocketAddress address,
            Duration idleTimeout,
            int maxConnections) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.asyncTimeout = 0;
        config.jetty.threadPool = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        config.jetty.addConnector(
                (server, http) ->
                        GuardedServer.connector(
                                server, http, address, idleTimeout, maxConnections));
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

    private static void stream(Context ctx, Broadcaster broadcaster, Seats seats)
            throws IOException {
        ServletOutputStream output = ctx.res().getOutputStream();
        InetAddress client = ctx.attribute(GuardedServer.CLIENT);
        if (!seats.take(client)) {
            ctx.status(HttpStatus.SERVICE_UNAVAILABLE)
                    .header(Header.RETRY_AFTER, RETRY_AFTER_SECONDS)
                    .result(
                            "All seats of this dashboard, or all for one address, are taken; try again later.");
            return;
        }
        ctx.contentType("text/event-stream; charset=utf-8");
        ctx.header(Header.CACHE_CONTROL, "no-store");
        ctx.header(Header.CONNECTION, "close");
        // Tells nginx to pass events on at once.
        ctx.header("X-Accel-Buffering", "no");
        String lastEventId =
                Optional.ofNullable(ctx.header("Last-Event-ID")).orElse(ctx.queryParam("after"));
        ctx.future(
                () -> {
                    try {
                        return broadcaster
                                .connect(output, lastEventId)
                                .thenRun(() -> seats.leave(client));
                    } catch (RuntimeException e) {
                        seats.leave(client);
                        throw e;
                    }
                });
    }
}
