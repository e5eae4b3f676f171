package io.github.wikiflow.jobs;

import org.jspecify.annotations.Nullable;

/**
 * A record of the changes topic as Kafka holds it, not yet parsed.
 *
 * @param partition the record's partition
 * @param offset the record's position in its partition
 * @param timestamp Kafka's record time in epoch milliseconds
 */
public record RawChange(
        byte @Nullable [] key, byte @Nullable [] value, int partition, long offset, long timestamp)
        implements TopicPlace {}
