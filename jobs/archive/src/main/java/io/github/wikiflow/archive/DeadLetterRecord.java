package io.github.wikiflow.archive;

import io.github.wikiflow.events.kafka.CopiedRecord;
import io.github.wikiflow.events.kafka.DeadLetterHeaders;
import io.github.wikiflow.jobs.RawChange;
import java.nio.charset.StandardCharsets;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A dead letter as Kafka record: key and value as {@link CopiedRecord}, why and from where in the
 * headers.
 */
final class DeadLetterRecord implements KafkaRecordSerializationSchema<DeadLetter> {

    private static final long serialVersionUID = 1L;

    private final String deadLetterTopic;
    private final String sourceTopic;

    DeadLetterRecord(String deadLetterTopic, String sourceTopic) {
        this.deadLetterTopic = deadLetterTopic;
        this.sourceTopic = sourceTopic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            DeadLetter letter, KafkaSinkContext context, Long timestamp) {
        RawChange found = letter.record();
        ProducerRecord<byte[], byte[]> record =
                CopiedRecord.of(deadLetterTopic, found.key(), found.value());
        addHeader(record, DeadLetterHeaders.REASON, letter.reason());
        addHeader(record, DeadLetterHeaders.SOURCE_TOPIC, sourceTopic);
        addHeader(record, DeadLetterHeaders.SOURCE_PARTITION, Integer.toString(found.partition()));
        addHeader(record, DeadLetterHeaders.SOURCE_OFFSET, Long.toString(found.offset()));
        return record;
    }

    private static void addHeader(
            ProducerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
