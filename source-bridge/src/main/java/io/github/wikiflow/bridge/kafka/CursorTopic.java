package io.github.wikiflow.bridge.kafka;

import io.github.wikiflow.bridge.position.Cursor;
import io.github.wikiflow.bridge.position.CursorJson;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.source.SourceKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The compacted topic that keeps the cursor of each stream, by the stream's name. Reading it goes
 * through all of it, which is little, and only at the start and after a fault.
 */
final class CursorTopic {

    private static final Duration POLL = Duration.ofMillis(100);

    private final String topic;
    private final String stream;
    private final Properties clientProperties;

    CursorTopic(String topic, String stream, Properties clientProperties) {
        this.topic = topic;
        this.stream = stream;
        this.clientProperties = clientProperties;
    }

    ProducerRecord<byte[], byte[]> record(Cursor cursor) {
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(
                        topic, stream.getBytes(StandardCharsets.UTF_8), CursorJson.write(cursor));
        if (cursor.kind() != null) {
            record.headers()
                    .add(
                            SourceKind.RECORD_HEADER,
                            cursor.kind().label().getBytes(StandardCharsets.UTF_8));
        }
        return record;
    }

    /**
     * The last committed cursor that can be read now. While transactions are open, also other
     * bridges', there may be later ones behind them.
     *
     * @return null if there is none
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    Cursor readVisible() {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
            List<TopicPartition> partitions = partitions(consumer);
            return read(consumer, consumer.endOffsets(partitions), Duration.ofSeconds(30));
        }
    }

    /**
     * The last committed cursor of those that were written before the call; waits until the
     * transactions in which they were written have ended.
     *
     * @param atMost how long a transaction can last
     * @return null if there is none
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    Cursor readLatest(Duration atMost) {
        Map<TopicPartition, Long> ends;
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_uncommitted")) {
            ends = consumer.endOffsets(partitions(consumer));
        }
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
            return read(consumer, ends, atMost);
        }
    }

    private Cursor read(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Duration atMost) {
        byte[] found = null;
        consumer.assign(ends.keySet());
        consumer.seekToBeginning(ends.keySet());
        Map<TopicPartition, Long> missing = new HashMap<>(ends);
        long deadline = System.nanoTime() + atMost.toNanos();
        while (true) {
            missing.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            if (missing.isEmpty()) {
                return found == null ? null : parse(found);
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException(
                        "an open transaction hides the end of %s".formatted(missing.keySet()));
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (stream.equals(new String(record.key(), StandardCharsets.UTF_8))) {
                    found = record.value();
                }
            }
        }
    }

    private Cursor parse(byte[] json) {
        try {
            return CursorJson.read(json);
        } catch (IllegalArgumentException e) {
            throw new OperationException(
                    "the topic %s has no usable resume point for the stream %s (%s); delete the record to begin anew"
                            .formatted(topic, stream, e.getMessage()),
                    e);
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (PartitionInfo partition : consumer.partitionsFor(topic)) {
            partitions.add(new TopicPartition(topic, partition.partition()));
        }
        return partitions;
    }

    private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        Properties properties = new Properties();
        properties.putAll(clientProperties);
        properties.setProperty("isolation.level", isolation);
        properties.setProperty("enable.auto.commit", "false");
        properties.setProperty("auto.offset.reset", "earliest");
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
