package io.github.wikiflow.archive;

import io.github.wikiflow.events.kafka.DeadLetterHeaders;
import io.github.wikiflow.jobs.RawChange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** A dead letter as Kafka record: key and value as found, why and from where in the headers. */
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
        RawChange record = letter.record();
        return new ProducerRecord<>(
                deadLetterTopic,
                null,
                record.key(),
                record.value(),
                List.of(
                        header(DeadLetterHeaders.REASON, letter.reason()),
                        header(DeadLetterHeaders.SOURCE_TOPIC, sourceTopic),
                        header(
                                DeadLetterHeaders.SOURCE_PARTITION,
                                Integer.toString(record.partition())),
                        header(DeadLetterHeaders.SOURCE_OFFSET, Long.toString(record.offset()))));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
