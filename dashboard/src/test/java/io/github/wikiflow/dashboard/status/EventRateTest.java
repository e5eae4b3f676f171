package io.github.wikiflow.dashboard.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventRateTest {

    private static final Instant START = Instant.parse("2026-11-23T18:40:00Z");

    private final EventRate rate = new EventRate(3);

    @Test
    void averagesOverSomeTenSeconds() {
        read(0, 100L);
        assertThat(rate.perSecond()).isNull();
        read(2, 200L);
        assertThat(rate.perSecond()).isEqualTo(50.0);
        read(10, 300L);
        assertThat(rate.perSecond()).isEqualTo(20.0);
        // The first reading is older than ten seconds by now.
        read(12, 320L);
        assertThat(rate.perSecond()).isEqualTo(12.0);
        assertThat(rate.course()).containsExactly(50.0, 20.0, 12.0);
        read(14, 380L);
        assertThat(rate.course()).containsExactly(20.0, 12.0, 20.0);
    }

    @Test
    void startsAfreshWhenTheBridgeDid() {
        read(0, 1000L);
        read(2, 1100L);
        read(4, 10L);
        assertThat(rate.perSecond()).isNull();
        read(6, 30L);
        assertThat(rate.perSecond()).isEqualTo(10.0);
    }

    @Test
    void isUnknownWhileNobodyAnswers() {
        read(0, 1L);
        read(2, 3L);
        read(4, null);
        assertThat(rate.perSecond()).isNull();
        assertThat(rate.course()).containsExactly(1.0);
    }

    private void read(int second, Long count) {
        rate.read(START.plusSeconds(second), count);
    }
}
