package io.github.wikiflow.benchmarks.limits;

import io.github.wikiflow.benchmarks.contender.Task;
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

/** Reads a topic by threads with a consumer each, as a careful user would. */
final class Consumers {

    private Consumers() {}

    /**
     * Reads all of the topic.
     *
     * @param threads at most as many as the topic has partitions
     * @param handlers makes the handler of each thread's records
     */
    static void read(
            Task task, int threads, Supplier<Consumer<ConsumerRecord<byte[], byte[]>>> handlers)
            throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Long>> parts = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                List<TopicPartition> partitions = new ArrayList<>();
                for (int partition = thread; partition < task.partitions(); partition += threads) {
                    partitions.add(new TopicPartition(task.topic(), partition));
                }
                Consumer<ConsumerRecord<byte[], byte[]>> handler = handlers.get();
                parts.add(
                        executor.submit(
                                () -> readPart(task.bootstrapServers(), partitions, handler)));
            }
            long read = 0;
            for (Future<Long> part : parts) {
                read += part.get();
            }
            if (read != task.events()) {
                throw new IllegalStateException(
                        "read %d of %d events".formatted(read, task.events()));
            }
        } finally {
            executor.shutdownNow();
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
