package io.github.wikiflow.archive.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.archive.SampleLake;
import io.github.wikiflow.events.kafka.DeadLetterHeaders;
import io.github.wikiflow.events.options.CommandRunner;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.lake.Compression;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import io.github.wikiflow.sandbox.kafka.LastingTopic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A lake compared with the topic that it was read from. */
class TopicGapsIT {

    /** As the sample lake calls it. */
    private static final TopicPartition PARTITION = new TopicPartition("topic", 0);

    private static final String LETTERS = "letters";

    @TempDir private Path folder;
    @TempDir private Path lake;

    private EmbeddedKafka kafka;

    @Test
    void tellsWhatIsMissingFromWhatIsNoChange() throws Exception {
        try (EmbeddedKafka started = EmbeddedKafka.start(folder)) {
            kafka = started;
            LastingTopic.create(client(), PARTITION.topic(), 1);
            LastingTopic.create(client(), LETTERS, 1);
            // Changes at 0 to 2 and 7 to 9; at 3 and 10 commits, at 4 to 6 two that are withdrawn.
            produce(3, true);
            produce(2, false);
            produce(3, true);
            for (int offset : List.of(0, 1, 7, 8)) {
                write(offset);
            }
            reject(2);
            assertThat(check()).containsExactly("ok    4 files with 4 rows are as they should be");

            // Up to here the archive has read, says its consumer group.
            readUpTo(11);
            assertThat(check()).containsExactly(missing(1, 9, 9));

            Files.delete(file(0));
            Files.delete(file(7));
            assertThat(check()).containsExactly(missing(3, 0, 9));

            deleteRecordsBefore(8);
            assertThat(check()).containsExactly(missing(1, 9, 9));

            write(500);
            assertThat(check())
                    .containsExactly(
                            "note  topic-0 ends at 11, and the lake has changes of it up to 500: it was made anew, and is not compared",
                            "ok    3 files with 3 rows are as they should be");
        }
    }

    private static String missing(int changes, int first, int last) {
        return "BAD   topic-0 has %d changes from offset %d to %d that are neither in the lake nor among the dead letters; start the archive from a checkpoint or savepoint before them, with --rewind-lake"
                .formatted(changes, first, last);
    }

    private List<String> check() {
        StringWriter out = new StringWriter();
        CommandLine command = CommandRunner.commandLine(new LakeCommand(), Map.of());
        command.setOut(new PrintWriter(out));
        command.execute(
                "check",
                "--lake=" + lake,
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--topic=" + PARTITION.topic(),
                "--dead-letters-topic=" + LETTERS,
                "--name=archive");
        return out.toString()
                .lines()
                .filter(line -> !line.contains("files have names that this build does not give"))
                .toList();
    }

    private void write(long offset) throws Exception {
        RawChange change = SampleLake.of("\"a\"", offset);
        SampleLake.write(lake, change, Compression.NONE);
    }

    private Path file(long offset) {
        return lake.resolve(
                "change_timestamp_date=1970-01-01/server_name=a/%d-NONE.parquet".formatted(offset));
    }

    private void produce(int changes, boolean commit) {
        Properties properties = client();
        properties.setProperty("transactional.id", "bridge");
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int i = 0; i < changes; i++) {
                producer.send(
                        new ProducerRecord<>(PARTITION.topic(), SampleLake.of("\"a\"", i).value()));
            }
            producer.flush();
            if (commit) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private void reject(long offset) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(LETTERS, new byte[0]);
        Map.of(
                        DeadLetterHeaders.SOURCE_TOPIC, PARTITION.topic(),
                        DeadLetterHeaders.SOURCE_PARTITION, "0",
                        DeadLetterHeaders.SOURCE_OFFSET, Long.toString(offset))
                .forEach(
                        (name, value) ->
                                letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(letter);
        }
    }

    private void readUpTo(long offset) throws Exception {
        try (Admin admin = Admin.create(client())) {
            admin.alterConsumerGroupOffsets(
                            "archive", Map.of(PARTITION, new OffsetAndMetadata(offset)))
                    .all()
                    .get();
        }
    }

    private void deleteRecordsBefore(long offset) throws Exception {
        try (Admin admin = Admin.create(client())) {
            admin.deleteRecords(Map.of(PARTITION, RecordsToDelete.beforeOffset(offset)))
                    .all()
                    .get();
        }
    }

    private Properties client() {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", kafka.bootstrapServers());
        return client;
    }
}
