package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.ExpectedAnswers;
import io.github.wikiflow.sandbox.generator.LakeRow;
import io.github.wikiflow.sandbox.generator.RankingRules;
import io.github.wikiflow.sandbox.generator.TopicLoader;
import io.github.wikiflow.sandbox.generator.Workload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code jobs}, as the container of that name runs it: both jobs come back on a cluster that has
 * forgotten them, from where they were.
 */
class JobsCommandIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int EVENTS = 600;

    @TempDir private Path temporary;

    private Path folder;
    private Path lake;

    @BeforeEach
    void useANameThatTextChanges() throws Exception {
        folder = Files.createDirectory(temporary.resolve("a ü %41+b"));
        lake = folder.resolve("lake");
    }

    @Test
    void jobsComeBackFromWhereTheyWere() throws Exception {
        ExpectedAnswers expected = ExpectedAnswers.ofEvents(RankingRules.DEFAULTS);
        try (ClusterProcess cluster = start()) {
            load(cluster, 0, EVENTS / 2, expected);
            assertThat(run(cluster, 1, "running")).contains("wikiflow-archive: not submitted");
            assertThat(run(cluster, 2, "submit", "archive"))
                    .contains(
                            "'archive' is no job; name one of wikiflow-archive, wikiflow-rankings");
            assertThat(run(cluster, 0, "submit", "wikiflow-archive"))
                    .contains("Submitted wikiflow-archive from the beginning");
            assertThat(run(cluster, 0, "submit", "wikiflow-archive"))
                    .contains("wikiflow-archive runs already");
            awaitRows(expected);
        }
        try (ClusterProcess cluster = start()) {
            load(cluster, EVENTS / 2, EVENTS, expected);
            Path running = folder.resolve("running");
            Path printed = folder.resolve("watch.out");
            Process watch =
                    jobs(cluster, "watch", "--running-file=" + running)
                            .redirectOutput(printed.toFile())
                            .start();
            try {
                await("both jobs run")
                        .atMost(PATIENCE)
                        .until(() -> Files.exists(running) || !watch.isAlive());
                assertThat(Files.readString(printed))
                        .contains(
                                "Submitted wikiflow-archive from %s/data/cluster/flink/checkpoints/wikiflow-archive/"
                                        .formatted(folder))
                        .contains("Submitted wikiflow-rankings from the beginning");
                assertThat(run(cluster, 0, "running")).isEmpty();
                awaitRows(expected);
            } finally {
                watch.destroyForcibly().waitFor();
            }
        }
        assertThat(withoutOffsets(DuckDb.rows(lake)))
                .containsExactlyInAnyOrderElementsOf(
                        withoutOffsets(
                                expected.lake().rows(Topic.CHANGES.defaultName()).stream()
                                        .map(LakeRow::text)
                                        .toList()));
    }

    /** Each loader expects its own offsets to begin at 0. */
    private static List<String> withoutOffsets(List<String> rows) {
        return rows.stream().map(row -> row.replaceFirst("event_offset=\\d+", "")).toList();
    }

    private ProcessBuilder jobs(ClusterProcess cluster, String... arguments) throws Exception {
        ProcessBuilder builder = cluster.jobs(folder, arguments);
        builder.environment().put("WIKIFLOW_LAKE", lake.toString());
        builder.environment().put("WIKIFLOW_FILE_INTERVAL", "1s");
        return builder;
    }

    private ClusterProcess start() throws Exception {
        return ClusterProcess.start(folder, Map.of());
    }

    private String run(ClusterProcess cluster, int exitCode, String... arguments) throws Exception {
        Process process = jobs(cluster, arguments).start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isEqualTo(exitCode);
        return printed;
    }

    private static void load(ClusterProcess cluster, int from, int to, ExpectedAnswers expected)
            throws Exception {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", cluster.kafka());
        try (TopicLoader loader = new TopicLoader(client, Topic.CHANGES.defaultName())) {
            loader.load(new EventLog(Workload.hostile()).events(from, to), expected::add);
        }
    }

    private void awaitRows(ExpectedAnswers expected) {
        await("rows in the lake")
                .atMost(PATIENCE)
                .until(
                        () ->
                                Files.exists(lake)
                                        && new LakeRows(lake).count()
                                                >= expected.lake().rowCount());
    }
}
