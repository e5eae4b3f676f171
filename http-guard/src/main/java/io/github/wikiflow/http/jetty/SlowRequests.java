package io.github.wikiflow.http.jetty;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.jspecify.annotations.Nullable;

/**
 * Cuts connections over which bytes come but no request, as when its headers or its body arrive one
 * byte at a time: no pause between them is long enough for the idle timeout. Looks at all
 * connections at intervals; a request may take between one and two of them.
 *
 * <p>Starts and ends with its connector, whose scheduler it uses.
 */
final class SlowRequests extends AbstractLifeCycle {

    /**
     * @param drips in how many intervals since the last request bytes came
     */
    private record Traffic(long requests, long bytes, int drips) {}

    private final ServerConnector connector;
    private final Duration interval;

    /** What the last look saw. Looks follow one another, so that no two use it at once. */
    private Map<EndPoint, Traffic> before = Map.of();

    SlowRequests(ServerConnector connector, Duration interval) {
        this.connector = connector;
        this.interval = interval;
    }

    @Override
    protected void doStart() {
        lookLater();
    }

    private void lookLater() {
        connector.getScheduler().schedule(this::look, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        Map<EndPoint, Traffic> now = new HashMap<>();
        for (EndPoint endPoint : connector.getConnectedEndPoints()) {
            Traffic traffic = traffic(endPoint.getConnection(), before.get(endPoint));
            if (traffic.drips() > 1) {
                endPoint.close();
            } else {
                now.put(endPoint, traffic);
            }
        }
        before = now;
        if (isRunning() || isStarting()) {
            lookLater();
        }
    }

    private static Traffic traffic(Connection connection, @Nullable Traffic earlier) {
        // In this order: a request that comes in between is then one.
        long bytes = connection.getBytesIn();
        long requests = connection.getMessagesIn();
        if (earlier == null || earlier.requests() != requests) {
            return new Traffic(requests, bytes, 0);
        }
        return new Traffic(requests, bytes, earlier.drips() + (earlier.bytes() == bytes ? 0 : 1));
    }
}
