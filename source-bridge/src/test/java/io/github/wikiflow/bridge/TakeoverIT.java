package io.github.wikiflow.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a bridge finds in Kafka when it starts, and when another one does. */
class TakeoverIT {

    @TempDir private static Path folder;
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.start(folder);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    /** To the client it looks the same when the broker aborts a transaction that takes too long. */
    @Test
    void goesOnWhenItWasFencedByNoOtherBridge() throws Exception {
        try (Scenario scenario = new Scenario(kafka);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            Bridge bridge = scenario.startBridge("--commit-events=10");
            scenario.append(100, 0);
            scenario.assertAllForwardedOnce();
            admin.fenceProducers(List.of(scenario.topic())).all().get(30, TimeUnit.SECONDS);
            scenario.append(1_000, 1_000);
            scenario.assertAllForwardedOnce();
            assertThat(scenario.count("commit.failures")).isPositive();
            assertThat(bridge.ended()).isNotDone();
        }
    }

    @Test
    void isStoppedByANewerBridgeWithTheSameId() throws Exception {
        try (Scenario scenario = new Scenario(kafka)) {
            scenario.append(500, 0);
            Bridge older = scenario.startBridge();
            scenario.assertAllForwardedOnce();
            Bridge newer = scenario.startBridge();
            scenario.append(500, 1_000);
            assertThatThrownBy(() -> older.ended().get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(OperationException.class)
                    .hasMessage(
                            "another bridge with --bridge-id %s has taken over; run only one, or"
                                    + " give each its own --bridge-id, --stream and --topic",
                            scenario.topic());
            assertThat(older.health().reasons()).contains("the bridge has ended");
            scenario.assertAllForwardedOnce();
            assertThat(newer.ended()).isNotDone();
        }
    }

    @Test
    void saysWhichTopicIsMissing() throws Exception {
        try (Scenario scenario = new Scenario(kafka)) {
            assertThatThrownBy(() -> scenario.startBridge("--no-create-topics"))
                    .isInstanceOf(OperationException.class)
                    .hasMessage(
                            "the topic %s is missing at %s; create it, or do without --no-create-topics",
                            scenario.topic(), kafka.bootstrapServers());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-cursor, delete, compact",
        "-cursor, 'compact,delete', compact",
        "'', compact, delete",
        "-dead-letters, 'delete,compact', delete"
    })
    void refusesATopicThatWouldForget(String suffix, String policy, String wanted)
            throws Exception {
        try (Scenario scenario = new Scenario(kafka);
                Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            String topic = scenario.topic() + suffix;
            admin.createTopics(
                            List.of(
                                    new NewTopic(topic, 1, (short) 1)
                                            .configs(Map.of("cleanup.policy", policy))))
                    .all()
                    .get(30, TimeUnit.SECONDS);
            assertThatThrownBy(scenario::startBridge)
                    .isInstanceOf(OperationException.class)
                    .hasMessage(
                            "the topic %s has cleanup.policy=%s, by which Kafka would remove what is"
                                    + " still needed; set it to %s: kafka-configs.sh --alter --topic"
                                    + " %s --add-config cleanup.policy=[%s]",
                            topic, policy, wanted, topic, wanted);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "cursor"})
    void refusesAResumePointThatItDoesNotUnderstand(String value) throws Exception {
        try (Scenario scenario = new Scenario(kafka)) {
            scenario.startBridge().close();
            Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
            try (KafkaProducer<byte[], byte[]> stranger =
                    new KafkaProducer<>(
                            client, new ByteArraySerializer(), new ByteArraySerializer())) {
                stranger.send(
                                new ProducerRecord<>(
                                        scenario.topic() + "-cursor",
                                        "recentchange".getBytes(StandardCharsets.UTF_8),
                                        value.getBytes(StandardCharsets.UTF_8)))
                        .get(30, TimeUnit.SECONDS);
            }
            assertThatThrownBy(scenario::startBridge)
                    .isInstanceOf(OperationException.class)
                    .hasMessageMatching(
                            "the topic \\S+-cursor has no usable resume point for the stream"
                                    + " recentchange \\(.*\\); to begin anew, delete the topic or"
                                    + " give another by --cursor-topic");
        }
    }
}
