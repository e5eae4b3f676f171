package io.github.wikiflow.sandbox.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.events.options.CommandRunner;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.sandbox.kafka.CommittedRecords;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import io.github.wikiflow.sandbox.kafka.LastingTopic;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TopicLoaderIT {

    private static final int PARTITIONS = 3;

    @TempDir private static Path folder;
    private static EmbeddedKafka kafka;

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.start(folder);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @Test
    void reportsEachEventAsItIsInTheTopic() throws Exception {
        LastingTopic.create(client(), "loaded", PARTITIONS);
        EventLog log = new EventLog(Workload.hostile());
        EventLog other = new EventLog(Workload.hostile().toBuilder().seed(2).build());
        List<LandedEvent> reported = new ArrayList<>();

        try (TopicLoader loader = new TopicLoader(client(), "loaded")) {
            loader.load(log.events(0, 3_000), reported::add);
            loader.load(other.events(0, 2_000), reported::add);
        }

        List<ConsumerRecord<byte[], byte[]>> records = read("loaded");
        for (LandedEvent landed : reported) {
            ConsumerRecord<byte[], byte[]> record =
                    records.stream()
                            .filter(
                                    each ->
                                            each.partition() == landed.partition()
                                                    && each.offset() == landed.offset())
                            .findFirst()
                            .orElseThrow();
            assertThat(record.key()).isEqualTo(landed.event().key());
            assertThat(record.value()).isEqualTo(landed.event().json());
            assertThat(record.timestamp()).isEqualTo(landed.recordTime());
        }
    }

    /** The broker may not lead the partitions yet when it says that the topic is created. */
    @RepeatedTest(10)
    void loadsATopicThatHasJustBeenCreated(RepetitionInfo repetition) throws Exception {
        String topic = "new-" + repetition.getCurrentRepetition();
        LastingTopic.create(client(), topic, PARTITIONS);
        try (TopicLoader loader = new TopicLoader(client(), topic)) {
            loader.load(new EventLog(Workload.clean()).events(0, 2_000), landed -> {});
        }
        assertThat(read(topic)).hasSize(2_000);
    }

    @Test
    void saysThatThereIsNoSuchTopic() {
        Properties impatient = client();
        impatient.setProperty("max.block.ms", "500");
        assertThatThrownBy(() -> new TopicLoader(impatient, "missing"))
                .isInstanceOf(OperationException.class)
                .hasMessageContaining("topic missing");
    }

    @Test
    void servesTheCommandLine() throws Exception {
        StringWriter errors = new StringWriter();
        CommandLine command =
                CommandRunner.commandLine(
                        new GenerateCommand(
                                Clock.systemUTC(), System::nanoTime, new ByteArrayOutputStream()),
                        Map.of("WIKIFLOW_BOOTSTRAP_SERVERS", kafka.bootstrapServers()));
        command.setErr(new PrintWriter(errors));

        assertThat(command.execute("--count=500", "--to-topic=commanded"))
                .as("%s", errors)
                .isZero();

        assertThat(read("commanded")).hasSize(500);
        assertThat(errors.toString()).contains("500 events");
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(String topic) {
        return new CommittedRecords(client()).read(topic);
    }

    private static Properties client() {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", kafka.bootstrapServers());
        return properties;
    }
}
