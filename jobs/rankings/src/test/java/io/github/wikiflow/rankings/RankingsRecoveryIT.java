package io.github.wikiflow.rankings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.jobs.JobCommand;
import io.github.wikiflow.rankings.change.Change;
import io.github.wikiflow.rankings.change.ChangeSerializer;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.ExpectedRankings;
import io.github.wikiflow.sandbox.generator.RankingRules;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.kafka.LastingTopic;
import io.github.wikiflow.testing.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What failures, savepoints and uneven reading do to the answers: nothing. */
class RankingsRecoveryIT {

    private static final long SEED = Seed.draw();
    private static final int EVENTS = 8_000;
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final RankingRules RULES =
            RankingRules.DEFAULTS.withTimes(
                    Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofMinutes(1));

    @RegisterExtension static final MiniClusterExtension FLINK = OneTaskManager.withSlots(4);

    @TempDir private static Path folder;
    private static Topics topics;

    @BeforeAll
    static void start() {
        topics = Topics.start(folder.resolve("kafka"));
    }

    @AfterAll
    static void stop() {
        topics.close();
    }

    @ParameterizedTest
    @CsvSource({
        "at-least-once,hashmap,false",
        "exactly-once,hashmap,true",
        "at-least-once,rocksdb,true"
    })
    void failuresChangeNoAnswer(String delivery, String backend, boolean unaligned)
            throws Exception {
        String name = "failures-" + delivery + "-" + backend;
        ExpectedRankings expected = load(name, 0, EVENTS);
        FailAfterCheckpoints.failuresLeft.set(3);
        Configuration configuration = backend(backend);
        configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, unaligned);

        graph(2, name, configuration, new FailAfterCheckpoints(), delivery, "--bounded")
                .execute(name);

