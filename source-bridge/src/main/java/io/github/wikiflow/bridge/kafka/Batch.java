package io.github.wikiflow.bridge.kafka;

import io.github.wikiflow.bridge.position.Cursor;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What is committed at once.
 *
 * @param records events and dead letters in the order in which they came
 * @param changes how many of the records are events
 * @param bytes size of the records' keys and values
 * @param cursor where the bridge stands after them
 */
public record Batch(
        List<ProducerRecord<byte[], byte[]>> records, int changes, long bytes, Cursor cursor) {}
