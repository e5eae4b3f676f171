package io.github.wikiflow.sandbox.stream;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.source.SourceKind;
import io.github.wikiflow.sandbox.stream.fault.ErrorAnswer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stand-in for Wikimedia's EventStreams service that speaks its protocol: {@code GET
 * /v2/stream/recentchange} answered with Server-Sent Events, resumable by position vector or time.
 * All that it serves is in its {@link PublishedLog}; the server itself has no state that a client
 * could notice, so that one started again on the same log goes on where the first stopped.
 *
 * <p>It is built on plain sockets, one thread for each connection, because tests need to break
 * connections at any byte. Thread-safe.
 */
public final class SimulatedEventStreams implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedEventStreams.class);
    private static final int BACKLOG = 50;
    private static final int LINGER_MILLIS = 1_000;

    private final SimulatedStreamSettings settings;
    private final ServerSocket listener;
    private final StreamTraffic traffic = new StreamTraffic();
    private final Admission admission;
    private final Map<Thread, Socket> open = new ConcurrentHashMap<>();
    private final Thread acceptor;

    private SimulatedEventStreams(SimulatedStreamSettings settings, ServerSocket listener) {
        this.settings = settings;
        this.listener = listener;
        this.admission = new Admission(settings);
        this.acceptor = new Thread(this::accept, "simulated-stream-accept");
    }

    /**
     * Starts a server, which answers when this returns.
     *
     * @throws OperationException if the port is taken
     */
    public static SimulatedEventStreams start(SimulatedStreamSettings settings) {
        ServerSocket listener;
        try {
            listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(settings.address(), BACKLOG);
        } catch (IOException e) {
            throw new OperationException(
                    "the simulated stream cannot listen on port %d of %s (%s); free it or choose another"
                            .formatted(
                                    settings.address().getPort(),
                                    settings.address().getHostString(),
                                    e.getMessage()),
                    e);
        }
        SimulatedEventStreams server = new SimulatedEventStreams(settings, listener);
        server.acceptor.setDaemon(true);
        server.acceptor.start();
        return server;
    }

    /** The stream's address. */
    public URI uri() {
        return URI.create(
                "http://%s:%d%s"
                        .formatted(
                                settings.address().getHostString(),
                                listener.getLocalPort(),
                                admission.path()));
    }

    /** What was asked and sent so far. */
    public StreamTraffic traffic() {
        return traffic;
    }

    /**
     * Waits until some connection has been sent the end of the log as it is now.
     *
     * @return false if that did not happen within the time; always for a log without end
     */
    public boolean awaitDrained(Duration atMost) throws InterruptedException {
        return traffic.awaitSentTo(settings.log().size(), atMost.toNanos());
    }

    /** Cuts all connections and stops. */
    @Override
    public void close() {
        closeQuietly(listener);
        join(acceptor);
        for (Map.Entry<Thread, Socket> connection : open.entrySet()) {
            closeQuietly(connection.getValue());
            connection.getKey().interrupt();
        }
        open.keySet().forEach(SimulatedEventStreams::join);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                socket.setTcpNoDelay(true);
                Thread thread =
                        new Thread(() -> serve(socket), "simulated-stream-" + socket.getPort());
                thread.setDaemon(true);
                open.put(thread, socket);
                thread.start();
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    LOG.warn("A connection could not be accepted", e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            answer(socket);
        } catch (IOException e) {
            LOG.debug("The client has gone", e);
        } catch (InterruptedException e) {
            LOG.debug("The client has gone, or the server stops", e);
        } catch (RuntimeException e) {
            LOG.error("A connection failed", e);
        } finally {
            open.remove(Thread.currentThread());
        }
    }

    private void answer(Socket socket) throws IOException, InterruptedException {
        InetAddress client = socket.getInetAddress();
        InputStream in = new BufferedInputStream(socket.getInputStream());
        StreamRequest request = null;
        Subscription subscription;
        try {
            request = StreamRequest.read(in);
            if (request == null) {
                return;
            }
            subscription = admission.admit(request, client);
        } catch (RequestRefused e) {
            traffic.add(new Exchange(request, e.refusal().status(), false));
            refuse(socket, in, e.refusal(), settings.log().kind());
            return;
        }
        Exchange exchange = new Exchange(request, 200, true);
        try {
            traffic.add(exchange);
            watch(in, socket, Thread.currentThread());
            new ServedConnection(
                            socket,
                            subscription,
                            settings.faults().script(),
                            traffic,
                            exchange,
                            settings)
                    .serve();
        } finally {
            admission.leave(client);
            exchange.closed();
        }
    }

    /**
     * Answers and reads what the client still sends: to close with unread bytes would reset the
     * connection, and the client could lose the answer.
     */
    private static void refuse(Socket socket, InputStream in, ErrorAnswer refusal, SourceKind kind)
            throws IOException {
        socket.getOutputStream().write(RefusalResponse.bytes(refusal, kind));
        socket.shutdownOutput();
        socket.setSoTimeout(LINGER_MILLIS);
        in.transferTo(OutputStream.nullOutputStream());
    }

    /** Ends a connection as soon as its client closes it, also when there is nothing to write. */
    private static void watch(InputStream in, Socket socket, Thread serving) {
        Thread watch =
                new Thread(
                        () -> {
                            try {
                                in.transferTo(OutputStream.nullOutputStream());
                            } catch (IOException e) {
                                LOG.debug("The client has gone", e);
                            }
                            closeQuietly(socket);
                            serving.interrupt();
                        },
                        serving.getName() + "-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            LOG.debug("Closing failed", e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
