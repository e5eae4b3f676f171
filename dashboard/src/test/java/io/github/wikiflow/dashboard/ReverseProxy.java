package io.github.wikiflow.dashboard;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves another server below a path, and says in headers whom it was asked for and by whom. */
final class ReverseProxy implements AutoCloseable {

    /** What belongs to a connection and not to the answer. */
    private static final List<String> OF_THE_CONNECTION =
            List.of("connection", "content-length", "transfer-encoding", ":status");

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final URI behind;
    private final String path;

    /**
     * @param path begins and ends with a slash
     */
    ReverseProxy(URI behind, String path) throws IOException {
        this.behind = behind;
        this.path = path;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(path, this::pass);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void pass(HttpExchange exchange) throws IOException {
        String asked = exchange.getRequestURI().toString().substring(path.length());
        HttpRequest request =
                HttpRequest.newBuilder(behind.resolve("/" + asked))
                        .header("X-Forwarded-Host", exchange.getRequestHeaders().getFirst("Host"))
                        .header(
                                "X-Forwarded-For",
                                exchange.getRemoteAddress().getAddress().getHostAddress())
                        .build();
        try (exchange) {
            HttpResponse<InputStream> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            answer.headers()
                    .map()
                    .forEach(
                            (name, values) -> {
                                if (!OF_THE_CONNECTION.contains(name)) {
                                    exchange.getResponseHeaders().put(name, values);
                                }
                            });
            exchange.sendResponseHeaders(answer.statusCode(), 0);
            try (InputStream in = answer.body();
                    OutputStream out = exchange.getResponseBody()) {
                byte[] buffer = new byte[8192];
                int length;
                while ((length = in.read(buffer)) >= 0) {
                    out.write(buffer, 0, length);
                    out.flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
