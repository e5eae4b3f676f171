package io.github.wikiflow.dashboard.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.dashboard.StandInPipeline;
import io.github.wikiflow.events.source.SourceKind;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BridgeSourceTest {

    private static final Instant NOW = Instant.parse("2026-11-23T18:40:00Z");

    private StandInPipeline bridge;
    private BridgeSource source;

    @BeforeEach
    void start() throws Exception {
        bridge = new StandInPipeline();
        source = new BridgeSource(bridge.uri(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        bridge.close();
    }

    @Test
    void readsTheMetricsOfTheBridge() throws Exception {
        bridge.answer("/healthz", 200, "{\"status\":\"healthy\",\"reasons\":[]}")
                .answer(
                        "/metrics",
                        200,
                        """
                        # TYPE wikiflow_bridge_events_total counter
                        wikiflow_bridge_events_total 1234.0
                        wikiflow_bridge_missing_events_total 7.0
                        wikiflow_bridge_late_arrivals_total 2.0
                        wikiflow_bridge_repeats_total 31.0
                        wikiflow_bridge_lag_seconds 2.5
                        wikiflow_bridge_source{kind="live"} 0.0
                        wikiflow_bridge_source{kind="replay"} 0.0
                        wikiflow_bridge_source{kind="simulated"} 1.0
                        """);
        assertThat(source.poll())
                .isEqualTo(
                        new BridgeStatus(
                                Health.HEALTHY,
                                "running",
                                "The bridge forwards events",
                                SourceKind.SIMULATED,
                                NOW.minusMillis(2500),
                                1234L,
                                5L,
                                31L));
    }

    @Test
    void saysWhyTheBridgeIsNotHealthyAndWhatIsNotKnownYet() throws Exception {
        bridge.answer("/healthz", 503, "{\"reasons\":[\"no stream\",\"no Kafka\"]}")
                .answer("/metrics", 200, "wikiflow_bridge_lag_seconds NaN\n");
        assertThat(source.poll())
                .isEqualTo(
                        new BridgeStatus(
                                Health.UNHEALTHY,
                                "not healthy",
                                "no stream; no Kafka",
                                null,
                                null,
                                null,
                                null,
                                null));
    }

    @Test
    void whatDoesNotAnswerIsUnknown() throws Exception {
        BridgeStatus unknown = BridgeStatus.unknown("No bridge answers at " + bridge.uri());
        assertThat(source.poll()).isEqualTo(unknown);
        bridge.close();
        assertThat(source.poll()).isEqualTo(unknown);
    }
}
