package io.github.wikiflow.http.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.http.RawExchange;
import io.github.wikiflow.http.RequestPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that take their time, at a server whose limits are short. */
class GuardedServerTest {

    private static final Duration LIMIT = Duration.ofMillis(600);
    private static final int PATIENCE_MILLIS = 60_000;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Server server = new Server(new QueuedThreadPool(4, 1));
    private final ServerConnector connector =
            GuardedServer.connector(
                    server,
                    new HttpConfiguration(),
                    new InetSocketAddress("127.0.0.1", 0),
                    Duration.ofMinutes(5),
                    100,
                    LIMIT);

    @BeforeEach
    void start() throws Exception {
        server.addConnector(connector);
        server.setHandler(new Endless());
        GuardedServer.guard(
                server,
                new RequestPolicy("--allowed-hosts", List.of()),
                TrustedProxies.NONE,
                "default-src 'none'",
                LIMIT);
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        clock.shutdownNow();
        server.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\n",
                ""
            })
    void aRequestThatDripsIsCut(String beginning) throws Exception {
        try (Socket socket = connect(beginning)) {
            ScheduledFuture<?> drip =
                    clock.scheduleWithFixedDelay(() -> write(socket), 0, 20, TimeUnit.MILLISECONDS);
            readToTheEnd(socket);
            drip.cancel(false);
        }
    }

    @Test
    void anAnswerThatDoesNotEndIsCut() throws Exception {
        try (Socket socket = connect("GET /text HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            readToTheEnd(socket);
        }
    }

    @Test
    void aStreamOfEventsGoesOn() throws Exception {
        try (Socket events = connect("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
            // Others that come after it are cut before anything happens to it.
            try (Socket text = connect("GET /text HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
                readToTheEnd(text);
            }
            events.setSoTimeout(PATIENCE_MILLIS);
            byte[] answer = new byte[4096];
            int length = events.getInputStream().read(answer);
            assertThat(new String(answer, 0, length, StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200");
            assertThat(connector.getConnectedEndPoints()).hasSize(1);
        }
    }

    @Test
    void manyConnectionsThatWaitHoldNoThread() throws Exception {
        Socket[] waiting = new Socket[50];
        for (int i = 0; i < waiting.length; i++) {
            waiting[i] = connect("GET / HTTP/1.1\r\n");
        }
        assertThat(RawExchange.ask(connector.getLocalPort(), "GET", "/no", "Host: localhost"))
                .returns(404, RawExchange::status);
        for (Socket socket : waiting) {
            socket.close();
        }
    }

    private Socket connect(String beginning) throws IOException {
        Socket socket = new Socket("127.0.0.1", connector.getLocalPort());
        socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void write(Socket socket) {
        try {
            socket.getOutputStream().write('x');
        } catch (IOException e) {
            // The server has hung up, which the reader finds.
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if the server does not hang up. */
    private static void readToTheEnd(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        try (InputStream in = socket.getInputStream()) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    /** Begins answers and does not end them. */
    private static final class Endless extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            String path = Request.getPathInContext(request);
            if (path.equals("/no")) {
                return false;
            }
            response.getHeaders()
                    .put(
                            "Content-Type",
                            path.equals("/events") ? "text/event-stream" : "text/plain");
            response.write(false, ByteBuffer.wrap(new byte[] {'\n'}), Callback.NOOP);
            return true;
        }
    }
}
