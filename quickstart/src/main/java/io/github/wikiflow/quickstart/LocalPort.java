package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.options.OperationException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** A port of this machine that one of the parts is to be reached on. */
final class LocalPort {

    /** Where all parts listen unless told otherwise. */
    static final String HOST = "127.0.0.1";

    private LocalPort() {}

    /**
     * Checks that nobody listens at a port of 127.0.0.1, before anything is started.
     *
     * @param port 0 for a free one, which there always is
     * @param option that chooses another
     * @throws OperationException if somebody does
     */
    static void requireFree(int port, String option) {
        requireFree(HOST, port, option);
    }

    /**
     * Checks that nobody listens at a port of an address of this machine.
     *
     * @param host the address; 0.0.0.0 for all
     * @param port 0 for a free one, which there always is
     * @param option that chooses another
     * @throws OperationException if somebody does, or this machine has no such address
     */
    static void requireFree(String host, int port, String option) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the servers do: what an ended process leaves behind is in nobody's way.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (IOException | IllegalArgumentException e) {
            throw new OperationException(
                    "port %d on %s cannot be had (%s); free it or choose another with %s"
                            .formatted(port, host, e.getMessage(), option),
                    e);
        }
    }
}
