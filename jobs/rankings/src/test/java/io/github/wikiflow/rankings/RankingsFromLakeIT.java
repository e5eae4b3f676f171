package io.github.wikiflow.rankings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.archive.ArchiveJob;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.jobs.JobCommand;
import io.github.wikiflow.lake.LakeDays;
import io.github.wikiflow.lake.LakeFileName;
import io.github.wikiflow.lake.LakeListing;
import io.github.wikiflow.rankings.change.Change;
import io.github.wikiflow.rankings.change.ChangeSerializer;
import io.github.wikiflow.rankings.rank.RankingSerializer;
import io.github.wikiflow.sandbox.generator.EventKind;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.ExpectedLake;
import io.github.wikiflow.sandbox.generator.ExpectedRanking;
import io.github.wikiflow.sandbox.generator.ExpectedRankings;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.LandedEvent;
import io.github.wikiflow.sandbox.generator.RankingRules;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.testing.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.InjectMiniCluster;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The rankings of a lake, as the archive writes it, against answers that are counted without it.
 */
class RankingsFromLakeIT {

    private static final long SEED = Seed.draw();
    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final RankingRules SHORT_WINDOWS =
            RankingRules.DEFAULTS.withTimes(
                    Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofMinutes(1));

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            OneTaskManager.withSlots(
                    4,
                    new Configuration()
                            .set(
                                    TaskManagerOptions.MANAGED_MEMORY_SIZE,
                                    MemorySize.ofMebiBytes(64)));

    /** The first whole window of ten minutes from 07:03 on; nothing is known of the one before. */
    private static final Instant FIRST_OF_RANGE = Instant.parse("2026-01-01T07:10:00Z");

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

    /** Other events, options, order of arrival, files and parallelism in each repetition. */
    @RepeatedTest(3)
    void finalRankingsAreThoseFromKafka(RepetitionInfo repetition) throws Exception {
        long seed = SEED + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        int parallelism = 1 + repetition.getCurrentRepetition() % 2;
        RankingRules rules =
                RankingRules.DEFAULTS
                        .withTimes(
                                Duration.ofSeconds(List.of(7, 60, 600).get(random.nextInt(3))),
                                Duration.ofSeconds(random.nextInt(30)),
                                Duration.ofSeconds(random.nextInt(3) * 100L))
                        .withTypes(random.nextBoolean() ? Set.of() : Set.of("edit", "log"));
        String name = "seed-" + seed;
        topics.create(name, name + "-from-kafka", name + "-from-lake", name + "-late");
        ExpectedRankings expected = new ExpectedRankings(rules);
        topics.load(name, displaced(events(seed).events(0, 8_000), random), expected::add);
        List<String> codecs = List.of("zstd", "snappy", "gzip", "none");
        Path lake =
                archive(
                        name,
                        "lake",
                        "--compression=" + codecs.get(repetition.getCurrentRepetition() % 4),
                        "--file-rows=" + (1 + random.nextInt(300)));

        run(
                parallelism,
                rules,
                name + "-from-kafka",
                "--topic=" + name,
                "--late-topic=" + name + "-late");
        run(parallelism, rules, name + "-from-lake", "--source=lake", "--lake=" + lake);

        List<Ranking> fromLake = topics.rankings(name + "-from-lake");
        assertThat(expected.late()).as("seed %d", seed).isNotEmpty();
        assertThat(fromLake).as("seed %d", seed).allMatch(Ranking::isFinal);
        assertThat(Topics.answers(Topics.valid(fromLake)))
                .as("seed %d, parallelism %d, %s", seed, parallelism, rules)
                .isEqualTo(expected.rankings())
                .isEqualTo(Topics.answers(Topics.valid(topics.rankings(name + "-from-kafka"))));
    }

    @Test
    void onlyWholeWindowsOfTheRangeAreRanked() throws Exception {
        RankingRules rules = RankingRules.DEFAULTS;
        topics.create("range", "range-rankings");
        ExpectedRankings expected = new ExpectedRankings(rules);
        topics.load(
                "range",
                new EventLog(Workload.hostile().toBuilder().seed(SEED).eventsPerSecond(0.1).build())
                        .events(0, 12_000),
                expected::add);
        Path lake = archive("range", "lake");
        Instant from = Instant.parse("2026-01-01T07:03:00Z");
        Instant to = Instant.parse("2026-01-01T23:55:00Z");

        run(
                2,
                rules,
                "range-rankings",
                "--source=lake",
                "--lake=" + lake.toUri(),
                "--from=" + from,
                "--to=" + to);

        List<ExpectedRanking> inRange =
                expected.rankings().stream()
                        .filter(
                                ranking ->
                                        !ranking.windowStart().isBefore(from)
                                                && !ranking.windowEnd().isAfter(to))
                        .map(
                                ranking ->
                                        ranking.windowStart().equals(FIRST_OF_RANGE)
                                                ? ranking.withoutPlacesBefore()
                                                : ranking)
                        .toList();
        assertThat(inRange).as("seed %d", SEED).hasSizeGreaterThan(100);
        assertThat(Topics.answers(Topics.valid(topics.rankings("range-rankings"))))
                .as("seed %d", SEED)
                .isEqualTo(inRange);
    }

