package io.github.wikiflow.dashboard.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class LastNewsTest {

    private static final Instant START = Instant.parse("2026-11-23T18:40:00Z");

    private final LastNews news = new LastNews();

    @Test
    void isWhenTheCountChanges() {
        assertThat(news.read(at(0), 5L, null)).isNull();
        assertThat(news.read(at(2), 5L, null)).isNull();
        assertThat(news.read(at(4), 6L, null)).isEqualTo(at(4));
        assertThat(news.read(at(6), 6L, null)).isEqualTo(at(4));
        assertThat(news.read(at(8), null, null)).isEqualTo(at(4));
        assertThat(news.read(at(10), 6L, null)).isEqualTo(at(4));
    }

    @Test
    void isTheNewestRankingWhereThatIsLater() {
        assertThat(news.read(at(0), null, at(-60))).isEqualTo(at(-60));
        assertThat(news.read(at(2), 5L, at(-60))).isEqualTo(at(-60));
        assertThat(news.read(at(4), 6L, at(1))).isEqualTo(at(4));
        assertThat(news.read(at(6), 6L, at(5))).isEqualTo(at(5));
    }

    @Test
    void aBridgeThatBeginsAnewIsNoNewsBeforeItsFirstEvent() {
        news.read(at(0), 5L, null);
        assertThat(news.read(at(2), 0L, null)).isNull();
        assertThat(news.read(at(4), 1L, null)).isEqualTo(at(4));
    }

    private static Instant at(long second) {
        return START.plusSeconds(second);
    }
}
