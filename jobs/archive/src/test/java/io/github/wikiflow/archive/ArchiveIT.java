package io.github.wikiflow.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.events.kafka.DeadLetterHeaders;
import io.github.wikiflow.jobs.JobCommand;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.ExpectedLake;
import io.github.wikiflow.sandbox.generator.LakeRow;
import io.github.wikiflow.sandbox.generator.LandedEvent;
import io.github.wikiflow.sandbox.generator.TopicLoader;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.kafka.CommittedRecords;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import io.github.wikiflow.sandbox.kafka.LastingTopic;
import io.github.wikiflow.testing.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.ProgramParametrizationException;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.testutils.InMemoryReporter;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole archive between a real broker and a real lake: whatever happens on the way, the lake
 * holds each row once, the dead letters hold each bad record, and nothing else is left.
 */
class ArchiveIT {

    private static final int EVENTS = 10_000;
    private static final int TASK_MANAGERS = 2;
    private static final Pattern ROWS_IN_NAME = Pattern.compile("-(\\d+)\\.parquet$");
    private static final InMemoryReporter METRICS = InMemoryReporter.createWithRetainedMetrics();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setConfiguration(clusterSettings())
                            .setNumberTaskManagers(TASK_MANAGERS)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir private static Path kafkaFolder;
    private static EmbeddedKafka kafka;

    @TempDir private Path folder;
    private Path lake;
    private String topic;
    private String deadLetterTopic;
    private ExpectedLake expected;
    private TopicLoader loader;

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.start(kafkaFolder);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void createTopics(TestInfo test) throws Exception {
        lake = folder.resolve("lake");
        topic = test.getTestMethod().orElseThrow().getName();
        deadLetterTopic = topic + "-dead-letters";
        expected = ExpectedLake.ofEvents(Duration.ofMinutes(1));
        LastingTopic.create(client(), topic, 4);
        LastingTopic.create(client(), deadLetterTopic, 1);
        loader = new TopicLoader(client(), topic);
    }

    @AfterEach
    void closeLoader() {
        loader.close();
    }

    @Test
    void drainsATopic() throws Exception {
        load(0, EVENTS);
        StreamExecutionEnvironment environment = environment(new Configuration());
        ArchiveJob.define(environment, Map.of(), arguments("--bounded"));
        JobID job = environment.execute().getJobID();
        assertEverythingIsThereOnce();
        assertThat(deadLetters()).doesNotHaveDuplicates();
        assertMetrics(job);
    }

    @Test
    void survivesFailures() throws Exception {
        long seed = Seed.draw();
        load(0, EVENTS);
        StreamExecutionEnvironment environment = environment(new Configuration());
        ArchiveOptions options = new ArchiveOptions();
        JobCommand.parse(options, Map.of(), arguments("--bounded", "--file-interval=200ms"));
        FailingMap failures = new FailingMap(new Random(seed), 3, EVENTS / 4);
        DataStream<RawChange> changes =
                ArchiveJob.changes(environment, options).map(failures).uid("fail");
        ArchiveJob.archive(changes, options);
        environment.execute();
        assertThat(FailingMap.failures()).as("seed %d", seed).isEqualTo(3);
        assertEverythingIsThereOnce();
    }

    @Test
    void survivesTheLossOfATaskManager(@InjectMiniCluster MiniCluster cluster) throws Exception {
        load(0, EVENTS / 2);
        StreamExecutionEnvironment environment = environment(new Configuration());
        ArchiveJob.define(environment, Map.of(), arguments("--file-interval=200ms"));
        JobClient job = environment.executeAsync();
        awaitSomeRows();
        cluster.terminateTaskManager(0).get();
        cluster.startTaskManager();
        load(EVENTS / 2, EVENTS);
        awaitAllRows();
        stop(job);
        assertEverythingIsThereOnce();
    }

    @Test
    void goesOnFromASavepointWithAnotherParallelism() throws Exception {
        load(0, EVENTS / 2);
        StreamExecutionEnvironment first = environment(new Configuration());
        first.setParallelism(4);
        ArchiveJob.define(first, Map.of(), arguments("--file-interval=1s"));
        JobClient stopped = first.executeAsync();
        awaitSomeRows();
        load(EVENTS / 2, EVENTS / 2 + 1_000);
        String savepoint = stop(stopped);

        load(EVENTS / 2 + 1_000, EVENTS);
        Configuration restore = new Configuration();
        restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        StreamExecutionEnvironment second = environment(restore);
        second.setParallelism(1);
        ArchiveJob.define(second, Map.of(), arguments("--file-interval=200ms"));
        JobClient restored = second.executeAsync();
        awaitAllRows();
        stop(restored);
        assertEverythingIsThereOnce();
    }