    /** The batch job has no checkpoints: what has failed is run again from what Flink has kept. */
    @Test
    void failuresChangeNoAnswer() throws Exception {
        String name = "failures";
        ExpectedRankings expected = load(name);
        Path lake = archive(name, "lake");
        Random random = new Random(SEED);
        FailingMap.Place.CHANGES.failAt(random.nextInt(2_000), random.nextInt(2_000));
        FailingMap.Place.RANKINGS.failAt(random.nextInt(10), random.nextInt(10));

        batch(
                        name,
                        lake,
                        new FailingMap<>(FailingMap.Place.CHANGES),
                        new FailingMap<>(FailingMap.Place.RANKINGS))
                .execute();

        assertThat(FailingMap.Place.values())
                .as("seed %d", SEED)
                .allMatch(FailingMap.Place::hasFailed);
        assertFinal(name, expected);
    }

    /** Lost with the TaskManager: the rows on its disk, and the sink with half of the rankings. */
    @Test
    void aLostTaskManagerChangesNoAnswer(@InjectMiniCluster MiniCluster flink) throws Exception {
        String name = "lost";
        ExpectedRankings expected = load(name);
        Path lake = archive(name, "lake");
        JobClient job = batch(name, lake, change -> change, new StuckFirstAttempt()).executeAsync();
        await().atMost(DEADLINE).until(() -> !rankings(name).isEmpty());

        flink.terminateTaskManager(0).get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        flink.startTaskManager();
        job.getJobExecutionResult().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);

