package io.github.wikiflow.rankings;

import io.github.wikiflow.events.ranking.Dimension;

/**
 * Changes counted before the exchange: what one subtask has seen since its last flush of one bucket
 * of one dimension in one window.
 *
 * @param bucket from 0 to {@link Buckets#NUMBER}, exclusive
 * @param windowStart in epoch milliseconds
 */
record BucketCounts(Dimension dimension, int bucket, long windowStart, ItemCounts counts) {}
