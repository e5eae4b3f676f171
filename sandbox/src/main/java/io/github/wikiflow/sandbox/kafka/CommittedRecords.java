package io.github.wikiflow.sandbox.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads whole topics as a consumer with {@code read_committed} sees them. Belongs to no consumer
 * group and leaves no trace in the broker.
 *
 * @param client how to reach the broker: {@code bootstrap.servers}, and more where it asks for more
 */
public record CommittedRecords(Properties client) {

    private static final Duration POLL = Duration.ofMillis(50);

    /** How long a transaction may stay open that stands before the end of a topic. */
    private static final Duration TRANSACTION = Duration.ofMinutes(2);

    /** For a broker that needs nothing but its address. */
    public CommittedRecords(String bootstrapServers) {
        this(new Properties());
        client.setProperty("bootstrap.servers", bootstrapServers);
    }

    /**
     * All records of a topic up to its present end, in the order of each partition.
     *
     * <p>Waits for the end of transactions that stand before it. A producer's commit returns when
     * the coordinator has decided on it; the markers that make the records visible reach the
     * partitions a little later, so that a reader who stops at what is visible may miss what has
     * been committed before.
     *
     * @throws IllegalStateException if a transaction stays open for two minutes
     */
    public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = atTheBeginning(topic)) {
            Map<TopicPartition, Long> ends = endsBehindOpenTransactions(consumer.assignment());
            long deadline = System.nanoTime() + TRANSACTION.toNanos();
            while (!hasReached(consumer, ends)) {
                consumer.poll(POLL).forEach(records::add);
                if (System.nanoTime() - deadline > 0) {
                    throw new IllegalStateException(
                            "A transaction stays open in " + topic + " before " + ends);
                }
            }
        }
        return records;
    }

    /**
     * Reads until the records fulfil a condition, and then on to the topic's end, so that what is
     * there too much is found too; or until the time is over, whatever has been found.
     */
    public List<ConsumerRecord<byte[], byte[]>> read(
            String topic,
            Duration atMost,
            Predicate<List<ConsumerRecord<byte[], byte[]>>> complete) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long deadline = System.nanoTime() + atMost.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer = atTheBeginning(topic)) {
            while (System.nanoTime() - deadline < 0) {
                int before = records.size();
                consumer.poll(POLL).forEach(records::add);
                if (records.size() == before
                        && hasReached(consumer, consumer.endOffsets(consumer.assignment()))
                        && complete.test(records)) {
                    break;
                }
            }
        }
        return records;
    }

    /**
     * A consumer that stands before the first record of each partition, for whoever follows the
     * topic as it grows. To be closed by the caller.
     */
    public KafkaConsumer<byte[], byte[]> atTheBeginning(String topic) {
        KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed");
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    private Map<TopicPartition, Long> endsBehindOpenTransactions(Set<TopicPartition> partitions) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_uncommitted")) {
            return consumer.endOffsets(partitions);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer(String isolationLevel) {
        Properties properties = new Properties();
        properties.putAll(client);
        properties.setProperty("isolation.level", isolationLevel);
        return new KafkaConsumer<>(
                properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static boolean hasReached(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }
}
