package io.github.wikiflow.bridge.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.wikiflow.bridge.BridgeHealth;
import io.github.wikiflow.events.options.OperationException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Two pages for whoever watches a bridge: {@code /metrics} in Prometheus's text format, and {@code
 * /healthz}, which answers 200 or 503 and says why.
 */
public final class BridgeServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;

    private BridgeServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts to serve.
     *
     * @param address port 0 for a free one
     * @throws OperationException if the port is taken
     */
    public static BridgeServer start(
            InetSocketAddress address,
            PrometheusMeterRegistry registry,
            Supplier<BridgeHealth> health) {
        HttpServer server;
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException e) {
            throw new OperationException(
                    "--http-address %s:%d cannot be used (%s); free it, or choose another or none"
                            .formatted(address.getHostString(), address.getPort(), e.getMessage()),
                    e);
        }
        server.createContext(
                "/metrics",
                exchange -> answer(exchange, 200, "text/plain; version=0.0.4", registry.scrape()));
        server.createContext(
                "/healthz",
                exchange -> {
                    BridgeHealth now = health.get();
                    answer(
                            exchange,
                            now.isHealthy() ? 200 : 503,
                            "application/json",
                            JSON.writeValueAsString(page(now)));
                });
        server.start();
        return new BridgeServer(server);
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static Map<String, Object> page(BridgeHealth health) {
        Map<String, Object> page = new LinkedHashMap<>();
        page.put("status", health.isHealthy() ? "healthy" : "unhealthy");
        page.put("reasons", health.reasons());
        return page;
    }

    private static void answer(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        try (exchange;
                OutputStream body = exchange.getResponseBody()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
            exchange.sendResponseHeaders(status, bytes.length);
            body.write(bytes);
        }
    }
}