    @Test
    void isRefusedOverALakeThatItDoesNotGoOnFrom() throws Exception {
        load(0, 1_000);
        StreamExecutionEnvironment first = environment(new Configuration());
        ArchiveJob.define(first, Map.of(), arguments("--bounded"));
        first.execute();

        assertThatThrownBy(
                        () ->
                                ArchiveJob.define(
                                        environment(new Configuration()),
                                        Map.of(),
                                        arguments("--bounded")))
                .isInstanceOf(ProgramParametrizationException.class)
                .hasMessageContaining("--lake: there are files in")
                .hasMessageContaining("start from the newest checkpoint or savepoint");
        assertEverythingIsThereOnce();
    }

    @Test
    void isRefusedByATopicThatWasMadeAnew() throws Exception {
        load(0, EVENTS / 2);
        StreamExecutionEnvironment first = environment(new Configuration());
        ArchiveJob.define(first, Map.of(), arguments("--file-interval=200ms"));
        JobClient stopped = first.executeAsync();
        awaitAllRows();
        String savepoint = stop(stopped);
        List<Path> before = committedFiles();
        loader.close();
        LastingTopic.recreate(client(), topic, 4);
        loader = new TopicLoader(client(), topic);
        load(EVENTS / 2, EVENTS / 2 + 1_000);

        Configuration restore = new Configuration();
        restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        restore.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        StreamExecutionEnvironment second = environment(restore);
        ArchiveJob.define(second, Map.of(), arguments("--file-interval=200ms"));
        JobClient refused = second.executeAsync();
        assertThatThrownBy(() -> refused.getJobExecutionResult().get())
                .hasStackTraceContaining(
                        "--topic: %s is not the topic that the checkpoint was made from, but a new one of that name: partition 0 goes on at offset "
                                .formatted(topic));
        assertThat(committedFiles()).hasSameElementsAs(before);

        StreamExecutionEnvironment third = environment(restore);
        ArchiveJob.define(
                third, Map.of(), arguments("--file-interval=200ms", "--accept-new-topic"));
        JobClient accepted = third.executeAsync();
        awaitAllRows();
        stop(accepted);
        assertEverythingIsThereOnce();
    }

