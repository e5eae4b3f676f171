package io.github.wikiflow.rankings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.ExpectedRankings;
import io.github.wikiflow.sandbox.generator.LandedEvent;
import io.github.wikiflow.sandbox.generator.RankingRules;
import io.github.wikiflow.sandbox.generator.TopicLoader;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole job, from topic to topic. */
class RankingsJobIT {

    private static final int EVENTS = 20_000;
    private static final RankingRules RULES =
            RankingRules.DEFAULTS.withTimes(
                    Duration.ofMinutes(1), Duration.ofSeconds(20), Duration.ofMinutes(2));

    @RegisterExtension
    static final MiniClusterExtension FLINK =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(1)
                            .setNumberSlotsPerTaskManager(4)
                            .build());

    @TempDir private static Path folder;
    private static EmbeddedKafka kafka;
    private static final ExpectedRankings EXPECTED = new ExpectedRankings(RULES);

    @BeforeAll
    static void load() throws Exception {
        kafka = EmbeddedKafka.start(folder);
        create(Topic.CHANGES, "changes");
        EventLog log =
                new EventLog(
                        Workload.hostile().toBuilder()
                                .seed(1)
                                .lateBy(Duration.ofMinutes(5))
                                .build());
        try (TopicLoader loader = new TopicLoader(client(), "changes")) {
            loader.load(log.events(0, EVENTS), EXPECTED::add);
        }
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void finalRankingsAreTheExpectedAnswers(int parallelism) throws Exception {
        String rankings = "rankings-" + parallelism;
        String late = "late-" + parallelism;
        run(parallelism, rankings, late);

        List<Ranking> valid =
                RankingsTopic.valid(RankingsTopic.all(kafka.bootstrapServers(), rankings));
        assertThat(valid).allMatch(Ranking::isFinal);
        assertThat(RankingsTopic.answers(valid)).isEqualTo(EXPECTED.rankings());
    }

    @Test
    void lateChangesAreKeptWithWhatTheyCameTooLateFor() throws Exception {
        run(2, "rankings", "late");

        List<String> found = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record :
                RankingsTopic.records(kafka.bootstrapServers(), "late")) {
            found.add(
                    text(record.key())
                            + text(record.value())
                            + header(record, "window-start")
                            + header(record, "window-end")
                            + header(record, "source-partition")
                            + header(record, "source-offset"));
            assertThat(Long.parseLong(header(record, "lateness-ms")))
                    .isGreaterThanOrEqualTo(RULES.allowedLateness().toMillis());
        }
        List<String> expected = new ArrayList<>();
        for (LandedEvent event : EXPECTED.late()) {
            long window = RULES.window().toSeconds();
            long start = Math.floorDiv(event.event().content().timestamp(), window) * window;
            expected.add(
                    text(event.event().key())
                            + text(event.event().json())
                            + Instant.ofEpochSecond(start)
                            + Instant.ofEpochSecond(start + window)
                            + event.partition()
                            + event.offset());
        }
        assertThat(found).isNotEmpty().containsExactlyInAnyOrderElementsOf(expected);
    }

    private static void run(int parallelism, String rankings, String late) throws Exception {
        create(Topic.RANKINGS, rankings);
        create(Topic.LATE, late);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(parallelism);
        assertThat(
                        RankingsJob.define(
                                environment,
                                Map.of(),
                                "--bootstrap-servers=" + kafka.bootstrapServers(),
                                "--topic=changes",
                                "--rankings-topic=" + rankings,
                                "--late-topic=" + late,
                                "--window=1min",
                                "--out-of-orderness=20s",
                                "--allowed-lateness=2min",
                                "--bounded"))
                .isTrue();
        environment.execute(RankingsJob.NAME);
    }

    private static void create(Topic topic, String name) throws Exception {
        try (Admin admin = Admin.create(client())) {
            TopicCreation.createIfMissing(admin, topic, name);
        }
    }

    private static Properties client() {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", kafka.bootstrapServers());
        return client;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return text(record.headers().lastHeader(name).value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
