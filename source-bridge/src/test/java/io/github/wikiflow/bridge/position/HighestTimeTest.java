package io.github.wikiflow.bridge.position;

import static io.github.wikiflow.bridge.position.StreamPosition.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class HighestTimeTest {

    private static final long TIME = 1_700_000_000_000L;
    private static final long YEAR = Duration.ofDays(365).toMillis();

    private final HighestTime time = new HighestTime(UNKNOWN, true);

    @Test
    void isTheHighestAndFollowsAnOutage() {
        assertThat(time.get()).isEqualTo(UNKNOWN);
        see(TIME, 100);
        assertThat(time.see(TIME - 5_000)).isFalse();
        assertThat(time.get()).isEqualTo(TIME + 99);
        assertThat(time.lowestOfFirst()).isEqualTo(TIME);
        see(TIME + Duration.ofDays(3).toMillis(), HighestTime.WITNESSES);
        assertThat(time.get())
                .isEqualTo(TIME + Duration.ofDays(3).toMillis() + HighestTime.WITNESSES - 1);
    }

    @Test
    void isNotWhatOneWrongClockSays() {
        see(TIME, 100);
        for (int i = 0; i < 1_000; i++) {
            time.see(TIME + YEAR);
            assertThat(time.see(TIME + 100 + i)).isTrue();
            assertThat(time.get()).isEqualTo(TIME + 100 + i);
        }
    }

    @Test
    void isNotPoisonedByTheFirst() {
        for (long first : new long[] {TIME + YEAR, TIME - YEAR, Long.MAX_VALUE, 0}) {
            HighestTime poisoned = new HighestTime(UNKNOWN, true);
            poisoned.see(first);
            assertThat(poisoned.isBorneOut()).isFalse();
            HighestTime resumed = new HighestTime(poisoned.get(), true);
            for (int i = 0; i < HighestTime.WITNESSES; i++) {
                poisoned.see(TIME + i);
                resumed.see(TIME + i);
            }
            assertThat(poisoned.isBorneOut()).isTrue();
            assertThat(poisoned.get()).as("%d", first).isBetween(TIME, TIME + 20);
            assertThat(poisoned.lowestOfFirst()).isEqualTo(TIME);
            assertThat(resumed.get()).isBetween(TIME, TIME + 20);
        }
    }

    @Test
    void knowsWhatIsLaterForCertain() {
        assertThat(time.isSurpassedBy(TIME)).isFalse();
        see(TIME, 100);
        assertThat(time.isSurpassedBy(TIME + 99)).isFalse();
        assertThat(time.isSurpassedBy(TIME + 100)).isTrue();
        for (int i = 1; i < HighestTime.WITNESSES; i++) {
            assertThat(time.isSurpassedBy(TIME + YEAR)).isFalse();
            time.see(TIME + YEAR);
        }
        assertThat(time.isSurpassedBy(TIME + YEAR)).isTrue();
    }

    private void see(long from, int events) {
        for (int i = 0; i < events; i++) {
            time.see(from + i);
        }
    }
}
