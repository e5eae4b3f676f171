package io.github.wikiflow.dashboard.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.dashboard.StandInPipeline;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HttpSourceTest {

    @Test
    void givesStatusAndBody() throws Exception {
        try (StandInPipeline other = new StandInPipeline()) {
            other.answer("/healthz", 503, "{\"ä\":1}");
            var answer = new HttpSource(other.uri()).get("healthz");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).isEqualTo("{\"ä\":1}");
        }
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES)
    void aBodyThatNeverEndsIsNoAnswer() throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Future<Integer> hungUp = threads.submit(() -> sendHalfAnAnswer(server));
            HttpSource source =
                    new HttpSource(URI.create("http://127.0.0.1:" + server.getLocalPort()));
            assertThatThrownBy(() -> source.get("metrics"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("no whole answer");
            // The connection is given up too.
            assertThat(hungUp.get()).isEqualTo(-1);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Answers with less than it promises; what the client sends after its request. */
    private static int sendHalfAnAnswer(ServerSocket server) throws IOException {
        try (Socket client = server.accept()) {
            InputStream request = client.getInputStream();
            byte[] head = new byte[8192];
            assertThat(request.read(head)).isPositive();
            client.getOutputStream()
                    .write(
                            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
                                    .getBytes(StandardCharsets.US_ASCII));
            return request.read();
        }
    }
}
