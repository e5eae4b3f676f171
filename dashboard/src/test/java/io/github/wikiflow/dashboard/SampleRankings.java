package io.github.wikiflow.dashboard;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Pane;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Rankings for tests, in which only what a test is about needs to be said. */
public final class SampleRankings {

    /** The start of a window. */
    public static final Instant START = Instant.parse("2026-11-23T18:40:00Z");

    public static final Duration LENGTH = Duration.ofMinutes(10);

    private SampleRankings() {}

    /** An entry whose rank is given by its place in the list. */
    public static RankingEntry entry(String name, long count) {
        return new RankingEntry(1, name, count, 0, null);
    }

    /** A bot's entry. */
    public static RankingEntry bot(String name, long count) {
        return new RankingEntry(1, name, count, count, null);
    }

    /** A page's entry. */
    public static RankingEntry page(String wiki, String title, long count) {
        return new RankingEntry(1, title, count, 0, wiki);
    }

    /** The open window at {@link #START}. */
    public static Ranking early(Dimension dimension, long revision, RankingEntry... top) {
        return of(dimension, START, Pane.EARLY, false, revision, List.of(top));
    }

    /** The same, emitted at another time. */
    public static Ranking emitted(Instant at, Ranking ranking) {
        return new Ranking(
                ranking.dimension(),
                ranking.windowStart(),
                ranking.windowEnd(),
                ranking.pane(),
                ranking.isFinal(),
                ranking.revision(),
                ranking.watermark(),
                at,
                ranking.changes(),
                ranking.distinct(),
                ranking.top());
    }

    /**
     * Any ranking; it counts twice as many changes as the entries have, and ten times the items.
     */
    public static Ranking of(
            Dimension dimension,
            Instant start,
            Pane pane,
            boolean isFinal,
            long revision,
            List<RankingEntry> top) {
        List<RankingEntry> ranked = new ArrayList<>();
        long changes = 0;
        for (RankingEntry entry : top) {
            ranked.add(entry.at(ranked.size() + 1, null));
            changes += 2 * entry.count();
        }
        return new Ranking(
                dimension,
                start,
                start.plus(LENGTH),
                pane,
                isFinal,
                revision,
                start.plusSeconds(60),
                start.plusSeconds(90),
                changes,
                10L * top.size(),
                ranked);
    }
}
