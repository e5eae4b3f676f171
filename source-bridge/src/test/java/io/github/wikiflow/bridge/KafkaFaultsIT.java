package io.github.wikiflow.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever Kafka does, the topic has every event once and the events of a page in order. */
class KafkaFaultsIT {

    @TempDir private Path folder;
    private EmbeddedKafka kafka;

    @BeforeEach
    void startKafka() {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
    }

    @AfterEach
    void stopKafka() {
        kafka.close();
    }

    @Test
    void goesOnWhenTheBrokerIsBack() throws Exception {
        try (Scenario scenario = new Scenario(kafka)) {
            Bridge bridge = scenario.startBridge("--commit-events=10");
            scenario.append(500, 0);
            scenario.assertAllForwardedOnce();
            restartKafka(() -> scenario.append(5_000, 1_000));
            scenario.append(500, 2_000);
            scenario.assertAllForwardedOnce();
            assertThat(bridge.health().isHealthy()).isTrue();
            assertThat(scenario.count("missing.events")).isZero();
        }
    }

    @Test
    void stopsReadingWhileTheBrokerIsAway() throws Exception {
        try (Scenario scenario = new Scenario(kafka)) {
            scenario.startBridge("--commit-events=10");
            scenario.append(100, 0);
            scenario.assertAllForwardedOnce();
            int many = 200_000;
            restartKafka(
                    () -> {
                        scenario.append(many, 1_000);
                        await("the server to be held up")
                                .atMost(Duration.ofMinutes(1))
                                .until(
                                        () -> {
                                            long sent = scenario.stream.traffic().eventsSent();
                                            return sent > 300
                                                    && sent < many / 2
                                                    && !sendsMore(scenario);
                                        });
                    });
            scenario.assertAllForwardedOnce();
        }
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
    void stopsWithinFiveSecondsWhileTheBrokerIsAway() throws Exception {
        try (Scenario scenario = new Scenario(kafka)) {
            Bridge first = scenario.startBridge();
            scenario.append(500, 0);
            scenario.assertAllForwardedOnce();
            restartKafka(
                    () -> {
                        scenario.append(500, 1_000);
                        first.close();
                        assertThat(Thread.getAllStackTraces().keySet())
                                .extracting(Thread::getName)
                                .doesNotContain("bridge-reader", "bridge-committer");
                    });
            scenario.startBridge();
            scenario.assertAllForwardedOnce();
        }
    }

    @Test
    void saysThatThereIsNoBroker() {
        String nowhere = kafka.bootstrapServers();
        kafka.close();
        BridgeSettings settings =
                BridgeOptions.settings(
                        "--stream-url=http://127.0.0.1:1", "--bootstrap-servers=" + nowhere);
        assertThatThrownBy(() -> Bridge.start(settings, new SimpleMeterRegistry()))
                .isInstanceOf(OperationException.class)
                .hasMessageStartingWith("--bootstrap-servers: Kafka at %s cannot be used", nowhere);
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

    private interface Meanwhile {
        void act() throws Exception;
    }

    private void restartKafka(Meanwhile meanwhile) throws Exception {
        int port = Integer.parseInt(kafka.bootstrapServers().replaceFirst(".*:", ""));
        kafka.close();
        try {
            meanwhile.act();
        } finally {
            kafka = EmbeddedKafka.start(folder.resolve("kafka"), port);
        }
    }

    /** Whether the server sends anything within a second. */
    private static boolean sendsMore(Scenario scenario) {
        long before = scenario.stream.traffic().eventsSent();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(1);
        while (System.nanoTime() < deadline) {
            if (scenario.stream.traffic().eventsSent() > before) {
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }
}
