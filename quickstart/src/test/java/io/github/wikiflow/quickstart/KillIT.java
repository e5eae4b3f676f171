package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.events.change.WikiChange;
import io.github.wikiflow.events.change.WikiChangeParser;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.sandbox.kafka.CommittedRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code up} as a process of its own, killed without warning while events flow, once after somebody
 * has stopped the archive with a savepoint, and started again on the same data, once in another
 * place: at the end the topic has every event of the stream once, and so has the lake.
 */
class KillIT {

    @TempDir private Path folder;
    private UpProcess running;

    @AfterEach
    void stop() throws Exception {
        if (running != null) {
            running.kill();
        }
    }

    @Test
    void nothingIsLostOrRepeatedByKills() throws Exception {
        // With characters that the text of a URI has in another form.
        Path data = folder.resolve("a ü %41+b");
        runUntil(1_000, data);
        running.kill();
        // What is kept does not say where it is.
        Path moved = Files.move(data, folder.resolve("c ö %42+d"));
        runUntil(3_000, moved);
        stopArchiveWithSavepoint();
        running.kill();
        runUntil(4_000, moved);
        assertThat(running.stop())
                .as("what the process printed")
                .containsAnyOf(
                        "Stopped. The next start goes on from here.",
                        "ended all the same. Nothing is lost.");

        List<WikiChange> changes = restOfTheTopicInTheLake(moved);
        assertThat(changes).extracting(change -> change.meta().id()).doesNotHaveDuplicates();
        assertContiguous(changes);
        assertThat(DuckDb.column(lake(moved), "meta_id"))
                .containsExactlyInAnyOrderElementsOf(
                        changes.stream().map(change -> change.meta().id()).toList());
    }

    private void runUntil(long rows, Path data) throws Exception {
        running = UpProcess.start(data, "--source", "simulated", "--rate", "300");
        LakeRows lake = new LakeRows(lake(data));
        await("rows in the lake")
                .atMost(Duration.ofMinutes(3))
                .until(() -> running.isAlive() && lake.count() >= rows);
    }

    private static Path lake(Path data) {
        return data.resolve("simulated/lake");
    }

    /** Without a bridge nothing more comes, so that the archive can write everything. */
    private static List<WikiChange> restOfTheTopicInTheLake(Path data) throws Exception {
        ClusterOptions options = new ClusterOptions();
        new CommandLine(CommandSpec.create())
                .addMixin("cluster", options)
                .parseArgs("--kafka-port", "0", "--flink-port", "0");
        DataFolder folder = DataFolder.open(data, "simulated");
        try (LocalCluster cluster = LocalCluster.start(folder, options, Home.configuration())) {
            new JobSubmission(
                            "wikiflow-archive",
                            Home.jobJar("archive"),
                            JobSubmission.Output.ADDS,
                            List.of(
                                    "--lake=" + folder.lake(),
                                    "--file-interval=2s",
                                    "--bootstrap-servers=" + cluster.kafka().bootstrapServers()))
                    .submit(cluster.flink().clientConfiguration(), folder);
            CommittedRecords kafka = new CommittedRecords(cluster.kafka().bootstrapServers());
            LakeRows lake = new LakeRows(folder.lake());
            await("all of the topic in the lake")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> lake.count() == changes(kafka).size());
            return changes(kafka);
        }
    }

    /** As `flink stop` does; the job's checkpoints are gone then. */
    private void stopArchiveWithSavepoint() throws Exception {
        FlinkRest flink = new FlinkRest(running.flink());
        String archive = "/jobs/" + JobSubmission.jobId("wikiflow-archive").toHexString();
        flink.post(archive + "/stop", Map.of("drain", false));
        await("the archive is stopped")
                .atMost(Duration.ofMinutes(1))
                .until(() -> flink.get(archive).path("state").asText().equals("FINISHED"));
    }

    private static List<WikiChange> changes(CommittedRecords kafka) throws Exception {
        List<WikiChange> changes = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> change : kafka.read(Topic.CHANGES.defaultName())) {
            changes.add(new WikiChangeParser().parse(change.value()));
        }
        return changes;
    }

    /**
     * The stream numbers its events without a gap; only canaries, which are not forwarded, may be
     * missing.
     */
    private static void assertContiguous(List<WikiChange> changes) {
        Map<String, TreeSet<Long>> offsets = new TreeMap<>();
        for (WikiChange change : changes) {
            if (change.meta().offset() != null) {
                offsets.computeIfAbsent(change.meta().topic(), topic -> new TreeSet<>())
                        .add(change.meta().offset());
            }
        }
        assertThat(offsets).isNotEmpty();
        offsets.forEach(
                (topic, seen) -> {
                    long span = seen.last() - seen.first() + 1;
                    assertThat(span - seen.size())
                            .as("missing in %s, of %d", topic, span)
                            .isBetween(0L, Math.max(2, span / 1_000));
                });
    }
}
