package io.github.wikiflow.sandbox;

import io.github.wikiflow.events.options.OperationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port of the loopback that nobody listens on, for a process that must be told its own. */
public final class FreePort {

    private static final String HOST = "127.0.0.1";

    private FreePort() {}

    /**
     * Finds one. Nothing keeps others from taking it before it is used.
     *
     * @throws OperationException if there is none
     */
    public static int find() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(HOST))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new OperationException("no free port on " + HOST, e);
        }
    }
}
