package io.github.wikiflow.dashboard.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TroubleWatchTest {

    private static final Instant START = Instant.parse("2026-11-23T18:40:00Z");

    private final TroubleWatch watch = new TroubleWatch();

    @Test
    void namesThePartOnWhichMostDepend() {
        assertThat(look(0, Health.HEALTHY, Health.UNKNOWN, Health.HEALTHY)).isNull();
        assertThat(look(1, Health.HEALTHY, Health.HEALTHY, Health.UNHEALTHY))
                .isEqualTo(trouble("wikiflow-archive", 1));
        assertThat(look(2, Health.HEALTHY, Health.UNHEALTHY, Health.UNHEALTHY))
                .isEqualTo(trouble("bridge", 2));
        assertThat(look(3, Health.UNHEALTHY, Health.UNHEALTHY, Health.UNHEALTHY))
                .isEqualTo(trouble("kafka", 3));
        assertThat(look(4, Health.HEALTHY, Health.HEALTHY, Health.UNHEALTHY))
                .isEqualTo(trouble("wikiflow-archive", 1));
    }

    @Test
    void whatDoesNotAnswerIsNotWellAgain() {
        look(0, Health.UNHEALTHY, Health.HEALTHY, Health.HEALTHY);
        assertThat(look(1, Health.UNKNOWN, Health.HEALTHY, Health.HEALTHY)).isNull();
        assertThat(look(2, Health.UNHEALTHY, Health.HEALTHY, Health.HEALTHY))
                .isEqualTo(trouble("kafka", 0));
        look(3, Health.HEALTHY, Health.HEALTHY, Health.HEALTHY);
        assertThat(look(4, Health.UNHEALTHY, Health.HEALTHY, Health.HEALTHY))
                .isEqualTo(trouble("kafka", 4));
    }

    private static Trouble trouble(String part, long since) {
        return new Trouble(part, "word", "detail", START.plusSeconds(since));
    }

    private @Nullable Trouble look(long second, Health kafka, Health bridge, Health archive) {
        return watch.look(
                START.plusSeconds(second),
                new KafkaStatus(kafka, "word", "detail", null, null),
                new BridgeStatus(bridge, "word", "detail", null, null, null, null, null),
                List.of(JobStatus.without("wikiflow-archive", archive, "word", "detail")));
    }
}
