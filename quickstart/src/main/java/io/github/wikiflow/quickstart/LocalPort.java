package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.options.OperationException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A port of 127.0.0.1 that one of the parts is to be reached on. */
final class LocalPort {

    private static final String HOST = "127.0.0.1";

    private LocalPort() {}

    /**
     * Checks that nobody listens there, before anything is started.
     *
     * @param port 0 for a free one, which there always is
     * @param option that chooses another
     * @throws OperationException if somebody does
     */
    static void requireFree(int port, String option) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the servers do: what an ended process leaves behind is in nobody's way.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(HOST, port));
        } catch (IOException | IllegalArgumentException e) {
            throw new OperationException(
                    "port %d on %s cannot be had (%s); free it or choose another with %s"
                            .formatted(port, HOST, e.getMessage(), option),
                    e);
        }
    }
}
