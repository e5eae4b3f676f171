package io.github.wikiflow.dashboard;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** An HTTP server that stands in for the bridge and for Flink: it answers what it is told to. */
public final class StandInPipeline implements AutoCloseable {

    private record Answer(int status, Supplier<String> body) {}

    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final HttpServer server;

    public StandInPipeline() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    Answer answer =
                            answers.getOrDefault(
                                    exchange.getRequestURI().getPath(), new Answer(404, () -> ""));
                    byte[] body = answer.body().get().getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(
                            answer.status(), body.length == 0 ? -1 : body.length);
                    try (OutputStream out = exchange.getResponseBody()) {
                        out.write(body);
                    }
                });
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on this is what the path gives. */
    public StandInPipeline answer(String path, int status, String body) {
        return answer(path, status, () -> body);
    }

    /** From now on the path gives this, made afresh each time. */
    public StandInPipeline answer(String path, int status, Supplier<String> body) {
        answers.put(path, new Answer(status, body));
        return this;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
