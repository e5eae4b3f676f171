package io.github.wikiflow.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wikiflow.archive.lake.LakeSink;
import io.github.wikiflow.jobs.JobCommand;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.lake.LakePartition;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.ExpectedLake;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.LakeRow;
import io.github.wikiflow.sandbox.generator.LandedEvent;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.testing.Seed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The lake, the checkpoints and a savepoint on an S3 server, through Flink's plugin. There a file
 * moves by a copy and a deletion, and each of the two can fail alone.
 */
class LakeOnS3IT {

    private static final String TOPIC = "wiki-changes";
    private static final int EVENTS = 3_000;

    /** Of few wikis, since each makes a file of its own again and again. */
    private static final Workload WORKLOAD = Workload.hostile().toBuilder().wikis(5).build();

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What S3 takes for a key at most, in bytes. */
    private static final int LONGEST_KEY = 1_024;

    @Order(1)
    @RegisterExtension
    static final S3Server S3 = new S3Server();

    @Order(2)
    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setConfiguration(clusterSettings())
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir private Path folder;
    private String lake;

    @BeforeEach
    void nameLake(TestInfo test) {
        lake = test.getTestMethod().orElseThrow().getName();
        EventGate.close();
    }

    @Test
    void holdsEachRowOnceWhateverFails() throws Exception {
        long seed = Seed.draw();
        StreamExecutionEnvironment first = environment(new Configuration(), 2);
        DataStream<RawChange> changes =
                generatedChanges(first, new EventGate<>())
                        .map(new FailingMap(new Random(seed), 2, EVENTS / 8))
                        .uid("fail");
        archive(changes);
        JobClient stopped = first.executeAsync();
        EventGate.allow(EVENTS / 3);
        await().atMost(PATIENCE).until(() -> FailingMap.failures() == 2);
        awaitWithMoreEvents(() -> !committedFiles().isEmpty());
        S3.denyCopies(3);
        S3.refuseDeletions(9);
        EventGate.allow(EVENTS / 3);
        awaitWithMoreEvents(S3::hasFailed);
        // The last failure restarts the job, and until it runs again there is nothing to save.
        String savepoint =
                await().atMost(PATIENCE)
                        .ignoreExceptions()
                        .until(
                                () ->
                                        stopped.stopWithSavepoint(
                                                        false,
                                                        S3Server.uri("savepoints").toString(),
                                                        SavepointFormatType.CANONICAL)
                                                .get(),
                                Objects::nonNull);
        stopped.getJobExecutionResult().get();

        Configuration restore = new Configuration();
        restore.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        StreamExecutionEnvironment second = environment(restore, 1);
        archive(generatedChanges(second, RateLimiterStrategy.noOp()));
        second.execute();

        ExpectedLake expected = ExpectedLake.ofEvents(Duration.ofMinutes(1));
        for (GeneratedEvent event : new EventLog(WORKLOAD).events(0, EVENTS)) {
            expected.add(
                    new LandedEvent(
                            event, partition(event.index()), event.index(), event.recordTime()));
        }
        try (LakeReader reader = download()) {
            assertThat(reader.rows().stream().sorted())
                    .as("seed %d", seed)
                    .containsExactlyElementsOf(
                            expected.rows(TOPIC).stream().map(LakeRow::text).sorted().toList());
        }
    }

    @Test
    void keepsEveryNameOfAServerInsideTheLake() throws Exception {
        List<String> names =
                List.of(
                        "..",
                        "../..",
                        "a/../b",
                        "a\\b:c=d",
                        "%2F",
                        "a b+c",
                        "a\u0000\n\r\u007f",
                        "ä👍",
                        "null",
                        "__HIVE_DEFAULT_PARTITION__",
                        "*?[]{}<>|\"'#&;",
                        ".parquet",
                        "a".repeat(243));
        ObjectMapper json = new ObjectMapper();
        List<RawChange> changes = new ArrayList<>();
        for (String name : names) {
            changes.add(SampleLake.of(json.writeValueAsString(name), changes.size()));
        }
        List<String> tooLong = List.of("x".repeat(244), "/".repeat(100_000));
        for (String name : tooLong) {
            changes.add(SampleLake.of(json.writeValueAsString(name), changes.size()));
        }
        changes.add(SampleLake.of("null", changes.size()));
        changes.add(SampleLake.of("\"\"", changes.size()));

        StreamExecutionEnvironment environment = environment(new Configuration(), 1);
        archive(environment.fromData(changes, TypeInformation.of(RawChange.class)).uid("changes"));
        environment.execute();

        try (LakeReader reader = download()) {
            List<Object> found =
                    reader.query("SELECT server_name FROM $lake ORDER BY event_offset").stream()
                            .map(row -> row.get("server_name"))
                            .toList();
            assertThat(found.subList(0, names.size())).isEqualTo(names);
            assertThat(found.subList(names.size(), names.size() + tooLong.size()))
                    .doesNotHaveDuplicates()
                    .allSatisfy(name -> assertThat((String) name).matches("(x+|/+)~[0-9a-f]{32}"));
            assertThat(found.subList(names.size() + tooLong.size(), found.size()))
                    .containsExactly(LakePartition.NULL_VALUE, LakePartition.NULL_VALUE);
        }
    }