        assertThat(FailAfterCheckpoints.failuresLeft).hasValue(0);
        assertFinal(name, expected);
    }

    @Test
    void aLostTaskManagerChangesNoAnswer(@InjectMiniCluster MiniCluster flink) throws Exception {
        String name = "lost";
        ExpectedRankings expected = load(name, 0, EVENTS);
        JobClient job =
                graph(
                                2,
                                name,
                                backend("rocksdb"),
                                new SlowFirstAttempt(),
                                "at-least-once",
                                "--bounded")
                        .executeAsync(name);
        await("a checkpoint to go back to")
                .atMost(DEADLINE)
                .until(() -> completedCheckpoints(flink, job) > 0);

        flink.terminateTaskManager(0).get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        flink.startTaskManager();
        job.getJobExecutionResult().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);

        assertFinal(name, expected);
    }

    @Test
    void partitionsReadAtDifferentSpeedsChangeNoAnswer() throws Exception {
        ExpectedRankings expected = load("speeds", 0, EVENTS);

        graph(4, "speeds", new Configuration(), new SlowPartition(), "at-least-once", "--bounded")
                .execute("speeds");

        assertFinal("speeds", expected);
    }

    /** A drain ends no window: the topic has no end, and the job goes on from its savepoint. */
    @ParameterizedTest
    @CsvSource({
        "hashmap,1,rocksdb,3,false",
        "rocksdb,4,hashmap,2,true",
        "hashmap,2,hashmap,2,true"
    })
    void aSavepointGoesOnAtAnotherParallelismAndOnAnotherBackend(
            String before, int parallelismBefore, String after, int parallelismAfter, boolean drain)
            throws Exception {
        String name = "savepoint-%s-%d-%s".formatted(before, parallelismBefore, drain);
        ExpectedRankings expected = load(name, 0, EVENTS / 2);
        StreamExecutionEnvironment first =
                graph(
                        parallelismBefore,
                        name,
                        backend(before),
                        new FailAfterCheckpoints(),
                        "at-least-once");
        JobClient job = first.executeAsync(name);
        awaitFinals(name);
        String savepoint = stop(job, drain, name);
        load(name, EVENTS / 2, EVENTS, expected);
        topics.passTime(name, Instant.parse("2026-01-02T00:00:00Z"));

        Configuration configuration = backend(after);
        configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        JobClient restored =
                graph(
                                parallelismAfter,
                                name,
                                configuration,
                                new FailAfterCheckpoints(),
                                "at-least-once")
                        .executeAsync(name);
        await("all that is in time is final")
                .atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> finals(name).size() >= expected.rankings().size());
        stop(restored, true, name);

        assertThat(Topics.answers(finals(name))).as("seed %d", SEED).isEqualTo(expected.rankings());
        Topics.assertFinalsAgree(topics.rankings(name + "-rankings"));
    }

    @Test
    void aTopicThatWasMadeAnewIsRefused() throws Exception {
        String name = "anew";
        load(name, 0, EVENTS);
        topics.passTime(name, Instant.parse("2026-01-02T00:00:00Z"));
        JobClient job =
                graph(2, name, backend("hashmap"), new SlowPartition(), "at-least-once")
                        .executeAsync(name);
        awaitFinals(name);
        Configuration configuration = backend("hashmap");
        configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, stop(job, false, name));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        LastingTopic.recreate(topics.client(), name, Topics.PARTITIONS);
        List<Ranking> before = topics.rankings(name + "-rankings");

        JobClient refused =
                graph(2, name, configuration, new SlowPartition(), "at-least-once")
                        .executeAsync(name);
        assertThatThrownBy(
                        () ->
                                refused.getJobExecutionResult()
                                        .get(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                .hasStackTraceContaining(
                        "--topic: anew is not the topic that the checkpoint was made from, but a new one of that name: partition 0 goes on at offset ");
        assertThat(topics.rankings(name + "-rankings")).isEqualTo(before);
    }

    /** What was in flight between the subtasks is restored to others than it came from. */
    @ParameterizedTest
    @CsvSource({"hashmap,2,3", "rocksdb,3,1"})
    void anUnalignedCheckpointGoesOnAtAnotherParallelism(String backend, int before, int after)
            throws Exception {
        String name = "unaligned-" + backend;
        Path checkpoints = folder.resolve(name);
        ExpectedRankings expected = load(name, 0, EVENTS);
        topics.passTime(name, Instant.parse("2026-01-02T00:00:00Z"));
        JobClient job =
                graph(
                                before,
                                name,
                                unaligned(backend, checkpoints),
                                new SlowPartition(),
                                "at-least-once")
                        .executeAsync(name);
        awaitFinals(name);
        await("a checkpoint to go on from")
                .atMost(DEADLINE)
                .until(() -> newestCheckpoint(checkpoints).isPresent());
        job.cancel().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        // Until it has ended, it completes checkpoints, and deletes the ones before them.
        await("the end of the job")
                .atMost(DEADLINE)
                .until(
                        () ->
                                job.getJobStatus()
                                        .get(DEADLINE.toSeconds(), TimeUnit.SECONDS)
                                        .isGloballyTerminalState());

        Configuration configuration = unaligned(backend, checkpoints);
        configuration.set(
                StateRecoveryOptions.SAVEPOINT_PATH,
                newestCheckpoint(checkpoints).orElseThrow().toUri().toString());
        JobClient restored =
                graph(after, name, configuration, new SlowPartition(), "at-least-once")
                        .executeAsync(name);
        await("all that is in time is final")
                .atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> finals(name).size() >= expected.rankings().size());
        restored.cancel().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);

        assertThat(Topics.answers(finals(name))).as("seed %d", SEED).isEqualTo(expected.rankings());
        Topics.assertFinalsAgree(topics.rankings(name + "-rankings"));
    }

    private static Configuration unaligned(String backend, Path checkpoints) {
        Configuration configuration = backend(backend);
        configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, true);
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints.toUri().toString());
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
        return configuration;
    }

    /** By its number. Folders of other checkpoints may vanish meanwhile. */
    private static Optional<Path> newestCheckpoint(Path checkpoints) throws IOException {
        List<Path> complete = new ArrayList<>();
        for (Path job : list(checkpoints)) {
            for (Path checkpoint : list(job)) {
                if (Files.exists(checkpoint.resolve("_metadata"))) {
                    complete.add(checkpoint);
                }
            }
        }
        return complete.stream().max(Comparator.comparingInt(RankingsRecoveryIT::number));
    }

    private static List<Path> list(Path parent) throws IOException {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(parent)) {
            return children.toList();
        }
    }

    private static int number(Path checkpoint) {
        return Integer.parseInt(checkpoint.getFileName().toString().substring("chk-".length()));
    }

    private static List<Ranking> finals(String name) throws Exception {
        return Topics.valid(topics.rankings(name + "-rankings")).stream()
                .filter(Ranking::isFinal)
                .toList();
    }

    private static long completedCheckpoints(MiniCluster flink, JobClient job) throws Exception {
        return flink.getExecutionGraph(job.getJobID())
                .get()
                .getCheckpointStatsSnapshot()
                .getCounts()
                .getNumberOfCompletedCheckpoints();
    }

    private static String stop(JobClient job, boolean drain, String name) throws Exception {
        return job.stopWithSavepoint(
                        drain,
                        folder.resolve(name).toUri().toString(),
                        SavepointFormatType.CANONICAL)
                .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    private static ExpectedRankings load(String name, long from, long to) throws Exception {
        topics.create(name, name + "-rankings", name + "-late");
        ExpectedRankings expected = new ExpectedRankings(RULES);
        load(name, from, to, expected);
        return expected;
    }

    private static void load(String name, long from, long to, ExpectedRankings expected) {
        EventLog log =
                new EventLog(
                        Workload.hostile().toBuilder()
                                .seed(SEED)
                                .eventsPerSecond(20)
                                .lateBy(Duration.ofMinutes(5))
                                .build());
        topics.load(name, log.events(from, to), expected::add);
    }

    private static void assertFinal(String name, ExpectedRankings expected) throws Exception {
        List<Ranking> all = topics.rankings(name + "-rankings");
        List<Ranking> valid = Topics.valid(all);
        assertThat(valid).as("seed %d", SEED).isNotEmpty().allMatch(Ranking::isFinal);
        assertThat(Topics.answers(valid)).as("seed %d", SEED).isEqualTo(expected.rankings());
        Topics.assertFinalsAgree(all);
    }

    private static void awaitFinals(String name) {
        await("a final ranking")
                .atMost(DEADLINE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> !finals(name).isEmpty());
    }

    private static Configuration backend(String type) {
        Configuration configuration = new Configuration();
        configuration.set(StateBackendOptions.STATE_BACKEND, type);
        return configuration;
    }

    /** The job's graph with something in the way of its changes. */
    private static StreamExecutionEnvironment graph(
            int parallelism,
            String topic,
            Configuration configuration,
            RichMapFunction<Change, Change> obstacle,
            String delivery,
            String... more) {
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(100));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(parallelism);
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--bootstrap-servers=" + topics.bootstrapServers(),
                                "--topic=" + topic,
                                "--rankings-topic=" + topic + "-rankings",
                                "--late-topic=" + topic + "-late",
                                "--window=30s",
                                "--out-of-orderness=20s",
                                "--allowed-lateness=1min",
                                "--update-interval=100ms",
                                "--delivery=" + delivery));
        arguments.addAll(List.of(more));
        RankingsOptions options = new RankingsOptions();
        assertThat(JobCommand.parse(options, Map.of(), arguments.toArray(String[]::new))).isTrue();
        RankingsSettings settings = options.settings();
        RankingsJob.configure(environment, options);
        RankingsJob.write(
                RankingsTopology.of(
                        RankingsJob.read(environment, options, settings)
                                .map(obstacle, ChangeSerializer.TYPE)
                                .uid("obstacle"),
                        settings),
                options);
        return environment;
    }

    /** Fails as often as asked for, each time some changes after a checkpoint has completed. */
    private static final class FailAfterCheckpoints extends RichMapFunction<Change, Change>
            implements CheckpointListener {

        private static final long serialVersionUID = 1L;
        private static final int CHANGES_UNTIL_FAILURE = 100;
        private static final int CHANGES_WITHOUT_CHECKPOINT = 200;
        private static final long NANOS_PER_CHANGE = 100_000;

        /** Far slower than checkpoints, so that the input does not end before the failures. */
        private static final long NANOS_PER_WAITING_CHANGE = 20_000_000;

        /** Reset by the test; shared by all attempts and subtasks in this JVM. */
        private static final AtomicInteger failuresLeft = new AtomicInteger();

        private transient int changesUnarmed;
        private transient int changesSinceCheckpoint;
        private transient boolean armed;

        @Override
        public Change map(Change change) {
            if (failuresLeft.get() > 0) {
                boolean waiting = !armed && ++changesUnarmed > CHANGES_WITHOUT_CHECKPOINT;
                LockSupport.parkNanos(waiting ? NANOS_PER_WAITING_CHANGE : NANOS_PER_CHANGE);
                if (armed
                        && ++changesSinceCheckpoint > CHANGES_UNTIL_FAILURE
                        && failuresLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                    throw new IllegalStateException("a failure that the test asked for");
                }
            }
            return change;
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            armed = true;
        }
    }

    /** Lets nobody reach the end before the job has been restarted. */
    private static final class SlowFirstAttempt extends RichMapFunction<Change, Change> {

        private static final long serialVersionUID = 1L;

        @Override
        public Change map(Change change) {
            if (getRuntimeContext().getTaskInfo().getAttemptNumber() == 0) {
                LockSupport.parkNanos(20_000_000);
            }
            return change;
        }
    }

    /** Makes one partition much slower than the others. */
    private static final class SlowPartition extends RichMapFunction<Change, Change> {

        private static final long serialVersionUID = 1L;

        @Override
        public Change map(Change change) {
            if (change.partition() == 0) {
                LockSupport.parkNanos(500_000);
            }
            return change;
        }
    }
}
