package io.github.wikiflow.rankings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.ExpectedRanking;
import io.github.wikiflow.sandbox.generator.ExpectedRankings;
import io.github.wikiflow.sandbox.generator.RankingRules;
import io.github.wikiflow.sandbox.generator.Workload;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Upgrades: the savepoint of each earlier release, kept below {@code src/test/resources}, is
 * restored into the present build, which then gives the answers that the earlier one would have
 * given.
 */
class GoldenSavepointIT {

    private static final Path SAVEPOINTS = Path.of("src", "test", "resources", "savepoints");

    /** What the savepoints were made from; never to be changed while there are any. */
    private static final Workload WORKLOAD =
            Workload.hostile().toBuilder()
                    .seed(20_261_123)
                    .eventsPerSecond(3)
                    .users(500)
                    .lateBy(Duration.ofMinutes(4))
                    .build();

    private static final RankingRules RULES =
            RankingRules.DEFAULTS.withTimes(
                    Duration.ofMinutes(1), Duration.ofSeconds(20), Duration.ofMinutes(2));

    /** How many events the savepoint covers, and how many there are. */
    private static final int COVERED = 900;

    private static final int EVENTS = 1_800;
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    @RegisterExtension static final MiniClusterExtension FLINK = OneTaskManager.withSlots(3);

    @TempDir private Path folder;
    private Topics topics;

    private final ExpectedRankings expected = new ExpectedRankings(RULES);

    /** Of the events that the savepoint covers: the latest time of each partition. */
    private final Map<Integer, Long> coveredUpTo = new HashMap<>();

    @BeforeEach
    void start() throws Exception {
        topics = Topics.start(folder.resolve("kafka"));
        topics.create("changes", "rankings", "late");
    }

    @AfterEach
    void stop() {
        topics.close();
    }

    static List<Path> savepoints() throws IOException {
        try (Stream<Path> releases = Files.list(SAVEPOINTS)) {
            return releases.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("savepoints")
    void theSavepointOfAnEarlierReleaseGoesOn(Path savepoint) throws Exception {
        load(EVENTS);
        topics.passTime("changes", Instant.parse("2026-01-02T00:00:00Z"));
        Configuration restore = new Configuration();
        restore.set(
                StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toAbsolutePath().toUri().toString());

        JobClient job = execute(3, restore);
        List<ExpectedRanking> awaited =
                expected.rankings().stream()
                        .filter(ranking -> !isFinalInTheSavepoint(ranking))
                        .toList();
        await("the final rankings", () -> finals().size() >= awaited.size());
        stop(job, false);

        assertThat(Topics.answers(finals())).isNotEmpty().isEqualTo(awaited);
        assertThat(topics.records("late").stream().map(late -> ByteBuffer.wrap(late.value())))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(
                        expected.late().stream()
                                .filter(late -> late.event().index() >= COVERED)
                                .map(late -> ByteBuffer.wrap(late.event().json()))
                                .toList());
    }

    /** Not a test: keeps the savepoint of this build for the builds to come; see upgrades.md. */
    @Test
    @EnabledIfSystemProperty(named = "golden.release", matches = ".+")
    void makeTheSavepointOfThisRelease() throws Exception {
        load(COVERED);
        long finals = expected.rankings().stream().filter(this::isFinalInTheSavepoint).count();
        JobClient job = execute(2, new Configuration());
        await(
                "all changes read and " + finals + " final rankings",
                () -> topics.lag(RankingsJob.NAME, "changes") == 0 && finals().size() == finals);
        Path made = Path.of(URI.create(stop(job, false)));
        Files.createDirectories(SAVEPOINTS);
        Files.move(made, SAVEPOINTS.resolve(System.getProperty("golden.release")));
    }

    private List<Ranking> finals() throws Exception {
        return Topics.valid(topics.rankings("rankings")).stream().filter(Ranking::isFinal).toList();
    }

    private void load(int events) {
        topics.load(
                "changes",
                new EventLog(WORKLOAD).events(0, events),
                landed -> {
                    expected.add(landed);
                    if (landed.event().index() < COVERED
                            && !landed.isMalformed()
                            && !landed.isPoisoned(RULES.futureTolerance())) {
                        coveredUpTo.merge(
                                landed.partition(),
                                landed.event().content().timestamp() * 1_000,
                                Math::max);
                    }
                });
    }

    private boolean isFinalInTheSavepoint(ExpectedRanking ranking) {
        long watermark =
                Collections.min(coveredUpTo.values()) - RULES.outOfOrderness().toMillis() - 1;
        return ranking.windowEnd().toEpochMilli() - 1 + RULES.allowedLateness().toMillis()
                <= watermark;
    }

    private JobClient execute(int parallelism, Configuration configuration) throws Exception {
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(parallelism);
        RankingsJob.define(
                environment,
                Map.of(),
                "--bootstrap-servers=" + topics.bootstrapServers(),
                "--topic=changes",
                "--accept-new-topic",
                "--rankings-topic=rankings",
                "--late-topic=late",
                "--window=1min",
                "--out-of-orderness=20s",
                "--allowed-lateness=2min");
        return environment.executeAsync();
    }

    private String stop(JobClient job, boolean drain) throws Exception {
        return job.stopWithSavepoint(
                        drain,
                        folder.resolve("savepoints").toUri().toString(),
                        SavepointFormatType.CANONICAL)
                .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(DEADLINE).until(condition);
    }
}
