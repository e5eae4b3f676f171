package io.github.wikiflow.dashboard.status;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.OptionalDouble;

/** Asks the bridge for its health and its metrics. Not thread-safe. */
final class BridgeSource {

    private static final int OK = 200;
    private static final double MILLIS_PER_SECOND = 1000;

    private static final String EVENTS = "wikiflow_bridge_events_forwarded_total";
    private static final String GAPS = "wikiflow_bridge_gaps_total";
    private static final String REPEATS = "wikiflow_bridge_repeats_total";
    private static final String STREAM_TIME = "wikiflow_bridge_stream_time_seconds";

    private final HttpSource bridge;

    BridgeSource(URI bridge) {
        this.bridge = new HttpSource(bridge);
    }

    BridgeStatus poll() throws InterruptedException {
        try {
            HttpResponse<String> health = bridge.get("healthz");
            HttpResponse<String> metrics = bridge.get("metrics");
            if (metrics.statusCode() != OK) {
                return BridgeStatus.unknown("No bridge answers at " + bridge.base());
            }
            return status(health.statusCode() == OK, new PrometheusText(metrics.body()));
        } catch (IOException e) {
            return BridgeStatus.unknown("No bridge answers at " + bridge.base());
        }
    }

    private static BridgeStatus status(boolean healthy, PrometheusText metrics) {
        OptionalDouble streamTime = metrics.sum(STREAM_TIME);
        return new BridgeStatus(
                healthy ? Health.HEALTHY : Health.UNHEALTHY,
                healthy ? "running" : "not healthy",
                healthy ? "The bridge forwards events" : "The bridge says that it is not healthy",
                streamTime.isPresent() && streamTime.getAsDouble() > 0
                        ? Instant.ofEpochMilli(
                                (long) (streamTime.getAsDouble() * MILLIS_PER_SECOND))
                        : null,
                count(metrics.sum(EVENTS)),
                count(metrics.sum(GAPS)),
                count(metrics.sum(REPEATS)));
    }

    private static Long count(OptionalDouble value) {
        return value.isPresent() ? Long.valueOf((long) value.getAsDouble()) : null;
    }
}
