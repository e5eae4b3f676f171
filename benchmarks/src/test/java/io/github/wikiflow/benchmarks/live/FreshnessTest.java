package io.github.wikiflow.benchmarks.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.benchmarks.Latencies;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.LandedEvent;
import io.github.wikiflow.sandbox.generator.Workload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreshnessTest {

    private static final Instant WINDOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long START = WINDOW.toEpochMilli();
    private static final long END = Long.MAX_VALUE;

    private final Arrivals arrivals = new Arrivals(1);

    @Test
    void aChangeIsCountedByTheFirstRankingThatCountsAsManyAsHadArrived() {
        arrive(100, 200, 300, 400);

        Latencies latencies =
                Freshness.of(
                        List.of(
                                new Sighting(START, 2, START + 1_200),
                                new Sighting(START, 4, START + 2_200)),
                        arrivals,
                        START,
                        END);

        assertThat(latencies.size()).isEqualTo(4);
        // 1.1, 1.0, 1.9 and 1.8 s
        assertThat(latencies.seconds(0.25)).isEqualTo(1.0);
        assertThat(latencies.seconds(0.5)).isEqualTo(1.1);
        assertThat(latencies.seconds(0.75)).isEqualTo(1.8);
        assertThat(latencies.seconds(1)).isEqualTo(1.9);
    }

    @Test
    void whatIsWrittenAgainAfterAFailureCountsNothingTwice() {
        arrive(100, 200, 300);

        Latencies latencies =
                Freshness.of(
                        List.of(
                                new Sighting(START, 2, START + 1_000),
                                new Sighting(START, 1, START + 2_000),
                                new Sighting(START, 3, START + 3_000)),
                        arrivals,
                        START,
                        END);

        assertThat(latencies.size()).isEqualTo(3);
        assertThat(latencies.seconds(1)).isEqualTo(2.7);
    }

    @Test
    void onlyChangesThatArrivedInTheMeasuredTimeAreTaken() {
        arrive(100, 200, 300);

        Latencies latencies =
                Freshness.of(
                        List.of(new Sighting(START, 3, START + 1_000)),
                        arrivals,
                        START + 200,
                        START + 300);

        assertThat(latencies.size()).isEqualTo(1);
        assertThat(latencies.seconds(1)).isEqualTo(0.8);
    }

    /** Changes of the window, with record times so many milliseconds after its start. */
    private void arrive(long... recordTimes) {
        List<GeneratedEvent> events = new ArrayList<>();
        EventLog log = new EventLog(Workload.builder().start(WINDOW.plusSeconds(60)).build());
        log.events(0, recordTimes.length).forEach(events::add);
        for (int i = 0; i < recordTimes.length; i++) {
            arrivals.add(new LandedEvent(events.get(i), 0, i, START + recordTimes[i]));
        }
    }
}
