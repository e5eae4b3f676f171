package io.github.wikiflow.sandbox;

import io.github.wikiflow.events.options.OperationException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of the loopback that nobody listens on, for processes that must be told their own.
 *
 * <p>They are below those from which systems take the local ports of connections (Linux from 32768,
 * others from 49152 on), or a connection could sit on the port of a process that is about to start,
 * or to start again. Thread-safe.
 */
public final class FreePort {

    private static final String HOST = "127.0.0.1";
    private static final int FIRST = 15_000;
    private static final int BEHIND_LAST = 30_000;
    private static final int ATTEMPTS = 1_000;

    private static final Set<Integer> GIVEN = new HashSet<>();

    private FreePort() {}

    /**
     * Finds one that this process has not been given before. Nothing keeps other processes from
     * taking it before it is used.
     *
     * @throws OperationException if there is none
     */
    public static synchronized int find() {
        IOException failure = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEHIND_LAST);
            if (!GIVEN.contains(port)) {
                try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(HOST))) {
                    GIVEN.add(port);
                    return socket.getLocalPort();
                } catch (IOException e) {
                    failure = e;
                }
            }
        }
        throw new OperationException(
                "no free port from %d to %d on %s; end what holds them"
                        .formatted(FIRST, BEHIND_LAST - 1, HOST),
                failure);
    }
}
