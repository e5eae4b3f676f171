package io.github.wikiflow.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

class TrendTest {

    @Test
    void whatOnlyFillsAtFirstIsFlat() {
        Trend trend = trend(new Trend(), i -> Math.min(i, 25) * 100 + i % 3);
        assertThat(trend.isFlat()).isTrue();
        assertThat(trend.max()).isEqualTo(2_502);
    }

    @Test
    void whatGoesUpAndDownIsFlat() {
        assertThat(trend(new Trend(), i -> 1_000 + 500 * (i % 10)).isFlat()).isTrue();
    }

    @Test
    void whatLeaksIsNotHoweverMuchItGoesUpAndDown() {
        Trend trend = trend(new Trend(), i -> 1_000 + 5 * i);
        assertThat(trend.isFlat()).isFalse();
        assertThat(trend.mean()).isEqualTo(1_000 + 5 * 62);
        assertThat(trend.growth()).isCloseTo(5 * 75, within(1e-6));
        assertThat(trend(new Trend(), i -> 1_000 + 5 * i + 500 * (i % 10)).isFlat()).isFalse();
    }

    @Test
    void whatHasABoundMayGrowUpToIt() {
        assertThat(trend(new Trend(1_500), i -> 1_000 + 5 * i).isFlat()).isTrue();
        assertThat(trend(new Trend(1_490), i -> 1_000 + 5 * i).isFlat()).isFalse();
    }

    private static Trend trend(Trend trend, LongUnaryOperator figure) {
        for (int i = 0; i < 100; i++) {
            trend.add(figure.applyAsLong(i));
        }
        return trend;
    }
}
