package io.github.wikiflow.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.lake.Epoch;
import io.github.wikiflow.lake.LakeHeads;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.ExpectedLake;
import io.github.wikiflow.sandbox.generator.LakeRow;
import io.github.wikiflow.sandbox.generator.TopicLoader;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.kafka.CommittedRecords;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import io.github.wikiflow.sandbox.kafka.LastingTopic;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
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
 * Upgrades: the savepoint of each earlier release, kept below {@code src/test/resources} together
 * with the files that it had staged, is restored into the present build; afterwards the lake holds
 * every row once.
 */
class GoldenSavepointIT {

    private static final Path SAVEPOINTS = Path.of("src", "test", "resources", "savepoints");
    private static final String STAGING = "staging";
    private static final String HEAD = "head";
    private static final String CHANGES = "changes";
    private static final String DEAD_LETTERS = "dead-letters";
    private static final String NAME = "golden-savepoint";

    /**
     * What the savepoints were made from; never to be changed while there are any. Nothing of it is
     * a dead letter: those would wait in a transaction of a Kafka that is gone.
     */
    private static final Workload COVERED =
            Workload.clean().toBuilder().seed(20_261_123).wikis(8).build();

    private static final int COVERED_EVENTS = 100;

    /** What the restored job reads after it. */
    private static final Workload AFTER = Workload.hostile().toBuilder().seed(7).build();

    private static final int AFTER_EVENTS = 1_000;
    private static final Duration DEADLINE = Duration.ofMinutes(2);

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(3)
                            .build());

    @TempDir private Path folder;
    private EmbeddedKafka kafka;
    private TopicLoader loader;
    private final ExpectedLake expected = ExpectedLake.ofEvents(Duration.ofMinutes(1));

    @BeforeEach
    void start() throws Exception {
        kafka = EmbeddedKafka.start(folder.resolve("kafka"));
        LastingTopic.create(client(), CHANGES, 4);
        LastingTopic.create(client(), DEAD_LETTERS, 1);
        loader = new TopicLoader(client(), CHANGES);
    }

    @AfterEach
    void stop() {
        loader.close();
        kafka.close();
    }

    static List<Path> savepoints() throws IOException {
        try (Stream<Path> releases = Files.list(SAVEPOINTS)) {
            return releases.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("savepoints")
    void theSavepointOfAnEarlierReleaseGoesOn(Path savepoint) throws Exception {
        load(COVERED, COVERED_EVENTS);
        load(AFTER, AFTER_EVENTS);
        copy(savepoint.resolve(STAGING), lake().resolve(Epoch.STAGING));
        copy(savepoint.resolve(HEAD), lake().resolve(LakeHeads.HIDDEN_FOLDER));
        Configuration restore = new Configuration();
        restore.set(
                StateRecoveryOptions.SAVEPOINT_PATH, savepoint.toAbsolutePath().toUri().toString());

        JobClient job = execute(3, restore, "200ms");
        await("all changes read", () -> committedOffsets() == COVERED_EVENTS + AFTER_EVENTS);
        job.stopWithSavepoint(
                        true,
                        folder.resolve("savepoints").toUri().toString(),
                        SavepointFormatType.CANONICAL)
                .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        job.getJobExecutionResult().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);

        try (LakeReader reader = new LakeReader(lake())) {
            assertThat(reader.rows().stream().sorted())
                    .containsExactlyElementsOf(
                            expected.rows(CHANGES).stream().map(LakeRow::text).sorted().toList());
        }
        try (Stream<Path> staged = Files.walk(lake().resolve(Epoch.STAGING))) {
            assertThat(staged.filter(Files::isRegularFile)).isEmpty();
        }
        assertThat(
                        new CommittedRecords(client())
                                .read(DEAD_LETTERS).stream()
                                        .map(letter -> ByteBuffer.wrap(letter.value())))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(expected.malformed().stream(), expected.poisoned().stream())
                                .map(letter -> ByteBuffer.wrap(letter.event().json()))
                                .toList());
    }

    /**
     * Not a test: keeps the savepoint of this build for the builds to come; see upgrades.md. The
     * job is not stopped but cancelled, so that the files that wait for their checkpoint are still
     * in the state.
     */
    @Test
    @EnabledIfSystemProperty(named = "golden.release", matches = ".+")
    void makeTheSavepointOfThisRelease() throws Exception {
        load(COVERED, COVERED_EVENTS);
        JobClient job = execute(2, new Configuration(), "1d");
        await("a file staged", () -> Files.exists(lake().resolve(Epoch.STAGING)));
        String made =
                job.triggerSavepoint(
                                folder.resolve("savepoints").toUri().toString(),
                                SavepointFormatType.CANONICAL)
                        .get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        job.cancel().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        Path release = SAVEPOINTS.resolve(System.getProperty("golden.release"));
        Files.createDirectories(SAVEPOINTS);
        Files.move(Path.of(URI.create(made)), release);
        copy(lake().resolve(Epoch.STAGING), release.resolve(STAGING));
        copy(lake().resolve(LakeHeads.HIDDEN_FOLDER), release.resolve(HEAD));
    }

    private void load(Workload workload, int events) {
        loader.load(new EventLog(workload).events(0, events), expected::add);
    }

    private JobClient execute(int parallelism, Configuration configuration, String interval)
            throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration);
        environment.setParallelism(parallelism);
        ArchiveJob.define(
                environment,
                Map.of(),
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--topic=" + CHANGES,
                "--dead-letters-topic=" + DEAD_LETTERS,
                "--lake=" + lake(),
                "--name=" + NAME,
                "--accept-new-topic",
                "--file-rows=20",
                "--file-interval=" + interval);
        return environment.executeAsync();
    }

    private long committedOffsets() throws Exception {
        try (Admin admin = Admin.create(client())) {
            return admin
                    .listConsumerGroupOffsets(NAME)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .values()
                    .stream()
                    .mapToLong(OffsetAndMetadata::offset)
                    .sum();
        }
    }

    private Properties client() {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", kafka.bootstrapServers());
        return client;
    }

    private Path lake() {
        return folder.resolve("lake");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> found = Files.walk(from)) {
            for (Path path : found.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                Files.createDirectories(target.getParent());
                Files.copy(path, target);
            }
        }
    }

    private static void await(String what, Callable<Boolean> condition) {
        Awaitility.await(what).atMost(DEADLINE).until(condition);
    }
}
