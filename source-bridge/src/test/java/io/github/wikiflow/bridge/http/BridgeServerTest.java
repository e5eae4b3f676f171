package io.github.wikiflow.bridge.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.bridge.BridgeHealth;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.http.RequestPolicy;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bridge's pages, and clients that do not behave. */
class BridgeServerTest {

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final BridgeServer server = start(0);
    private final List<Socket> stalled = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : stalled) {
            socket.close();
        }
        server.close();
    }

    @Test
    void servesItsTwoPagesAndNothingElse() throws Exception {
        assertThat(get("/healthz").body()).isEqualTo("{\"status\":\"healthy\",\"reasons\":[]}");
        assertThat(get("/metrics").headers().firstValue("Content-Type"))
                .hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(get("/elsewhere").statusCode()).isEqualTo(404);
        assertThat(get("/elsewhere").body()).isEqualTo("{\"error\":\"Not Found\"}");
        HttpResponse<String> posted =
                send(request("/healthz").POST(BodyPublishers.ofString("text")));
        assertThat(posted.statusCode()).isEqualTo(405);
        assertThat(posted.headers().firstValue("Allow")).hasValue("GET, HEAD");
        HttpResponse<String> head =
                send(request("/healthz").method("HEAD", BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }

    @Test
    void stalledClientsKeepNobodyWaiting() throws Exception {
        for (int i = 0; i < 30; i++) {
            stall("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-Unfinished");
            stall("POST /healthz HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx");
            stall("GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n");
        }
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/metrics").statusCode()).isEqualTo(200);
    }

    @Test
    void saysWhichOptionNamesATakenPort() {
        assertThatThrownBy(() -> start(server.port()))
                .isInstanceOf(OperationException.class)
                .hasMessageStartingWith(
                        "--http-address 127.0.0.1:%d cannot be used".formatted(server.port()))
                .hasMessageEndingWith("free it, or choose another or none");
    }

    private BridgeServer start(int port) {
        return BridgeServer.start(
                new InetSocketAddress("127.0.0.1", port),
                new RequestPolicy("--allowed-hosts", List.of()),
                registry,
                () -> new BridgeHealth(List.of()));
    }

    /** Sends the beginning of a request, and does nothing more. */
    private void stall(String beginning) throws IOException {
        Socket socket = new Socket();
        stalled.add(socket);
        socket.setReceiveBufferSize(1024);
        socket.connect(new InetSocketAddress("127.0.0.1", server.port()));
        socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port()).resolve(path))
                .timeout(Duration.ofSeconds(60));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }
}
