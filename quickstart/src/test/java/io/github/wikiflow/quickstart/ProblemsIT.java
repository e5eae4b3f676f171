package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the console says when something is wrong while {@code up} or {@code cluster} runs. */
class ProblemsIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir private Path folder;

    @Test
    void aJobThatIsRestartedForEver() throws Exception {
        UpProcess up = UpProcess.start(folder, "--source", "simulated", "--rate", "100");
        try {
            LakeRows rows = new LakeRows(folder.resolve("simulated/lake"));
            await("rows in the lake").atMost(PATIENCE).until(() -> rows.count() > 0);
            // A file is where the lake's folder was: nothing can be written there.
            Path lake = folder.resolve("simulated/lake");
            Files.move(lake, folder.resolve("simulated/lake-elsewhere"));
            Files.writeString(lake, "");
            await("the console says so: " + up)
                    .atMost(PATIENCE)
                    .until(
                            () ->
                                    Pattern.compile(
                                                    "wikiflow-archive is restarting\\. \\d+ failures since [-0-9]{10} [:0-9]{8} UTC, the last: \\S+")
                                            .matcher(up.toString())
                                            .find());
        } finally {
            up.kill();
        }
    }

    @Test
    void kafkaEndsTheProcessWhenItCanNoLongerWrite() throws Exception {
        // Enough for what Flink unpacks at its start.
        try (ClusterProcess cluster = ClusterProcess.start(folder, 100_000)) {
            Properties client = new Properties();
            client.setProperty("bootstrap.servers", cluster.kafka());
            client.setProperty("delivery.timeout.ms", "5000");
            client.setProperty("request.timeout.ms", "2000");
            client.setProperty("max.block.ms", "5000");
            byte[] record = new byte[900_000];
            new Random(1).nextBytes(record);
            try (Producer<byte[], byte[]> producer =
                    new KafkaProducer<>(
                            client, new ByteArraySerializer(), new ByteArraySerializer())) {
                for (int i = 0; i < 150; i++) {
                    producer.send(new ProducerRecord<>("wiki-changes", 0, null, record));
                }
            }
            ClusterProcess.Answer end = cluster.end();
            assertThat(end.exitCode()).as(end.text()).isEqualTo(1);
            assertThat(end.text().strip().lines().reduce((first, last) -> last))
                    .hasValue(
                            "Kafka has ended this process, since it cannot write to '%1$s/kafka'; the log says why: %1$s/log/wikiflow.log"
                                    .formatted(folder.resolve("data/cluster")));
        }
    }
}
