package io.github.wikiflow.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.jobs.JobCommand;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.ExpectedLake;
import io.github.wikiflow.sandbox.generator.LakeRow;
import io.github.wikiflow.sandbox.generator.TopicLoader;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ArchiveIT {

    @RegisterExtension
    static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir private static Path kafkaFolder;
    private static EmbeddedKafka kafka;

    @TempDir private Path lake;

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.start(kafkaFolder);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @Test
    void archivesWhatIsInTheTopicAndEnds() throws Exception {
        ExpectedLake expected = fill("bounded", "bounded-dead-letters", Workload.hostile(), 20_000);
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        ArchiveJob.define(
                environment,
                options(
                        "--bounded",
                        "--topic=bounded",
                        "--dead-letter-topic=bounded-dead-letters",
                        "--lake=" + lake));
        environment.execute();

        try (LakeReader reader = new LakeReader(lake)) {
            assertThat(reader.rows())
                    .containsExactlyInAnyOrderElementsOf(texts(expected.rows("bounded")));
        }
    }

    private static List<String> texts(List<Map<String, Object>> rows) {
        List<String> texts = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            Map<String, Object> typed = new TreeMap<>(row);
            typed.computeIfPresent("meta_dt", (name, dt) -> Instant.parse((String) dt));
            texts.add(LakeRow.text(typed));
        }
        return texts;
    }

    private static ExpectedLake fill(
            String topic, String deadLetterTopic, Workload workload, int events) throws Exception {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", kafka.bootstrapServers());
        try (Admin admin = Admin.create(client)) {
            TopicCreation.createIfMissing(admin, Topic.CHANGES, topic);
            TopicCreation.createIfMissing(admin, Topic.DEAD_LETTERS, deadLetterTopic);
        }
        ExpectedLake expected = ExpectedLake.ofEvents(Duration.ofMinutes(1));
        try (TopicLoader loader = new TopicLoader(client, topic)) {
            loader.load(new EventLog(workload).events(0, events), expected::add);
        }
        return expected;
    }

    private static ArchiveOptions options(String... arguments) {
        ArchiveOptions options = new ArchiveOptions();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add("--bootstrap-servers=" + kafka.bootstrapServers());
        assertThat(JobCommand.parse(options, Map.of(), all.toArray(new String[0]))).isTrue();
        return options;
    }
}
