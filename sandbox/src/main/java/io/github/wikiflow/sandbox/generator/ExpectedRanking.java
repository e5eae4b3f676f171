package io.github.wikiflow.sandbox.generator;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What the last record of a dimension and window should say.
 *
 * @param windowStart inclusive
 * @param windowEnd exclusive
 * @param changes changes in the window that belong to the dimension
 * @param distinct different items with a name among them
 * @param top the first places in order
 */
public record ExpectedRanking(
        Dimension dimension,
        Instant windowStart,
        Instant windowEnd,
        long changes,
        long distinct,
        List<RankingEntry> top) {

    /** What a record says, without when and how it came to say it. */
    public static ExpectedRanking of(Ranking ranking) {
        return new ExpectedRanking(
                ranking.dimension(),
                ranking.windowStart(),
                ranking.windowEnd(),
                ranking.changes(),
                ranking.distinct(),
                ranking.top());
    }

    /** The same without what is known of the window before. */
    public ExpectedRanking withoutPlacesBefore() {
        return new ExpectedRanking(
                dimension,
                windowStart,
                windowEnd,
                changes,
                distinct,
                top.stream().map(entry -> entry.at(entry.rank(), null)).toList());
    }

    /** As {@link Ranking#key}. */
    public String key() {
        return dimension.label()
                + "|"
                + windowStart
                + "|"
                + Duration.between(windowStart, windowEnd);
    }
}
