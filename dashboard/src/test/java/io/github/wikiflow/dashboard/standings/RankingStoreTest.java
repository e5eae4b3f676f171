package io.github.wikiflow.dashboard.standings;

import static io.github.wikiflow.dashboard.SampleRankings.LENGTH;
import static io.github.wikiflow.dashboard.SampleRankings.START;
import static io.github.wikiflow.dashboard.SampleRankings.early;
import static io.github.wikiflow.dashboard.SampleRankings.entry;
import static io.github.wikiflow.dashboard.SampleRankings.of;
import static io.github.wikiflow.dashboard.SampleRankings.page;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Pane;
import io.github.wikiflow.events.ranking.Ranking;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingStoreTest {

    private final RankingStore store = new RankingStore(3);

    @Test
    void keepsTheRecordThatReplacesOthersInWhateverOrderTheyCome() {
        Ranking second = early(Dimension.USERS, 2, entry("b", 5));
        assertThat(store.apply(second)).isTrue();
        assertThat(store.apply(early(Dimension.USERS, 1, entry("a", 3)))).isFalse();
        assertThat(store.apply(second)).isFalse();

        assertThat(store.current(Dimension.USERS).orElseThrow().ranking()).isEqualTo(second);
        assertThat(store.current(Dimension.PAGES)).isEmpty();
    }

    @Test
    void tellsWhereEachEntryStoodInThePaneBefore() {
        store.apply(early(Dimension.PAGES, 1, page("enwiki", "A", 9), page("dewiki", "A", 5)));
        Standing first = store.current(Dimension.PAGES).orElseThrow();
        assertThat(first.hasPrevious()).isFalse();
        assertThat(first.previousRank(0)).isEmpty();

        Ranking second =
                early(
                        Dimension.PAGES,
                        4,
                        page("dewiki", "A", 12),
                        page("enwiki", "A", 11),
                        page("frwiki", "A", 1));
        store.apply(second);
        Standing next = store.current(Dimension.PAGES).orElseThrow();
        assertThat(next.hasPrevious()).isTrue();
        assertThat(next.previousRank(0)).hasValue(2);
        assertThat(next.previousRank(1)).hasValue(1);
        assertThat(next.previousRank(2)).isEmpty();

        // A repeated record is no new pane: nothing has moved since.
        store.apply(second);
        assertThat(store.current(Dimension.PAGES).orElseThrow().previousRank(0)).hasValue(2);
    }

    @Test
    void theCurrentWindowIsTheNewestOneOfItsDimension() {
        Ranking newer = of(Dimension.USERS, START.plus(LENGTH), Pane.EARLY, false, 1, List.of());
        store.apply(newer);
        store.apply(of(Dimension.USERS, START, Pane.LATE, false, 9, List.of()));
        store.apply(of(Dimension.WIKIS, START, Pane.ON_TIME, false, 1, List.of()));

        assertThat(store.current(Dimension.USERS).orElseThrow().ranking()).isEqualTo(newer);
        assertThat(store.current(Dimension.WIKIS).orElseThrow().ranking().windowStart())
                .isEqualTo(START);
    }

    @Test
    void summarisesWindowsByTheirUsers() {
        store.apply(of(Dimension.WIKIS, START, Pane.ON_TIME, false, 8, List.of(entry("x", 1))));
        assertThat(store.summary(START)).isEmpty();
        store.apply(
                of(
                        Dimension.USERS,
                        START,
                        Pane.LATE,
                        false,
                        7,
                        List.of(entry("a", 4), entry("b", 1))));
        assertThat(store.summary(START))
                .hasValue(
                        new WindowSummary(
                                START, START.plus(LENGTH), 10, 20, WindowState.CORRECTED));
        store.apply(of(Dimension.USERS, START, Pane.LATE, true, 9, List.of()));
        assertThat(store.summary(START).orElseThrow().state()).isEqualTo(WindowState.FINAL);
    }

    @Test
    void forgetsTheOldestWindowBeyondItsBound() {
        for (int i = 0; i < 5; i++) {
            assertThat(store.apply(users(START.plus(LENGTH.multipliedBy(i))))).isTrue();
        }
        assertThat(store.size()).isEqualTo(3);
        assertThat(store.newestWindows(Integer.MAX_VALUE))
                .extracting(WindowSummary::start)
                .containsExactly(
                        START.plus(LENGTH.multipliedBy(2)),
                        START.plus(LENGTH.multipliedBy(3)),
                        START.plus(LENGTH.multipliedBy(4)));
        assertThat(store.newestWindows(1))
                .extracting(WindowSummary::start)
                .containsExactly(START.plus(LENGTH.multipliedBy(4)));
        assertThat(store.apply(users(START))).isFalse();
        assertThat(store.standing(Dimension.USERS, START)).isEmpty();
        // A gap between kept windows may still be filled, at the cost of the oldest.
        assertThat(store.apply(users(START.plus(LENGTH.multipliedBy(3)).plusSeconds(60)))).isTrue();
        assertThat(store.size()).isEqualTo(3);
    }

    @Test
    void tellsOfWindowsOfOneLengthOnly() {
        Ranking hour = ofLength(START, Duration.ofHours(1));
        Ranking ten = ofLength(START, LENGTH);
        store.apply(ten);
        store.apply(hour);
        assertThat(store.current(Dimension.USERS).orElseThrow().ranking()).isEqualTo(ten);
        assertThat(store.standing(Dimension.USERS, START).orElseThrow().ranking()).isEqualTo(ten);
        assertThat(store.newestWindows(9))
                .extracting(WindowSummary::end)
                .containsExactly(START.plus(LENGTH));

        store.apply(ofLength(START.plus(Duration.ofHours(1)), Duration.ofHours(1)));
        assertThat(store.newestWindows(9))
                .extracting(window -> Duration.between(window.start(), window.end()))
                .containsExactly(Duration.ofHours(1), Duration.ofHours(1));
    }

    private static Ranking ofLength(Instant start, Duration length) {
        return new Ranking(
                Dimension.USERS,
                start,
                start.plus(length),
                Pane.EARLY,
                false,
                1,
                start,
                start,
                1,
                1,
                List.of(entry("a", 1)));
    }

    private static Ranking users(Instant start) {
        return of(Dimension.USERS, start, Pane.ON_TIME, true, 1, List.of(entry("a", 1)));
    }
}
