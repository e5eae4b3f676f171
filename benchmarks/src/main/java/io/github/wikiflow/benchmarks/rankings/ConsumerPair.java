package io.github.wikiflow.benchmarks.rankings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a topic of four partitions by two threads with a consumer each, as a careful user would.
 */
final class ConsumerPair {

    private static final int THREADS = 2;
    private static final int PARTITIONS = 4;

    private ConsumerPair() {}

    /**
     * Reads all of the topic.
     *
     * @param handlers makes the handler of each thread's records
     * @return the seconds it took
     */
    static double read(
            String bootstrapServers,
            String topic,
            long events,
            Supplier<Consumer<ConsumerRecord<byte[], byte[]>>> handlers)
            throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            long start = System.nanoTime();
            List<Future<Long>> parts = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                List<TopicPartition> partitions = new ArrayList<>();
                for (int partition = thread; partition < PARTITIONS; partition += THREADS) {
                    partitions.add(new TopicPartition(topic, partition));
                }
                parts.add(
                        threads.submit(
                                () -> readPart(bootstrapServers, partitions, handlers.get())));
            }
            long read = 0;
            for (Future<Long> part : parts) {
                read += part.get();
            }
            if (read != events) {
                throw new IllegalStateException("read %d of %d events".formatted(read, events));
            }
            return (System.nanoTime() - start) / 1e9;
        } finally {
            threads.shutdownNow();
        }
    }

    private static long readPart(
            String bootstrapServers,
            List<TopicPartition> partitions,
            Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", bootstrapServers);
        long read = 0;
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end =
                    consumer.endOffsets(partitions).values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
            while (read < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    handler.accept(record);
                    read++;
                }
            }
        }
        return read;
    }
}
