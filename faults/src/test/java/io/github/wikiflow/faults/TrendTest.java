package io.github.wikiflow.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class TrendTest {

    @Test
    void whatOnlyFillsAtFirstIsFlat() {
        Trend trend = trend(i -> Math.min(i, 25) * 100 + i % 3);
        assertThat(trend.isFlat()).isTrue();
        assertThat(trend.max()).isEqualTo(2_502);
    }

    @Test
    void whatLeaksIsNot() {
        Trend trend = trend(i -> 1_000 + 5 * i);
        assertThat(trend.isFlat()).isFalse();
        assertThat(trend.early()).isEqualTo(1_000 + 5 * 37);
        assertThat(trend.late()).isEqualTo(1_000 + 5 * 87);
    }

    private static Trend trend(LongUnaryOperator figure) {
        Trend trend = new Trend();
        for (int i = 0; i < 100; i++) {
            trend.add(figure.applyAsLong(i));
        }
        return trend;
    }
}
