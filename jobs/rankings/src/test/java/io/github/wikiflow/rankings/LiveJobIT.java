package io.github.wikiflow.rankings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Pane;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.rankings.change.AdmitChanges;
import io.github.wikiflow.rankings.change.ChangeDeserializer;
import io.github.wikiflow.rankings.change.EventLatency;
import io.github.wikiflow.rankings.rank.Ranker;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A job without an end, each partition read by a subtask of its own, fed change by change. */
class LiveJobIT {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final int DIMENSIONS = Dimension.values().length;

    /** A multiple of the window's 10 s. */
    private static final long WINDOW_START = 1_700_000_000L;

    private static final InMemoryReporter REPORTER = InMemoryReporter.create();

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            OneTaskManager.withSlots(
                    Topics.PARTITIONS, REPORTER.addToConfiguration(new Configuration()));

    @TempDir private static Path folder;
    private static Topics topics;

    private String name;

    @BeforeAll
    static void start() {
        topics = Topics.start(folder.resolve("kafka"));
    }

    @AfterAll
    static void stop() {
        topics.close();
    }

    @BeforeEach
    void createTopics(TestInfo test) throws Exception {
        name = test.getTestMethod().orElseThrow().getName();
        topics.create(name, rankingsTopic(), lateTopic());
    }

    @Test
    void whatAnIdlePartitionBringsAfterItsWindowHasClosedIsLate() throws Exception {
        JobClient job = start(new Configuration());
        send(0, 1);
        send(1, 2);
        send(0, 100);
        await().atMost(DEADLINE).until(() -> finals().size() == DIMENSIONS);

        // One partition that has had changes, and one that has never had any.
        send(1, 3);
        send(2, 4);
        await().atMost(DEADLINE).until(() -> topics.records(lateTopic()).size() == 2);

        String savepoint = stop(job, false);
        // Read before anything tells the restored job what time it is.
        send(3, 5);
        Configuration restored = new Configuration();
        restored.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        job = start(restored);
        await().atMost(DEADLINE).until(() -> topics.records(lateTopic()).size() == 3);
        stop(job, true);

        assertThat(topics.records(lateTopic()))
                .extracting(LiveJobIT::sourcePartition)
                .containsExactlyInAnyOrder("1", "2", "3");
        assertThat(finals())
                .as("one final record, which counts what was in time")
                .hasSize(DIMENSIONS)
                .allMatch(ranking -> ranking.changes() == 2);
    }

    @Test
    void metricsSayWhatIsDroppedWhatIsOpenAndHowOldItIs() throws Exception {
        JobClient job = start(new Configuration());
        long before = System.currentTimeMillis();
        send(0, 1);
        send(0, 12);
        await().atMost(DEADLINE).until(() -> onTime().size() == DIMENSIONS);
        await().atMost(DEADLINE)
                .until(() -> sumOfGauges(job, Ranker.OPEN_WINDOWS) == 2 * DIMENSIONS);
        // The first change of a subtask is in the sample.
        assertThat(gauges(job, EventLatency.NAME).filter(age -> age != 0))
                .singleElement()
                .satisfies(
                        age ->
                                assertThat(age + (WINDOW_START + 1) * 1000)
                                        .isBetween(before, System.currentTimeMillis()));
        List<Long> latencies =
                onTime().stream()
                        .map(
                                each ->
                                        Duration.between(each.windowEnd(), each.emittedAt())
                                                .toMillis())
                        .toList();
        assertThat(gauges(job, Ranker.PANE_LATENCY).filter(latency -> latency != 0))
                .isNotEmpty()
                .isSubsetOf(latencies);

        send(0, 100);
        await().atMost(DEADLINE).until(() -> sumOfGauges(job, Ranker.OPEN_WINDOWS) == DIMENSIONS);
        send(0, 2);
        send(1, 3);
        send(2, 4, "not a change", WINDOW_START + 4);
        send(2, 5, change(WINDOW_START + 5), WINDOW_START + 5 - 61);
        send(2, 6, change(WINDOW_START + 6), WINDOW_START + 6 - 61);
        await().atMost(DEADLINE).until(() -> sumOfCounters(job, AdmitChanges.LATE_CHANGES) == 2);
        await().atMost(DEADLINE).until(() -> sumOfCounters(job, ChangeDeserializer.MALFORMED) == 1);
        await().atMost(DEADLINE)
                .until(() -> sumOfCounters(job, ChangeDeserializer.REJECTED_FUTURE) == 2);
        stop(job, true);
    }

