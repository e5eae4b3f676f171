package io.github.wikiflow.dashboard;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that asks for the events and then does not read them. */
public final class StalledClient implements AutoCloseable {

    private final Socket socket = new Socket();

    public StalledClient(URI dashboard) throws IOException {
        socket.setReceiveBufferSize(1024);
        socket.connect(new InetSocketAddress(dashboard.getHost(), dashboard.getPort()));
        socket.getOutputStream()
                .write(
                        "GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads what is left until the server's end of the connection; fails if there is none. */
    public void readToTheEnd() throws IOException {
        socket.setSoTimeout(30_000);
        byte[] buffer = new byte[8192];
        try {
            while (socket.getInputStream().read(buffer) >= 0) {}
        } catch (SocketException e) {
            // A reset is an end too.
            return;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
