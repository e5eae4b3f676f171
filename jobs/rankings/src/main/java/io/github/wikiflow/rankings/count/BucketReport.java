package io.github.wikiflow.rankings.count;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.RankingEntry;
import java.util.List;

/**
 * How a bucket stands in a window. Replaces the bucket's earlier report for the window.
 *
 * @param windowStart in epoch milliseconds
 * @param changes all changes, those without an item included
 * @param distinct the number of different items
 * @param top the bucket's first places, in order, ranked within the bucket
 */
public record BucketReport(
        Dimension dimension,
        int bucket,
        long windowStart,
        long changes,
        long distinct,
        List<RankingEntry> top) {}
