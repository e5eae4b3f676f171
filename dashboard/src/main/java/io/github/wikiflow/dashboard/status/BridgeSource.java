package io.github.wikiflow.dashboard.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wikiflow.events.source.SourceKind;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Asks the bridge for its health and its metrics. Not thread-safe. */
final class BridgeSource {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int OK = 200;
    private static final double MILLIS_PER_SECOND = 1000;

    private static final String EVENTS = "wikiflow_bridge_events_total";
    private static final String MISSING = "wikiflow_bridge_missing_events_total";
    private static final String CAME_AFTER_ALL = "wikiflow_bridge_late_arrivals_total";
    private static final String REPEATS = "wikiflow_bridge_repeats_total";
    private static final String SOURCE = "wikiflow_bridge_source{kind=\"%s\"}";
    private static final String LAG = "wikiflow_bridge_lag_seconds";

    private final HttpSource bridge;
    private final Clock clock;

    BridgeSource(URI bridge, Clock clock) {
        this.bridge = new HttpSource(bridge);
        this.clock = clock;
    }

    BridgeStatus poll() throws InterruptedException {
        try {
            HttpResponse<String> health = bridge.get("healthz");
            HttpResponse<String> metrics = bridge.get("metrics");
            if (metrics.statusCode() != OK) {
                return BridgeStatus.unknown("No bridge answers at " + bridge.base());
            }
            return status(health, new PrometheusText(metrics.body()));
        } catch (IOException e) {
            return BridgeStatus.unknown("No bridge answers at " + bridge.base());
        }
    }

    private BridgeStatus status(HttpResponse<String> health, PrometheusText metrics) {
        boolean healthy = health.statusCode() == OK;
        OptionalDouble missing = metrics.sum(MISSING);
        return new BridgeStatus(
                healthy ? Health.HEALTHY : Health.UNHEALTHY,
                healthy ? "running" : "not healthy",
                healthy ? "The bridge forwards events" : reasons(health.body()),
                source(metrics),
                streamTime(metrics.sum(LAG)),
                count(metrics.sum(EVENTS)),
                missing.isEmpty()
                        ? null
                        : count(
                                OptionalDouble.of(
                                        missing.getAsDouble()
                                                - metrics.sum(CAME_AFTER_ALL).orElse(0))),
                count(metrics.sum(REPEATS)));
    }

    private static @Nullable SourceKind source(PrometheusText metrics) {
        for (SourceKind kind : SourceKind.values()) {
            OptionalDouble isIt = metrics.sample(SOURCE.formatted(kind.label()));
            if (isIt.isPresent() && isIt.getAsDouble() == 1) {
                return kind;
            }
        }
        return null;
    }

    private @Nullable Instant streamTime(OptionalDouble lagSeconds) {
        return lagSeconds.isEmpty() || Double.isNaN(lagSeconds.getAsDouble())
                ? null
                : clock.instant()
                        .minusMillis((long) (lagSeconds.getAsDouble() * MILLIS_PER_SECOND));
    }

    /** What the bridge gives as reasons. */
    private static String reasons(String body) {
        StringJoiner reasons = new StringJoiner("; ");
        reasons.setEmptyValue("The bridge says that it is not healthy");
        try {
            for (JsonNode reason : MAPPER.readTree(body).path("reasons")) {
                reasons.add(reason.asText());
            }
        } catch (IOException e) {
            return reasons.toString();
        }
        return reasons.toString();
    }

    private static @Nullable Long count(OptionalDouble value) {
        return value.isPresent() ? Long.valueOf((long) value.getAsDouble()) : null;
    }
}
