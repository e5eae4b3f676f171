package io.github.wikiflow.sandbox.generator;

/**
 * Where an event stands in Wikimedia's own Kafka.
 *
 * @param topic one per data centre
 * @param offset contiguous within the topic
 */
public record SourcePosition(String topic, int partition, long offset) {}