        assertFinal(name, expected);
    }

    /**
     * While the archive writes, with a savepoint of the rankings in between; and the archive goes
     * back to an earlier savepoint of its own, so that it reads changes again.
     */
    @Test
    void aGrowingLakeIsRankedAcrossRestarts() throws Exception {
        RankingRules rules = SHORT_WINDOWS;
        String name = "growing";
        topics.create(name, name + "-rankings");
        ExpectedRankings expected = new ExpectedRankings(rules);
        ExpectedLake archived = ExpectedLake.ofCounts(rules.futureTolerance());
        Consumer<LandedEvent> landed =
                event -> {
                    expected.add(event);
                    archived.add(event);
                };
        EventLog log = events(SEED);
        Path lake = folder.resolve("lake-" + name);
        JobClient archive = startArchive(name, lake, null);
        JobClient rankings = start(rules, name, lake, 1, "hashmap", null);

        topics.load(name, log.events(0, 2_500), landed);
        awaitArchived(lake, archived);
        String earlier = stop(archive, false, name);
        archive = startArchive(name, lake, earlier);
        topics.load(name, log.events(2_500, 5_000), landed);
        await().atMost(DEADLINE).until(() -> rankings(name).stream().anyMatch(Ranking::isFinal));
        awaitArchived(lake, archived);
        String rankingsSoFar = stop(rankings, false, name);
        stop(archive, false, name);
        archive = startArchive(name, lake, earlier, "--rewind-lake");
        topics.load(name, log.events(5_000, 7_500), landed);
        awaitArchived(lake, archived);
        List<ExpectedRanking> settled = settled(expected.rankings());
        // Of the last epoch nobody knows whether it is the last.
        topics.load(name, List.of(normalEvent(log, 7_500)), landed);
        rankings = start(rules, name, lake, 2, "rocksdb", rankingsSoFar);
        await("all but the last file, which must wait, is ranked; seed " + SEED)
                .atMost(DEADLINE)
                .untilAsserted(
                        () ->
                                assertThat(settled(Topics.answers(Topics.valid(rankings(name)))))
                                        .isEqualTo(settled));
        stop(rankings, true, name);
        stop(archive, true, name);

        assertThat(settled(Topics.answers(Topics.valid(rankings(name)))))
                .as("a drain ends nothing, seed %d", SEED)
                .isEqualTo(settled);
        assertThat(rankings(name)).anyMatch(Ranking::isFinal).anyMatch(each -> !each.isFinal());
        Topics.assertFinalsAgree(rankings(name));
    }

    /**
     * An open window's places before are those of its last record, when more may have come since.
     */
    private static List<ExpectedRanking> settled(List<ExpectedRanking> rankings) {
        return rankings.stream().map(ExpectedRanking::withoutPlacesBefore).toList();
    }

    private static ExpectedRankings load(String name) throws Exception {
        topics.create(name, name + "-rankings");
        ExpectedRankings expected = new ExpectedRankings(SHORT_WINDOWS);
        topics.load(name, events(SEED).events(0, 8_000), expected::add);
        return expected;
    }

    /** The bounded job's graph with something in the way of its changes and of its rankings. */
    private static StreamExecutionEnvironment batch(
            String name,
            Path lake,
            MapFunction<Change, Change> beforeCounting,
            MapFunction<Ranking, Ranking> beforeWriting) {
        Configuration configuration = new Configuration();
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 10);
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(10));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(2);
        RankingsOptions options = new RankingsOptions();
        String[] arguments =
                arguments(
                        SHORT_WINDOWS,
                        name + "-rankings",
                        "--source=lake",
                        "--lake=" + lake.toUri(),
                        "--bounded");
        assertThat(JobCommand.parse(options, Map.of(), arguments)).isTrue();
        RankingsSettings settings = options.settings();
        RankingsJob.configure(environment, options);
        DataStream<Change> admitted =
                RankingsJob.readLake(environment, options, settings)
                        .map(beforeCounting, ChangeSerializer.TYPE)
                        .uid("before-counting");
        RankingsJob.writeRankings(
                RankingsTopology.rankings(admitted, settings)
                        .map(beforeWriting, RankingSerializer.TYPE)
                        .uid("before-writing"),
                options);
        return environment;
    }

    private static void assertFinal(String name, ExpectedRankings expected) throws Exception {
        List<Ranking> all = rankings(name);
        assertThat(all).as("seed %d", SEED).allMatch(Ranking::isFinal);
        assertThat(Topics.answers(Topics.valid(all)))
                .as("seed %d", SEED)
                .isEqualTo(expected.rankings());
        Topics.assertFinalsAgree(all);
    }

    /** Starts the archive, which commits several times a second. */
    private static JobClient startArchive(String topic, Path lake, String savepoint, String... more)
            throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(from(savepoint));
        defineArchive(environment, topic, lake, "--file-interval=200ms", more);
        return environment.executeAsync();
    }

    private static void defineArchive(
            StreamExecutionEnvironment environment,
            String topic,
            Path lake,
            String mode,
            String... more) {
        environment.setParallelism(2);
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--bootstrap-servers=" + topics.bootstrapServers(),
                                "--topic=" + topic,
                                "--dead-letters-topic=" + topic + "-dead-letters",
                                "--lake=" + lake.toUri(),
                                mode));
        arguments.addAll(List.of(more));
        ArchiveJob.define(environment, Map.of(), arguments.toArray(String[]::new));
    }

    private static Configuration from(String savepoint) {
        Configuration configuration = new Configuration();
        if (savepoint != null) {
            configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        }
        return configuration;
    }

    /** Waits until every event that becomes a row is in the lake. */
    private static void awaitArchived(Path lake, ExpectedLake expected) {
        await().atMost(DEADLINE).until(() -> rows(lake) == expected.rowCount());
    }

    private static long rows(Path lake) throws IOException {
        long rows = 0;
        for (FileStatus file :
                LakeListing.files(new org.apache.flink.core.fs.Path(lake.toUri()), LakeDays.ALL)) {
            rows += LakeFileName.rows(file.getPath().getName());
        }
        return rows;
    }

    private static GeneratedEvent normalEvent(EventLog log, long from) {
        for (GeneratedEvent event : log.events(from, from + 1_000)) {
            if (event.kind() == EventKind.NORMAL) {
                return event;
            }
        }
        throw new IllegalStateException("a thousand events and none of them normal");
    }

    private static JobClient start(
            RankingRules rules,
            String name,
            Path lake,
            int parallelism,
            String backend,
            String savepoint)
            throws Exception {
        Configuration configuration = from(savepoint);
        configuration.set(StateBackendOptions.STATE_BACKEND, backend);
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(parallelism);
        define(
                environment,
                rules,
                name + "-rankings",
                "--source=lake",
                "--lake=" + lake,
                "--lake-interval=100ms",
                "--update-interval=100ms");
        return environment.executeAsync();
    }

    private static String stop(JobClient job, boolean drain, String name) throws Exception {
        return job.stopWithSavepoint(
                        drain,
                        folder.resolve("savepoint-" + name).toUri().toString(),
                        SavepointFormatType.CANONICAL)
                .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    private static List<Ranking> rankings(String name) throws Exception {
        return topics.rankings(name + "-rankings");
    }

    private static EventLog events(long seed) {
        return new EventLog(
                Workload.hostile().toBuilder()
                        .seed(seed)
                        .eventsPerSecond(20)
                        .lateBy(Duration.ofMinutes(5))
                        .build());
    }

    /** Archives all that is in a topic. */
    private static Path archive(String topic, String lakeName, String... more) throws Exception {
        Path lake = folder.resolve(topic + "-" + lakeName);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        defineArchive(environment, topic, lake, "--bounded", more);
        environment.execute();
        return lake;
    }

    private static void run(
            int parallelism, RankingRules rules, String rankingsTopic, String... more)
            throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(parallelism);
        define(
                environment,
                rules,
                rankingsTopic,
                Stream.concat(Stream.of("--bounded"), Stream.of(more)).toArray(String[]::new));
        environment.execute();
    }

    private static void define(
            StreamExecutionEnvironment environment,
            RankingRules rules,
            String rankingsTopic,
            String... more) {
        assertThat(RankingsJob.define(environment, Map.of(), arguments(rules, rankingsTopic, more)))
                .isTrue();
    }

    private static String[] arguments(RankingRules rules, String rankingsTopic, String... more) {
        return Stream.concat(
                        Stream.of(
                                "--bootstrap-servers=" + topics.bootstrapServers(),
                                "--rankings-topic=" + rankingsTopic,
                                "--window=" + rules.window().toSeconds() + "s",
                                "--out-of-orderness=" + rules.outOfOrderness().toSeconds() + "s",
                                "--allowed-lateness=" + rules.allowedLateness().toSeconds() + "s",
                                "--types=" + String.join(",", rules.types())),
                        Stream.of(more))
                .filter(argument -> !argument.equals("--types="))
                .toArray(String[]::new);
    }

    /** The events in blocks, shuffled within each: as far out of order as a block is long. */
    private static List<GeneratedEvent> displaced(Iterable<GeneratedEvent> events, Random random) {
        List<GeneratedEvent> all = new ArrayList<>();
        events.forEach(all::add);
        for (int from = 0; from < all.size(); ) {
            int to = Math.min(all.size(), from + 1 + random.nextInt(1_000));
            Collections.shuffle(all.subList(from, to), random);
            from = to;
        }
        return all;
    }

    /** Fails at records that the test has chosen. */
    private static final class FailingMap<T> implements MapFunction<T, T> {

        private static final long serialVersionUID = 1L;

        private final Place place;

        private FailingMap(Place place) {
            this.place = place;
        }

        @Override
        public T map(T record) {
            place.pass();
            return record;
        }

        /** Shared by all attempts and subtasks in this JVM. */
        private enum Place {
            CHANGES,
            RANKINGS;

            private final Queue<Integer> recordsUntilFailure = new ArrayDeque<>();
            private int records;

            private synchronized void failAt(int... recordsBetweenFailures) {
                for (int each : recordsBetweenFailures) {
                    recordsUntilFailure.add(each);
                }
            }

            private synchronized boolean hasFailed() {
                return recordsUntilFailure.isEmpty();
            }

            private synchronized void pass() {
                if (!recordsUntilFailure.isEmpty() && ++records > recordsUntilFailure.element()) {
                    recordsUntilFailure.remove();
                    records = 0;
                    throw new IllegalStateException("a failure that the test asked for");
                }
            }
        }
    }

    /** Lets each subtask write some rankings, and the others only when it has been restarted. */
    private static final class StuckFirstAttempt extends RichMapFunction<Ranking, Ranking> {

        private static final long serialVersionUID = 1L;
        private static final int RANKINGS_UNTIL_STUCK = 5;

        private transient int rankings;

        @Override
        public Ranking map(Ranking ranking) throws InterruptedException {
            if (getRuntimeContext().getTaskInfo().getAttemptNumber() == 0
                    && ++rankings > RANKINGS_UNTIL_STUCK) {
                new CountDownLatch(1).await();
            }
            return ranking;
        }
    }
}
