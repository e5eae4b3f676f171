package io.github.wikiflow.sandbox.stream;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings.Start;
import io.github.wikiflow.sandbox.stream.fault.Refusal;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stand-in for Wikimedia's EventStreams service that speaks its protocol: {@code GET
 * /v2/stream/recentchange} answered with Server-Sent Events, resumable by position vector or time.
 * All that it serves is in its {@link SourceLog}; the server itself has no state that a client
 * could notice, so that one started again on the same log goes on where the first stopped.
 *
 * <p>It is built on plain sockets, one thread for each connection, because tests need to break
 * connections at any byte. Thread-safe.
 */
public final class SimulatedEventStreams implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatedEventStreams.class);
    private static final int BACKLOG = 50;

    private final SimulatedStreamSettings settings;
    private final ServerSocket listener;
    private final StreamTraffic traffic = new StreamTraffic();
    private final Map<InetAddress, Integer> connectionsOf = new HashMap<>();
    private final Map<Thread, Socket> open = new ConcurrentHashMap<>();
    private final Thread acceptor;

    private SimulatedEventStreams(SimulatedStreamSettings settings, ServerSocket listener) {
        this.settings = settings;
        this.listener = listener;
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
                                path()));
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

    private String path() {
        return "/v2/stream/" + settings.stream();
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
        InputStream in = new BufferedInputStream(socket.getInputStream());
        StreamRequest request;
        try {
            request = StreamRequest.read(in);
        } catch (IllegalArgumentException e) {
            socket.getOutputStream().write(RefusalResponse.bytes(new Refusal(400, e.getMessage())));
            return;
        }
        if (request == null) {
            return;
        }
        Refusal refusal = refusal(request);
        Subscription subscription = null;
        if (refusal == null) {
            try {
                subscription = subscribe(request);
            } catch (IllegalArgumentException e) {
                refusal = new Refusal(400, e.getMessage());
            }
        }
        if (refusal == null && !enter(socket.getInetAddress())) {
            refusal =
                    new Refusal(
                            429,
                            "Your HTTP client is likely opening too many concurrent connections.");
        }
        if (refusal != null) {
            traffic.add(new Exchange(request, refusal.status(), false));
            socket.getOutputStream().write(RefusalResponse.bytes(refusal));
            return;
        }
        Exchange exchange = new Exchange(request, 200, true);
        try {
            traffic.add(exchange);
            watch(in, socket, Thread.currentThread());
            new StreamConnection(
                            socket,
                            subscription,
                            settings.faults().script(),
                            traffic,
                            exchange,
                            settings)
                    .serve();
        } finally {
            exchange.closed();
            leave(socket.getInetAddress());
        }
    }

    /** Why a request is not served, whatever it asks for; null if it is. */
    private Refusal refusal(StreamRequest request) {
        if (!request.method().equals("GET")) {
            return new Refusal(405, "only GET is supported");
        }
        if (!request.path().startsWith("/v2/stream/")) {
            return new Refusal(404, "no such page; the stream is at " + path());
        }
        if (!request.path().equals(path())) {
            return new Refusal(400, "Invalid streams; there is only " + settings.stream());
        }
        if (!UserAgentPolicy.accepts(request.header("User-Agent"))) {
            return new Refusal(
                    403, "Please set a User-Agent that names your client and a contact.");
        }
        return settings.faults().refusal(request.header("Last-Event-ID"));
    }

    private Subscription subscribe(StreamRequest request) {
        String lastEventId = request.header("Last-Event-ID");
        String since = request.parameters().get("since");
        List<StreamPosition> positions;
        if (lastEventId != null) {
            positions = StreamPosition.parse(lastEventId, settings.stream());
        } else {
            positions = new ArrayList<>();
            for (DataCentre dataCentre : DataCentre.values()) {
                if (since != null && !since.isEmpty()) {
                    positions.add(StreamPosition.atTime(dataCentre, Since.parse(since)));
                } else if (settings.start() == Start.BEGINNING) {
                    positions.add(StreamPosition.atTime(dataCentre, Long.MIN_VALUE));
                } else {
                    positions.add(StreamPosition.atOffset(dataCentre, StreamPosition.LATEST));
                }
            }
        }
        return new Subscription(settings.log(), positions, earliest());
    }

    /** The time before which nothing can be read any more. */
    private long earliest() {
        if (settings.history().equals(SimulatedStreamSettings.UNLIMITED)) {
            return Long.MIN_VALUE;
        }
        Instant now = settings.clock().instant();
        return now.minus(settings.history()).toEpochMilli();
    }

    private synchronized boolean enter(InetAddress address) {
        int before = connectionsOf.getOrDefault(address, 0);
        if (before >= settings.connectionsPerAddress()) {
            return false;
        }
        connectionsOf.put(address, before + 1);
        return true;
    }

    private synchronized void leave(InetAddress address) {
        connectionsOf.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
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
