package io.github.wikiflow.rankings.change;

import io.github.wikiflow.events.kafka.CopiedRecord;
import io.github.wikiflow.events.kafka.LateChangeHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The records of the topic of late changes: the original, and in headers what it came too late for.
 */
public final class LateChangeRecords implements KafkaRecordSerializationSchema<LateChange> {

    private static final long serialVersionUID = 1L;

    private final String topic;

    public LateChangeRecords(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            LateChange late, KafkaSinkContext context, Long timestamp) {
        ProducerRecord<byte[], byte[]> record =
                CopiedRecord.of(topic, late.raw().key(), late.raw().value());
        addHeader(record, LateChangeHeaders.WINDOW_START, Instant.ofEpochMilli(late.windowStart()));
        addHeader(record, LateChangeHeaders.WINDOW_END, Instant.ofEpochMilli(late.windowEnd()));
        addHeader(record, LateChangeHeaders.LATENESS_MS, late.latenessMillis());
        addHeader(record, LateChangeHeaders.SOURCE_PARTITION, late.raw().partition());
        addHeader(record, LateChangeHeaders.SOURCE_OFFSET, late.raw().offset());
        return record;
    }

    private static void addHeader(
            ProducerRecord<byte[], byte[]> record, String name, Object value) {
        record.headers().add(name, value.toString().getBytes(StandardCharsets.UTF_8));
    }
}
