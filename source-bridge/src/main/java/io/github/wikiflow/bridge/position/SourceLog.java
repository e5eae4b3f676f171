package io.github.wikiflow.bridge.position;

/**
 * A log that the stream is made from: one partition of one topic of Wikimedia's own Kafka. There is
 * a topic for each data centre.
 */
public record SourceLog(String topic, int partition) {}
