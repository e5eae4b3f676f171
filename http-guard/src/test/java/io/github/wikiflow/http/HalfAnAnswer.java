package io.github.wikiflow.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A server that answers one request with less than it promises, and then waits. */
public final class HalfAnAnswer implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final Future<Integer> after = thread.submit(this::answer);

    /** Listens from now on. */
    public HalfAnAnswer() throws IOException {}

    /** Where it is. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** What the client sends after its request; -1 if it hangs up, which is waited for. */
    public int sentAfterwards() throws InterruptedException, ExecutionException {
        return after.get();
    }

    private int answer() throws IOException {
        try (Socket client = server.accept()) {
            InputStream request = client.getInputStream();
            if (request.read(new byte[8192]) <= 0) {
                throw new IOException("no request");
            }
            client.getOutputStream()
                    .write(
                            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
                                    .getBytes(StandardCharsets.US_ASCII));
            return request.read();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        thread.shutdownNow();
    }
}
