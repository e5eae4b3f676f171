package io.github.wikiflow.rankings.count;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.jobs.RawChange;
import org.jspecify.annotations.Nullable;

/**
 * Changes counted before the exchange: what one subtask has seen since its last flush of one bucket
 * of one dimension in one window.
 *
 * @param bucket from 0 to {@link Buckets#NUMBER}, exclusive
 * @param windowStart in epoch milliseconds
 * @param original if these counts are of a single change whose window may have closed already: its
 *     record, so that it is not lost; else null
 */
public record BucketCounts(
        Dimension dimension,
        int bucket,
        long windowStart,
        ItemCounts counts,
        @Nullable RawChange original) {

    /** What bucket counts are partitioned by. */
    public int key() {
        return Buckets.key(dimension, bucket);
    }
}
