package io.github.wikiflow.jobs;

/**
 * A record of the changes topic as Kafka holds it, not yet parsed.
 *
 * @param key may be null
 * @param value may be null
 * @param partition the record's partition
 * @param offset the record's position in its partition
 * @param timestamp Kafka's record time in epoch milliseconds
 */
public record RawChange(byte[] key, byte[] value, int partition, long offset, long timestamp)
        implements TopicPlace {}
