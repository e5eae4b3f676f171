package io.github.wikiflow.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import io.github.wikiflow.sandbox.kafka.LastingTopic;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.StreamFilter;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A checkpoint, and what may have become of its topic: the broker is real. */
class CheckPositionsIT {

    private static final int PARTITIONS = 2;
    private static final String REMEDY =
            "; start without a checkpoint (the archive with another --lake), or go on with the topic as it is by --accept-new-topic";

    @TempDir private static Path folder;
    private static EmbeddedKafka kafka;

    private String topic;

    @BeforeAll
    static void startKafka() {
        kafka = EmbeddedKafka.start(folder);
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void createTopic(TestInfo test) throws Exception {
        topic = test.getTestMethod().orElseThrow().getName();
        LastingTopic.create(client(), topic, PARTITIONS);
        produce(10);
    }

    @Test
    void goesOnInTheSameTopic() throws Exception {
        OperatorSubtaskState checkpoint = checkpointAfter(9);
        assertThat(passes(restore(checkpoint, false), 10)).isTrue();
    }

    @Test
    void refusesATopicThatWasMadeAnew() throws Exception {
        OperatorSubtaskState checkpoint = checkpointAfter(4);
        LastingTopic.recreate(client(), topic, PARTITIONS);
        produce(20);
        assertThatThrownBy(() -> restore(checkpoint, false))
                .hasMessage(
                        "--topic: %s is not the topic that the checkpoint was made from, but a new one of that name: partition 0 goes on at offset 5, and the log has 0 to 20%s",
                        topic, REMEDY);
        assertThat(passes(restore(checkpoint, true), 0)).isTrue();
    }

    @Test
    void refusesATopicWhoseEndIsLost() throws Exception {
        OperatorSubtaskState checkpoint = checkpointAfter(14);
        assertThatThrownBy(() -> restore(checkpoint, false))
                .hasMessage(
                        "--topic: %s is not as long as it was when the checkpoint was made: partition 0 goes on at offset 15, and the log has 0 to 10%s",
                        topic, REMEDY);
    }

    @Test
    void goesOnWhereRetentionHasPassed() throws Exception {
        OperatorSubtaskState checkpoint = checkpointAfter(4);
        try (Admin admin = Admin.create(client())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(8))).all().get();
        }
        assertThat(passes(restore(checkpoint, false), 8)).isTrue();
    }

    @Test
    void refusesAnOffsetThatComesAgain() throws Exception {
        var running = restore(null, false);
        running.processElement(change(9), 0);
        assertThatThrownBy(() -> running.processElement(change(3), 0))
                .hasMessage(
                        "--topic: partition 0 of %s went back to offset 3 after 9 was read%s",
                        topic, REMEDY);
        running.close();
    }

    private OperatorSubtaskState checkpointAfter(long offset) throws Exception {
        var running = restore(null, false);
        running.processElement(change(offset), 0);
        OperatorSubtaskState checkpoint = running.snapshot(1, 1);
        running.close();
        return checkpoint;
    }

    private static boolean passes(
            OneInputStreamOperatorTestHarness<RawChange, RawChange> harness, long offset)
            throws Exception {
        harness.processElement(change(offset), 0);
        boolean passed = harness.extractOutputValues().equals(List.of(change(offset)));
        harness.close();
        return passed;
    }

    private OneInputStreamOperatorTestHarness<RawChange, RawChange> restore(
            OperatorSubtaskState checkpoint, boolean acceptNewTopic) throws Exception {
        OneInputStreamOperatorTestHarness<RawChange, RawChange> harness =
                new OneInputStreamOperatorTestHarness<>(
                        new StreamFilter<>(new CheckPositions<>(topic, client(), acceptNewTopic)));
        if (checkpoint != null) {
            harness.initializeState(checkpoint);
        }
        harness.open();
        return harness;
    }

    private static RawChange change(long offset) {
        return new RawChange(null, null, 0, offset, 0);
    }

    private void produce(int records) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                producer.send(new ProducerRecord<>(topic, 0, null, new byte[1]));
            }
        }
    }

    private static Properties client() {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", kafka.bootstrapServers());
        return client;
    }
}
