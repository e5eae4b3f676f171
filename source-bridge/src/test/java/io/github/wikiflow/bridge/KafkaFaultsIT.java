package io.github.wikiflow.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever Kafka does, the topic has every event once and the events of a page in order. */
class KafkaFaultsIT {

    /** What a stop may take, and what a busy machine may add. */
    private static final Duration STOP = Duration.ofSeconds(5);

    private static final Duration GRACE = Duration.ofSeconds(10);

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

    @Test
    void stopsWithinSecondsWhileTheBrokerIsAway() throws Exception {
        try (Scenario scenario = new Scenario(kafka)) {
            Bridge first = scenario.startBridge();
            scenario.append(500, 0);
            scenario.assertAllForwardedOnce();
            restartKafka(
                    () -> {
                        scenario.append(500, 1_000);
                        // By itself Kafka's client would wait for minutes.
                        assertThat(CompletableFuture.runAsync(first::close))
                                .succeedsWithin(STOP.plus(GRACE));
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
