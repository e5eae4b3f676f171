package io.github.wikiflow.events.ranking;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingReplacementTest {

    private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    @Test
    void aFinalRecordIsNotReplacedByAnyOtherWhateverTheClockSays() {
        Ranking last = ranking(Pane.ON_TIME, true, 3, 10, NOON);
        for (Pane pane : Pane.values()) {
            Ranking open = ranking(pane, false, 4, 11, NOON.plusSeconds(3600));
            assertThat(open.replaces(last)).as("%s", pane).isFalse();
            assertThat(last.replaces(open)).as("%s", pane).isTrue();
        }
    }

    @Test
    void aLaterPaneReplacesAnEarlierOneWrittenByAClockThatIsBehind() {
        Ranking early = ranking(Pane.EARLY, false, 9, 10, NOON.plusSeconds(3600));
        Ranking onTime = ranking(Pane.ON_TIME, false, 1, 10, NOON);
        Ranking corrected = ranking(Pane.LATE, false, 1, 10, NOON.minusSeconds(3600));
        assertThat(onTime.replaces(early)).isTrue();
        assertThat(early.replaces(onTime)).isFalse();
        assertThat(corrected.replaces(onTime)).isTrue();
        assertThat(onTime.replaces(corrected)).isFalse();
    }

    @Test
    void afterARestartThatWentBackNothingIsReplacedByLess() {
        Ranking before = ranking(Pane.EARLY, false, 7, 100, NOON);
        Ranking recounted = ranking(Pane.EARLY, false, 8, 90, NOON.plusSeconds(1));
        Ranking beyond = ranking(Pane.EARLY, false, 6, 101, NOON.plusSeconds(2));
        assertThat(recounted.replaces(before)).isFalse();
        assertThat(beyond.replaces(before)).isTrue();
    }

    @Test
    void aFinalRecordCanBeWrittenAnewButARepeatIsNoNews() {
        Ranking corrected = ranking(Pane.LATE, true, 9, 10, NOON);
        Ranking recomputed = ranking(Pane.ON_TIME, true, 1, 8, NOON);
        assertThat(recomputed.replaces(corrected)).isTrue();
        assertThat(corrected.replaces(corrected)).isFalse();
    }

    @Test
    void aBotIsWhoChangesMoreWithTheFlagThanWithout() {
        assertThat(new RankingEntry(1, "A person", 4_080, 8, null).isMostlyBot()).isFalse();
        assertThat(new RankingEntry(1, "Half", 2, 1, null).isMostlyBot()).isFalse();
        assertThat(new RankingEntry(1, "A bot", 3, 2, null).isMostlyBot()).isTrue();
    }

    private static Ranking ranking(
            Pane pane, boolean isFinal, long revision, long changes, Instant emittedAt) {
        return new Ranking(
                Dimension.USERS,
                NOON,
                NOON.plusSeconds(600),
                pane,
                isFinal,
                revision,
                NOON,
                emittedAt,
                changes,
                1,
                List.of());
    }
}
