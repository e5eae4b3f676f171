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

/**
 * {@code up} as a process of its own, killed without warning while events flow, once after somebody
 * has stopped the archive with a savepoint, and started again on the same data: at the end the
 * topic has every event of the stream once, and so has the lake.
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
        LakeRows lake = new LakeRows(data.resolve("lake"));
        for (long rows = 1_000; rows <= 3_000; rows += 2_000) {
            long enough = rows;
            running = UpProcess.start(data, "--source", "simulated", "--rate", "300");
            await("rows in the lake")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> running.isAlive() && lake.count() >= enough);
            if (rows == 3_000) {
                stopArchiveWithSavepoint();
            }
            running.kill();
        }

        // Another source brings no more events of the simulated stream, so that the rest can
        // arrive.
        Path oneEvent = Files.writeString(folder.resolve("one.ndjson"), ONE_EVENT);
        running = UpProcess.start(data, "--source", "replay", "--replay", oneEvent.toString());
        CommittedRecords kafka = new CommittedRecords(running.kafka());
        await("all of the topic in the lake")
                .atMost(Duration.ofMinutes(3))
                .until(
                        () -> {
                            List<ConsumerRecord<byte[], byte[]>> changes =
                                    kafka.read(Topic.CHANGES.defaultName());
                            return holds(changes, "the-one-event")
                                    && lake.count() == changes.size();
                        });
        List<WikiChange> changes = changes(kafka);
        assertThat(running.stop()).as("what the process printed").contains("Stopped.");

        assertThat(changes).extracting(change -> change.meta().id()).doesNotHaveDuplicates();
        assertContiguous(changes);
        assertThat(DuckDb.column(data.resolve("lake"), "meta_id"))
                .containsExactlyInAnyOrderElementsOf(
                        changes.stream().map(change -> change.meta().id()).toList());
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

    private static final String ONE_EVENT =
            """
            {"meta":{"id":"the-one-event","domain":"en.wikipedia.org"},"timestamp":1777629601,"type":"edit","server_name":"en.wikipedia.org","wiki":"enwiki","title":"A","user":"B","bot":false}
            """;

    private static boolean holds(List<ConsumerRecord<byte[], byte[]>> changes, String id)
            throws Exception {
        for (ConsumerRecord<byte[], byte[]> change : changes) {
            if (id.equals(new WikiChangeParser().parse(change.value()).meta().id())) {
                return true;
            }
        }
        return false;
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
