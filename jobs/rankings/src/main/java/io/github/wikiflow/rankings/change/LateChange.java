package io.github.wikiflow.rankings.change;

import io.github.wikiflow.jobs.RawChange;

/**
 * A change whose window had closed for good when it came.
 *
 * @param raw the record as Kafka holds it
 * @param windowStart of the window that it belongs to, in epoch milliseconds, inclusive
 * @param windowEnd exclusive
 * @param latenessMillis by how much the watermark of its partition is ahead of the change
 */
public record LateChange(RawChange raw, long windowStart, long windowEnd, long latenessMillis) {}
