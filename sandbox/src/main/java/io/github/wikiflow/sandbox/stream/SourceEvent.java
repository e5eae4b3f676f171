package io.github.wikiflow.sandbox.stream;

/**
 * One record of Wikimedia's own Kafka.
 *
 * @param topic one of the log's
 * @param offset in that topic; contiguous
 * @param timestamp of the record, in milliseconds since 1970
 * @param json the event in UTF-8, served as it is; not to be changed
 */
public record SourceEvent(String topic, long offset, long timestamp, byte[] json) {}
