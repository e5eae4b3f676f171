package io.github.wikiflow.faults;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.faults.check.Strangers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** What strangers write to the pipeline's topics: values that nobody who reads them expects. */
final class OddRecords {

    private static final int MOST_BYTES = 2_000;
    private static final int NESTED = 500;
    private static final int RECORDS_PER_TOPIC = 6;

    private final Random random;

    OddRecords(Random random) {
        this.random = random;
    }

    /**
     * Writes some to every topic.
     *
     * @param client what a Kafka client needs
     * @throws ExecutionException if the broker does not take one
     */
    void write(Properties client) throws InterruptedException, ExecutionException {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Topic topic : Topic.values()) {
                for (int i = 0; i < RECORDS_PER_TOPIC; i++) {
                    sent.add(producer.send(record(topic)));
                }
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }

    private ProducerRecord<byte[], byte[]> record(Topic topic) {
        // A compacted topic takes no record without a key.
        boolean keyed = topic.settings().getOrDefault(Topic.CLEANUP_POLICY, "").contains("compact");
        return new ProducerRecord<>(
                topic.defaultName(),
                random.nextInt(topic.partitions()),
                keyed || random.nextBoolean() ? bytes(1 + random.nextInt(50)) : null,
                value(),
                List.of(Strangers.MARK));
    }

    private byte @Nullable [] value() {
        return switch (random.nextInt(6)) {
            case 0 -> null;
            case 1 -> utf8("{}");
            case 2 -> utf8("null");
            case 3 -> utf8("[".repeat(NESTED));
            case 4 ->
                    utf8(
                            "{\"meta\":{\"id\":7},\"timestamp\":\"x\",\"windowStart\":-1,\"entries\":{}}");
            default -> bytes(random.nextInt(MOST_BYTES));
        };
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