    @Test
    void countsWhatRetentionTookFromAJobThatWasStopped() throws Exception {
        load(0, 1_000);
        StreamExecutionEnvironment first = environment(new Configuration());
        ArchiveJob.define(first, Map.of(), arguments("--file-interval=200ms"));
        JobClient stopped = first.executeAsync();
        awaitAllRows();
        String savepoint = stop(stopped);
        long rows = committedRows();
        TopicPartition partition = new TopicPartition(topic, 0);
        try (Admin admin = Admin.create(client())) {
            long end =
                    admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                            .partitionResult(partition)
                            .get()
                            .offset();
            load(1_000, 2_000);
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(end + 7)))
                    .all()
                    .get();
        }

        Configuration restore = new Configuration();
        restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        StreamExecutionEnvironment second = environment(restore);
        ArchiveJob.define(second, Map.of(), arguments("--file-interval=200ms"));
        JobClient restored = second.executeAsync();
        await().atMost(PATIENCE).until(() -> committedRows() > rows);
        stop(restored);
        assertThat(sum(restored.getJobID(), "offsets-lost")).isEqualTo(7);
    }

    /** As flink-conf/config.yaml advised once, and whatever the cluster asks for. */
    @Test
    void takesAlignedCheckpointsWhateverTheClusterSays() throws Exception {
        load(0, EVENTS);
        Configuration settings = new Configuration();
        settings.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        settings.set(CheckpointingOptions.FORCE_UNALIGNED, true);
        StreamExecutionEnvironment environment = environment(settings);
        ArchiveOptions options = new ArchiveOptions();
        JobCommand.parse(options, Map.of(), arguments("--bounded", "--file-interval=50ms"));
        FailingMap failures = new FailingMap(new Random(Seed.draw()), 2, EVENTS / 4);
        DataStream<RawChange> changes =
                ArchiveJob.changes(environment, options).map(failures).uid("fail");
        ArchiveJob.archive(changes, options);
        assertThat(environment.getCheckpointConfig().isUnalignedCheckpointsEnabled()).isFalse();
        environment.execute();
        assertEverythingIsThereOnce();
    }

    private String stop(JobClient job) throws Exception {
        String savepoint =
                job.stopWithSavepoint(
                                false,
                                folder.resolve("savepoint").toUri().toString(),
                                SavepointFormatType.CANONICAL)
                        .get();
        job.getJobExecutionResult().get();
        return savepoint;
    }

    private void assertEverythingIsThereOnce() throws Exception {
        try (LakeReader reader = new LakeReader(lake)) {
            assertThat(reader.rows().stream().sorted())
                    .containsExactlyElementsOf(
                            expected.rows(topic).stream().map(LakeRow::text).sorted().toList());
        }
        List<LandedEvent> bad = new ArrayList<>(expected.malformed());
        bad.addAll(expected.poisoned());
        // A letter may be there again after a failure; its headers tell.
        assertThat(deadLetters().stream().distinct())
                .containsExactlyInAnyOrderElementsOf(
                        bad.stream().map(landed -> letterText(landed)).toList());
        try (Stream<Path> paths = Files.walk(lake)) {
            assertThat(
                            paths.filter(Files::isRegularFile)
                                    .filter(path -> !path.startsWith(lake.resolve(".wikiflow"))))
                    .allMatch(path -> path.toString().endsWith(".parquet"));
        }
    }

    /** What all subtasks of the job have counted. */
    private void assertMetrics(JobID job) throws IOException {
        assertThat(sum(job, "events-archived")).isEqualTo(expected.rowCount());
        assertThat(sum(job, "dead-letters"))
                .isEqualTo(expected.malformed().size() + expected.poisoned().size());
        List<Path> files = committedFiles();
        assertThat(sum(job, "files-committed")).isEqualTo(files.size());
        assertThat(sum(job, "bytes-committed"))
                .isEqualTo(files.stream().mapToLong(file -> file.toFile().length()).sum());
    }

    private static long sum(JobID job, String metric) {
        return METRICS.findOperatorMetricGroups(job, ".*").stream()
                .map(group -> METRICS.getMetricsByGroup(group).get(metric))
                .filter(Objects::nonNull)
                .mapToLong(counter -> ((Counter) counter).getCount())
                .sum();
    }

    private String letterText(LandedEvent landed) {
        return "%s %d %d %s %s"
                .formatted(
                        topic,
                        landed.partition(),
                        landed.offset(),
                        base64(landed.event().key()),
                        base64(landed.event().json()));
    }

    private List<String> deadLetters() {
        List<String> letters = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> letter :
                new CommittedRecords(kafka.bootstrapServers()).read(deadLetterTopic)) {
            assertThat(header(letter, DeadLetterHeaders.REASON)).isNotBlank();
            letters.add(
                    "%s %s %s %s %s"
                            .formatted(
                                    header(letter, DeadLetterHeaders.SOURCE_TOPIC),
                                    header(letter, DeadLetterHeaders.SOURCE_PARTITION),
                                    header(letter, DeadLetterHeaders.SOURCE_OFFSET),
                                    base64(letter.key()),
                                    base64(letter.value())));
        }
        return letters;
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private void awaitSomeRows() {
        await().atMost(PATIENCE).until(() -> committedRows() > 0);
    }

    private void awaitAllRows() {
        await().atMost(PATIENCE).until(() -> committedRows() >= expected.rowCount());
    }

    /** How many rows readers can see, as the files' names say. */
    private long committedRows() throws IOException {
        return committedFiles().stream()
                .map(file -> ROWS_IN_NAME.matcher(file.getFileName().toString()))
                .filter(Matcher::find)
                .mapToLong(name -> Long.parseLong(name.group(1)))
                .sum();
    }

    private List<Path> committedFiles() throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.exists(lake)) {
            try (DirectoryStream<Path> days = Files.newDirectoryStream(lake, "change*")) {
                for (Path day : days) {
                    try (Stream<Path> paths = Files.walk(day)) {
                        paths.filter(Files::isRegularFile).forEach(files::add);
                    }
                }
            }
        }
        return files;
    }

    private void load(int from, int to) {
        loader.load(new EventLog(Workload.hostile()).events(from, to), expected::add);
    }

    private static StreamExecutionEnvironment environment(Configuration settings) {
        // The test cluster's own settings do not reach a job, whose default is a minute.
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(500));
        return StreamExecutionEnvironment.getExecutionEnvironment(settings);
    }

    private static Configuration clusterSettings() {
        Configuration settings = new Configuration();
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 20);
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
        // How soon a TaskManager that is gone is missed: otherwise its slots are waited for.
        settings.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofMillis(200));
        METRICS.addToConfiguration(settings);
        settings.setString(TaskManagerOptions.MANAGED_MEMORY_SIZE.key(), "64m");
        return settings;
    }

    private static Properties client() {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", kafka.bootstrapServers());
        return client;
    }

    private String[] arguments(String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.add("--bootstrap-servers=" + kafka.bootstrapServers());
        all.add("--topic=" + topic);
        all.add("--dead-letters-topic=" + deadLetterTopic);
        all.add("--lake=" + lake);
        all.add("--name=" + topic);
        return all.toArray(String[]::new);
    }
}
