package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.events.change.WikiChange;
import io.github.wikiflow.events.change.WikiChangeParser;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.quickstart.RestorePoints.RestorePoint;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.SourcePosition;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.kafka.CommittedRecords;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * {@code up} as a process of its own, killed without warning while events flow, once after somebody
 * has stopped the archive with a savepoint, and started again on the same data, once in another
 * place, and once without the archive's newest checkpoint: at the end the topic has every event of
 * the stream once, and so has the lake.
 */
class KillIT {

    /** The default of `up`. */
    private static final long SEED = 1;

    private static final double RATE = 300;

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
        runFor(1_000, data);
        running.kill();
        // What is kept does not say where it is.
        Path moved = Files.move(data, folder.resolve("c ö %42+d"));
        runFor(2_000, moved);
        stopArchiveWithSavepoint();
        running.kill();
        runFor(1_000, moved);
        running.kill();
        damageNewestCheckpoint(moved);
        runFor(1_000, moved);
        assertThat(running.stop())
                .as("what the process printed")
                .containsAnyOf(
                        "Stopped. The next start goes on from here.",
                        "ended all the same. Nothing is lost.");

        List<WikiChange> changes = restOfTheTopicInTheLake(moved);
        assertEachEventOnce(changes, moved.resolve("simulated"));
        assertThat(DuckDb.column(lake(moved), "meta_id"))
                .containsExactlyInAnyOrderElementsOf(
                        changes.stream().map(change -> change.meta().id()).toList());
    }

    /** Starts {@code up}, and waits until the lake has so many rows more. */
    private void runFor(long more, Path data) throws Exception {
        LakeRows lake = new LakeRows(lake(data));
        long rows = more + (Files.exists(lake(data)) ? lake.count() : 0);
        running = UpProcess.start(data, "--source", "simulated", "--rate", "" + RATE);
        await("rows in the lake")
                .atMost(Duration.ofMinutes(3))
                .until(() -> running.isAlive() && lake.count() >= rows);
    }

    private static Path lake(Path data) {
        return data.resolve("simulated/lake");
    }

    /** The rows since the one before it are in the lake already. */
    private static void damageNewestCheckpoint(Path data) throws Exception {
        try (DataFolder folder = DataFolder.open(data, "simulated")) {
            RestorePoints points =
                    new RestorePoints(
                            folder.jobs().resolve("wikiflow-archive"), folder.savepoints());
            Files.write(points.newestMetadata().orElseThrow(), new byte[100]);
            assertThat(points.choose().map(RestorePoint::isNewest)).contains(false);
        }
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
                            JobSubmission.Output.TAKES_BACK,
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
        StopWithSavepoint.of(
                new FlinkRest(running.flink()),
                "/jobs/" + JobSubmission.jobId("wikiflow-archive").toHexString(),
                false);
    }

    private static List<WikiChange> changes(CommittedRecords kafka) throws Exception {
        List<WikiChange> changes = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> change : kafka.read(Topic.CHANGES.defaultName())) {
            changes.add(new WikiChangeParser().parse(change.value()));
        }
        return changes;
    }

    /** The generator knows which events it has sent, and which of them the bridge passes on. */
    private static void assertEachEventOnce(List<WikiChange> changes, Path data) {
        Instant start =
                SimulationStart.of(
                        data.resolve("simulation.properties"),
                        "simulated-%d-%s".formatted(SEED, RATE),
                        () -> {
                            throw new AssertionError("nobody remembers when the stream began");
                        });
        EventLog log =
                new EventLog(
                        Workload.realistic().toBuilder()
                                .seed(SEED)
                                .eventsPerSecond(RATE)
                                .start(start)
                                .build());
        LongSummaryStatistics sent =
                changes.stream().mapToLong(change -> indexOf(change, log)).summaryStatistics();
        List<String> expected = new ArrayList<>();
        for (GeneratedEvent event : log.events(sent.getMin(), sent.getMax() + 1)) {
            if (event.kind().isForwarded()) {
                expected.add(event.id());
            }
        }
        assertThat(changes)
                .extracting(change -> change.meta().id())
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static long indexOf(WikiChange change, EventLog log) {
        return log.indexAt(
                new SourcePosition(
                        change.meta().topic(),
                        Math.toIntExact(change.meta().partition()),
                        change.meta().offset()));
    }
}
