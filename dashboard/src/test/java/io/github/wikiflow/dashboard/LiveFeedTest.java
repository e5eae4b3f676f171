package io.github.wikiflow.dashboard;

import static io.github.wikiflow.dashboard.SampleRankings.LENGTH;
import static io.github.wikiflow.dashboard.SampleRankings.START;
import static io.github.wikiflow.dashboard.SampleRankings.entry;
import static io.github.wikiflow.dashboard.SampleRankings.of;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.dashboard.push.Broadcaster;
import io.github.wikiflow.dashboard.push.MessageLog;
import io.github.wikiflow.dashboard.standings.RankingStore;
import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Pane;
import io.github.wikiflow.events.ranking.Ranking;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How much is kept to be pushed. */
class LiveFeedTest {

    private final MessageLog log = new MessageLog("run1");
    private final Broadcaster broadcaster = new Broadcaster(log, 1, Duration.ofDays(1));
    private final LiveFeed feed = new LiveFeed(new RankingStore(10_000), log, broadcaster);

    @AfterEach
    void close() {
        broadcaster.close();
    }

    @Test
    void pushesTheWindowsOfADayAndOneRankingOfEachDimension() {
        for (int i = 0; i < 1_000; i++) {
            Instant start = START.plus(LENGTH.multipliedBy(i));
            feed.rankings(
                    List.of(ranking(Dimension.USERS, start), ranking(Dimension.WIKIS, start)));
        }
        // The newest, and the 144 that began in the day before it.
        assertThat(log.size()).isEqualTo(145 + 2);
    }

    @Test
    void shortWindowsAreBoundedByTheirNumber() {
        for (int i = 0; i < 3_000; i++) {
            feed.rankings(List.of(ranking(Dimension.USERS, START.plusSeconds(i))));
        }
        assertThat(log.size()).isEqualTo(1_440 + 1);
    }

    private static Ranking ranking(Dimension dimension, Instant start) {
        return of(dimension, start, Pane.EARLY, false, 1, List.of(entry("a", 1)));
    }
}