    private List<Ranking> onTime() throws Exception {
        return topics.rankings(rankingsTopic()).stream()
                .filter(each -> each.pane() == Pane.ON_TIME && !each.isFinal())
                .toList();
    }

    /** The final records of the first window, of which there should be one for each dimension. */
    private List<Ranking> finals() throws Exception {
        return finals(0);
    }

    /** Those of the window that begins so many seconds after the first one. */
    private List<Ranking> finals(long second) throws Exception {
        Instant start = Instant.ofEpochSecond(WINDOW_START + second);
        return topics.rankings(rankingsTopic()).stream()
                .filter(Ranking::isFinal)
                .filter(each -> each.windowStart().equals(start))
                .toList();
    }

    private static String sourcePartition(ConsumerRecord<byte[], byte[]> record) {
        return new String(
                record.headers().lastHeader("source-partition").value(), StandardCharsets.UTF_8);
    }

    private static long sumOfCounters(JobClient job, String metric) {
        return metrics(job, metric).mapToLong(each -> ((Counter) each).getCount()).sum();
    }

    private static long sumOfGauges(JobClient job, String metric) {
        return gauges(job, metric).mapToLong(Long::longValue).sum();
    }

    private static Stream<Long> gauges(JobClient job, String metric) {
        return metrics(job, metric)
                .map(each -> ((Number) ((Gauge<?>) each).getValue()).longValue());
    }

    private static Stream<Metric> metrics(JobClient job, String metric) {
        String id = job.getJobID().toString();
        return REPORTER.getMetricsByGroup().entrySet().stream()
                .filter(group -> id.equals(group.getKey().getAllVariables().get("<job_id>")))
                .map(group -> group.getValue().get(metric))
                .filter(Objects::nonNull);
    }

    /** Sends a change of so many seconds after the start of the first window, sent in time. */
    private void send(int partition, long second) {
        long timestamp = WINDOW_START + second;
        send(partition, second, change(timestamp), timestamp);
    }

    private void send(int partition, long key, String value, long recordSecond) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        topics.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(
                    new ProducerRecord<>(
                            name,
                            partition,
                            recordSecond * 1000,
                            Samples.utf8(Long.toString(key)),
                            Samples.utf8(value)));
        }
    }

    private static String change(long timestamp) {
        return ("{\"meta\":{},\"type\":\"edit\",\"title\":\"P\",\"user\":\"U\",\"wiki\":\"enwiki\","
                        + "\"timestamp\":%d}")
                .formatted(timestamp);
    }

    private JobClient start(Configuration configuration) throws Exception {
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(Topics.PARTITIONS);
        assertThat(
                        RankingsJob.define(
                                environment,
                                Map.of(),
                                "--bootstrap-servers=" + topics.bootstrapServers(),
                                "--topic=" + name,
                                "--rankings-topic=" + rankingsTopic(),
                                "--late-topic=" + lateTopic(),
                                "--window=10s",
                                "--out-of-orderness=1s",
                                "--allowed-lateness=5s",
                                "--update-interval=100ms",
                                "--idleness=500ms"))
                .isTrue();
        return environment.executeAsync(name);
    }

    private String stop(JobClient job, boolean drain) throws Exception {
        return job.stopWithSavepoint(
                        drain,
                        folder.resolve(name).toUri().toString(),
                        SavepointFormatType.CANONICAL)
                .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    private String rankingsTopic() {
        return name + "-rankings";
    }

    private String lateTopic() {
        return name + "-late";
    }
}
