package io.github.wikiflow.bridge.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads what stands committed at the end of a topic.
 *
 * @param clientProperties how to reach Kafka; not to be changed
 * @param offsets how many offsets before the end of each partition to begin; some of them are not
 *     records but ends of transactions
 */
record CommittedTail(String topic, Properties clientProperties, long offsets) {

    private static final Duration POLL = Duration.ofMillis(100);

    /**
     * What can be read now. While transactions are open there may be more behind them.
     *
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    void readVisible(Duration atMost, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
            read(consumer, consumer.endOffsets(partitions(consumer)), atMost, taker);
        }
    }

    /**
     * All that was written before the call; waits until the transactions in which it was written
     * have ended.
     *
     * @param atMost how long a transaction can last
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer
     */
    void readAll(Duration atMost, Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        Map<TopicPartition, Long> ends;
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_uncommitted")) {
            ends = consumer.endOffsets(partitions(consumer));
        }
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
            read(consumer, ends, atMost, taker);
        }
    }

    private void read(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> ends,
            Duration atMost,
            Consumer<ConsumerRecord<byte[], byte[]>> taker) {
        consumer.assign(ends.keySet());
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(ends.keySet());
        ends.forEach(
                (partition, end) ->
                        consumer.seek(
                                partition,
                                Math.max(
                                        Objects.requireNonNull(beginnings.get(partition)),
                                        end - offsets)));
        Map<TopicPartition, Long> missing = new HashMap<>(ends);
        long begun = System.nanoTime();
        while (true) {
            missing.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            if (missing.isEmpty()) {
                return;
            }
            if (System.nanoTime() - begun > atMost.toNanos()) {
                throw new TimeoutException(
                        "an open transaction hides the end of %s".formatted(missing.keySet()));
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                taker.accept(record);
            }
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
