package io.github.wikiflow.sandbox.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyClockTest {

    private static final Instant START = Instant.parse("2026-05-01T00:00:00Z");

    @ParameterizedTest
    @ValueSource(ints = {-365, 365})
    void goesOnWhenTheOtherClockIsSet(int days) {
        AtomicReference<Instant> other = new AtomicReference<>(START);
        SteadyClock clock = new SteadyClock(other::get);
        other.set(START.plus(Duration.ofDays(days)));
        Instant first = clock.instant();
        assertThat(first).isBetween(START, START.plus(Duration.ofHours(1)));
        await("that it goes on")
                .atMost(Duration.ofSeconds(30))
                .until(() -> clock.instant().isAfter(first));
    }
}
