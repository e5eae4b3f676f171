package io.github.wikiflow.rankings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Ranking;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Partitions that fall silent while others go on, each read by a subtask of its own: the windows
 * close without them, and what they bring afterwards is late, not lost, nor counted as a new
 * window.
 */
class IdlePartitionIT {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final long WINDOW_START = 1_700_000_000L;

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(Topics.PARTITIONS)
                            .build());

    @TempDir private static Path folder;

    @Test
    void whatAnIdlePartitionBringsAfterItsWindowHasClosedIsLate() throws Exception {
        try (Topics topics = Topics.start(folder.resolve("kafka"))) {
            topics.create("changes", "rankings", "late");
            JobClient job = start(topics, new Configuration());
            send(topics, 0, 1);
            send(topics, 1, 2);
            send(topics, 0, 100);
            await().atMost(DEADLINE)
                    .until(() -> finals(topics).size() == Dimension.values().length);

            // One partition that has had changes, and one that has never had any.
            send(topics, 1, 3);
            send(topics, 2, 4);
            await().atMost(DEADLINE).until(() -> topics.records("late").size() == 2);

            String savepoint =
                    job.stopWithSavepoint(
                                    false,
                                    folder.resolve("savepoint").toUri().toString(),
                                    SavepointFormatType.CANONICAL)
                            .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
            // Read before anything tells the restored job what time it is.
            send(topics, 3, 5);
            Configuration restored = new Configuration();
            restored.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
            job = start(topics, restored);
            await().atMost(DEADLINE).until(() -> topics.records("late").size() == 3);
            job.stopWithSavepoint(
                            true,
                            folder.resolve("savepoint").toUri().toString(),
                            SavepointFormatType.CANONICAL)
                    .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);

            assertThat(topics.records("late"))
                    .extracting(IdlePartitionIT::sourcePartition)
                    .containsExactlyInAnyOrder("1", "2", "3");
            assertThat(finals(topics))
                    .as("one final record, which counts what was in time")
                    .hasSize(Dimension.values().length)
                    .allMatch(ranking -> ranking.changes() == 2);
        }
    }

    /** The final records of the window that is closed, each of them once. */
    private static List<Ranking> finals(Topics topics) throws Exception {
        return topics.rankings("rankings").stream()
                .filter(Ranking::isFinal)
                .filter(each -> each.windowStart().equals(Instant.ofEpochSecond(WINDOW_START)))
                .toList();
    }

    private static String sourcePartition(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.headers().lastHeader("source-partition").value());
    }

    private static void send(Topics topics, int partition, long second) {
        long timestamp = WINDOW_START + second;
        byte[] json =
                Samples.utf8(
                        "{\"meta\":{},\"type\":\"edit\",\"title\":\"P\",\"user\":\"U\","
                                + "\"wiki\":\"enwiki\",\"timestamp\":%d}".formatted(timestamp));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        topics.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(
                    new ProducerRecord<>(
                            "changes", partition, timestamp * 1000, Samples.utf8("k"), json));
        }
    }

    private static JobClient start(Topics topics, Configuration configuration) throws Exception {
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(Topics.PARTITIONS);
        assertThat(
                        RankingsJob.define(
                                environment,
                                Map.of(),
                                "--bootstrap-servers=" + topics.bootstrapServers(),
                                "--topic=changes",
                                "--rankings-topic=rankings",
                                "--late-topic=late",
                                "--window=10s",
                                "--out-of-orderness=1s",
                                "--allowed-lateness=5s",
                                "--update-interval=100ms",
                                "--idleness=500ms"))
                .isTrue();
        return environment.executeAsync("idle-partitions");
    }
}
