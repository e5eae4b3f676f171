package io.github.wikiflow.dashboard.push;

import jakarta.servlet.ServletOutputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Pushes a {@link MessageLog} to all connected clients. Each message is serialised once; one thread
 * offers it to every client, and none of them can make that thread wait.
 *
 * <p>Thread-safe.
 */
public final class Broadcaster implements AutoCloseable {

    private final MessageLog log;
    private final Set<EventStream> clients = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean wakeUpPending = new AtomicBoolean();
    private final ScheduledExecutorService pusher =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "dashboard-push"));

    /**
     * @param heartbeat how often a client is sent a comment when there is nothing else
     */
    public Broadcaster(MessageLog log, Duration heartbeat) {
        this.log = log;
        pusher.scheduleWithFixedDelay(
                () -> clients.forEach(EventStream::sendHeartbeat),
                heartbeat.toMillis(),
                heartbeat.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Sends what was appended to the log; call it once after a batch. */
    public void wake() {
        if (wakeUpPending.compareAndSet(false, true)) {
            pusher.execute(
                    () -> {
                        wakeUpPending.set(false);
                        clients.forEach(EventStream::send);
                    });
        }
    }

    /**
     * Streams to a client until it goes or the broadcaster is closed.
     *
     * @param output of a request in asynchronous mode
     * @param lastEventId the id of the last event that the client has seen; null for none
     * @return completes, never exceptionally, when the connection is over
     */
    public CompletableFuture<Void> connect(
            ServletOutputStream output, @Nullable String lastEventId) {
        EventStream client = new EventStream(log, output, log.cursorOf(lastEventId));
        clients.add(client);
        client.ended().thenRun(() -> clients.remove(client));
        output.setWriteListener(client);
        return client.ended();
    }

    /** How many clients are connected. */
    public int clients() {
        return clients.size();
    }

    /** Ends all connections. */
    @Override
    public void close() {
        pusher.shutdownNow();
        clients.forEach(EventStream::end);
    }
}
