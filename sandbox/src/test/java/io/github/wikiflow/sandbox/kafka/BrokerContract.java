package io.github.wikiflow.sandbox.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the pipeline relies on of a Kafka broker. The embedded broker, on which most tests run, must
 * keep it as the real one does.
 */
abstract class BrokerContract {

    private static final int PARTITIONS = Topic.CHANGES.partitions();

    /** The bridge's {@code --max-event-bytes}. */
    private static final int LARGEST_EVENT = 1_000_000;

    private final String changes = "changes-" + UUID.randomUUID();
    private final String cursor = "cursor-" + UUID.randomUUID();
    private final String transactionalId = "bridge-" + UUID.randomUUID();
    private Admin admin;
    private CommittedRecords committed;

    /** Where the broker under test is. */
    abstract String bootstrapServers();

    @BeforeEach
    void createTopics() throws Exception {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
        committed = new CommittedRecords(bootstrapServers());
        assertThat(TopicCreation.createIfMissing(admin, Topic.CHANGES, changes)).isTrue();
        assertThat(TopicCreation.createIfMissing(admin, Topic.CURSOR, cursor)).isTrue();
    }

    @AfterEach
    void deleteTopics() throws Exception {
        admin.deleteTopics(List.of(changes, cursor)).all().get();
        admin.close();
    }

    @Test
    void createsTopicsWithTheirSettingsAndLeavesThoseThatAreThere() throws Exception {
        assertThat(TopicCreation.createIfMissing(admin, Topic.CHANGES, changes)).isFalse();
        assertThat(
                        admin.describeTopics(List.of(changes))
                                .allTopicNames()
                                .get()
                                .get(changes)
                                .partitions())
                .hasSize(PARTITIONS);
        for (Map.Entry<String, Topic> topic :
                Map.of(changes, Topic.CHANGES, cursor, Topic.CURSOR).entrySet()) {
            Config found = configuration(topic.getKey());
            topic.getValue()
                    .settings()
                    .forEach(
                            (setting, value) ->
                                    assertThat(found.get(setting).value())
                                            .as(setting)
                                            .isEqualTo(value));
        }
    }

    @Test
    void keepsRecordsAsTheyWereSent() {
        byte[] key = "enwiki:Ω".getBytes(StandardCharsets.UTF_8);
        byte[] largest = new byte[LARGEST_EVENT];
        Arrays.fill(largest, (byte) 'x');
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(changes, 2, 1_767_225_600_123L, key, bytes("value"));
            record.headers().add(new RecordHeader("reason", bytes("malformed")));
            producer.send(record);
            producer.send(new ProducerRecord<>(changes, 2, 1L, null, largest));
        }

        List<ConsumerRecord<byte[], byte[]>> records = committed.read(changes);
        assertThat(records).hasSize(2);
        ConsumerRecord<byte[], byte[]> first = records.get(0);
        assertThat(first.partition()).isEqualTo(2);
        assertThat(first.offset()).isZero();
        assertThat(first.timestamp()).as("the producer's time").isEqualTo(1_767_225_600_123L);
        assertThat(first.key()).isEqualTo(key);
        assertThat(first.value()).isEqualTo(bytes("value"));
        assertThat(first.headers().lastHeader("reason").value()).isEqualTo(bytes("malformed"));
        assertThat(records.get(1).key()).isNull();
        assertThat(records.get(1).timestamp()).as("older than the one before").isEqualTo(1L);
        assertThat(records.get(1).value()).isEqualTo(largest);
    }

    @Test
    void showsEventsAndTheirCursorTogetherWhenTheTransactionEnds() {
        try (KafkaProducer<byte[], byte[]> bridge = transactional()) {
            bridge.initTransactions();
            bridge.beginTransaction();
            send(bridge, "one", "position 1");
            bridge.flush();
            assertThat(end("read_uncommitted")).isEqualTo(1);
            assertThat(end("read_committed")).as("while the transaction is open").isZero();

            bridge.commitTransaction();
            assertThat(values(changes)).containsExactly("one");
            assertThat(values(cursor)).containsExactly("position 1");

            bridge.beginTransaction();
            send(bridge, "two", "position 2");
            bridge.flush();
            bridge.abortTransaction();
            assertThat(values(changes)).as("after one was given up").containsExactly("one");
            assertThat(values(cursor)).containsExactly("position 1");
        }
    }

    @Test
    void theNewerOfTwoBridgesEndsTheTransactionOfTheOlderAndKeepsItOut() {
        try (KafkaProducer<byte[], byte[]> older = transactional();
                KafkaProducer<byte[], byte[]> newer = transactional()) {
            older.initTransactions();
            older.beginTransaction();
            send(older, "of the older", "position 1");
            older.flush();

            newer.initTransactions();
            newer.beginTransaction();
            send(newer, "of the newer", "position 2");
            newer.commitTransaction();

            assertThat(values(changes)).containsExactly("of the newer");
            assertThat(values(cursor)).containsExactly("position 2");
            assertThatThrownBy(older::commitTransaction)
                    .isInstanceOf(ProducerFencedException.class);
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String event, String position) {
        producer.send(new ProducerRecord<>(changes, 0, bytes("enwiki:A"), bytes(event)));
        producer.send(new ProducerRecord<>(cursor, 0, bytes("recentchange"), bytes(position)));
    }

    private Stream<String> values(String topic) {
        return committed.read(topic).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8));
    }

    /** Where the first partition of the changes ends for readers of this isolation level. */
    private long end(String isolationLevel) {
        Properties properties = client();
        properties.setProperty("isolation.level", isolationLevel);
        TopicPartition partition = new TopicPartition(changes, 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return consumer.endOffsets(List.of(partition), Duration.ofSeconds(30)).get(partition);
        }
    }

    private Config configuration(String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().get(resource);
    }

    private KafkaProducer<byte[], byte[]> transactional() {
        Properties properties = client();
        properties.setProperty("transactional.id", transactionalId);
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private KafkaProducer<byte[], byte[]> producer() {
        Properties properties = client();
        properties.setProperty("max.request.size", Integer.toString(2 * LARGEST_EVENT));
        return new KafkaProducer<>(
                properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Properties client() {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", bootstrapServers());
        return properties;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