    /**
     * Lets a few more events pass until the condition holds: a subtask whose neighbour has failed
     * reads on until it is cancelled, at worst all that had been allowed.
     */
    private static void awaitWithMoreEvents(Callable<Boolean> condition) {
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            EventGate.allow(EVENTS / 200);
                            return condition.call();
                        });
    }

    /** The lake as a local one, after a look at every key below it. */
    private LakeReader download() throws Exception {
        List<String> keys =
                S3.keys(lake).stream()
                        .filter(key -> !key.startsWith(lake + "/.wikiflow/"))
                        .toList();
        assertThat(keys)
                .allSatisfy(
                        key ->
                                assertThat(key)
                                        .hasSizeLessThanOrEqualTo(LONGEST_KEY)
                                        .matches(
                                                lake
                                                        + "/change_timestamp_date=\\d{4}-\\d\\d-\\d\\d"
                                                        + "/server_name=([a-zA-Z0-9_~-]|%[0-9A-F]{2}|(?<![.=])[.])+"
                                                        + "/[0-9a-f-]+[.]parquet"));
        for (String key : keys) {
            S3.download(key, folder);
        }
        return new LakeReader(folder.resolve(lake));
    }

    private List<String> committedFiles() {
        return S3.keys(lake).stream().filter(key -> key.endsWith(".parquet")).toList();
    }

    private void archive(DataStream<RawChange> changes) {
        ArchiveOptions options = new ArchiveOptions();
        JobCommand.parse(
                options, Map.of(), "--lake=" + S3Server.uri(lake), "--file-interval=200ms");
        ArchiveTopology.build(
                        changes,
                        TOPIC,
                        options.input().futureTolerance(),
                        options.files().rows(),
                        options.fileInterval())
                .rows()
                .sinkTo(new LakeSink(options.lake(), options.files(), false))
                .uid(ArchiveJob.COMMIT_FILES);
    }

    private static DataStream<RawChange> generatedChanges(
            StreamExecutionEnvironment environment, RateLimiterStrategy<?> pace) {
        return environment
                .fromSource(
                        new DataGeneratorSource<>(
                                new GeneratedChanges(),
                                EVENTS,
                                pace,
                                TypeInformation.of(RawChange.class)),
                        WatermarkStrategy.noWatermarks(),
                        ArchiveJob.READ_CHANGES)
                .uid(ArchiveJob.READ_CHANGES);
    }

    private static StreamExecutionEnvironment environment(Configuration settings, int parallelism) {
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(300));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(settings);
        environment.setParallelism(parallelism);
        return environment;
    }

    private static Configuration clusterSettings() {
        Configuration settings = new Configuration();
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, S3Server.uri("checkpoints").toString());
        settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 50);
        settings.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
        settings.setString(TaskManagerOptions.MANAGED_MEMORY_SIZE.key(), "64m");
        return settings;
    }

    /** Each half of the numbers is a split of the source, and in order as a partition is. */
    private static int partition(long index) {
        return index < EVENTS / 2 ? 0 : 1;
    }

    /** The hostile workload as two partitions of a topic. */
    private static final class GeneratedChanges implements GeneratorFunction<Long, RawChange> {

        private static final long serialVersionUID = 1L;

        private transient EventLog log;

        @Override
        public RawChange map(Long index) {
            if (log == null) {
                log = new EventLog(WORKLOAD);
            }
            GeneratedEvent event = log.event(index);
            return new RawChange(
                    event.key(), event.json(), partition(index), index, event.recordTime());
        }
    }
}
