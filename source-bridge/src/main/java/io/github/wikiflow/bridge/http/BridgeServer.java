package io.github.wikiflow.bridge.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wikiflow.bridge.BridgeHealth;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.http.RequestPolicy;
import io.github.wikiflow.http.SecurityHeaders;
import io.github.wikiflow.http.jetty.GuardedServer;
import io.github.wikiflow.http.jetty.TrustedProxies;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Two pages for whoever watches a bridge: {@code /metrics} in Prometheus's text format, and {@code
 * /healthz}, which answers 200 or 503 and says why. A client that stalls keeps nobody else waiting.
 */
public final class BridgeServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(30);
    private static final int MAX_CONNECTIONS = 200;
    private static final int MAX_THREADS = 8;
    private static final int MIN_THREADS = 2;

    private final Server server;
    private final ServerConnector connector;

    private BridgeServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Starts to serve.
     *
     * @param address port 0 for a free one
     * @param policy whom it answers
     * @throws OperationException if the port is taken
     */
    public static BridgeServer start(
            InetSocketAddress address,
            RequestPolicy policy,
            PrometheusMeterRegistry registry,
            Supplier<BridgeHealth> health) {
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, MIN_THREADS);
        threads.setName("bridge-http");
        threads.setDaemon(true);
        Server server = new Server(threads);
        ServerConnector connector =
                GuardedServer.connector(
                        server, new HttpConfiguration(), address, IDLE_TIMEOUT, MAX_CONNECTIONS);
        server.addConnector(connector);
        server.setHandler(new Pages(registry, health));
        GuardedServer.guard(server, policy, TrustedProxies.NONE, SecurityHeaders.NO_CONTENT);
        BridgeServer pages = new BridgeServer(server, connector);
        try {
            server.start();
        } catch (IOException e) {
            pages.close();
            throw new OperationException(
                    "--http-address %s:%d cannot be used (%s); free it, or choose another or none"
                            .formatted(
                                    address.getHostString(),
                                    address.getPort(),
                                    e.getCause() == null ? e : e.getCause().getMessage()),
                    e);
        } catch (Exception e) {
            pages.close();
            throw new IllegalStateException("the pages cannot be served", e);
        }
        return pages;
    }

    /** The port that it listens on. */
    public int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the pages cannot be closed", e);
        }
    }

    private static final class Pages extends Handler.Abstract.NonBlocking {

        private final PrometheusMeterRegistry registry;
        private final Supplier<BridgeHealth> health;

        Pages(PrometheusMeterRegistry registry, Supplier<BridgeHealth> health) {
            this.registry = registry;
            this.health = health;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback)
                throws JsonProcessingException {
            String path = Request.getPathInContext(request);
            if (!path.equals("/metrics") && !path.equals("/healthz")) {
                return false;
            }
            if (path.equals("/metrics")) {
                answer(response, callback, 200, "text/plain; version=0.0.4", registry.scrape());
            } else {
                BridgeHealth now = health.get();
                answer(
                        response,
                        callback,
                        now.isHealthy() ? 200 : 503,
                        "application/json",
                        JSON.writeValueAsString(page(now)));
            }
            return true;
        }

        private static Map<String, Object> page(BridgeHealth health) {
            Map<String, Object> page = new LinkedHashMap<>();
            page.put("status", health.isHealthy() ? "healthy" : "unhealthy");
            page.put("reasons", health.reasons());
            return page;
        }

        private static void answer(
                Response response, Callback callback, int status, String type, String text) {
            response.setStatus(status);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, type + "; charset=utf-8");
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            response.write(true, StandardCharsets.UTF_8.encode(text), callback);
        }
    }
}
