package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.options.UsageException;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingJson;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.ExpectedAnswers;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.LakeRow;
import io.github.wikiflow.sandbox.generator.RankingRules;
import io.github.wikiflow.sandbox.generator.TopicLoader;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.kafka.CommittedRecords;
import io.github.wikiflow.sandbox.kafka.LastingTopic;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The ways to bring a job to a cluster that is a process of its own: command line, web UI, and as
 * the upgrade of a running one. And what each says when an option is wrong.
 */
class SubmissionIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int EVENTS = 900;

    @TempDir private static Path temporary;

    /** With characters that a URI's text and a command line would change. */
    private static Path folder;

    private static ClusterProcess cluster;
    private static FlinkRest flink;

    @BeforeAll
    static void start() throws Exception {
        folder = Files.createDirectory(temporary.resolve("a ü %41+b"));
        cluster =
                ClusterProcess.start(
                        folder,
                        Map.of(
                                "WIKIFLOW_LAKE",
                                folder.resolve("lake-of-the-ui").toString(),
                                "WIKIFLOW_TOPIC",
                                "ui",
                                "WIKIFLOW_FILE_INTERVAL",
                                "1s"));
        flink = new FlinkRest(cluster.flink());
    }

    @AfterAll
    static void stop() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void theCommandLineRunsAJobWithItsOptions() throws Exception {
        ExpectedAnswers expected = ExpectedAnswers.ofEvents(RankingRules.DEFAULTS.withTop(3));
        createTopics("cli", "cli-rankings", "cli-late");
        try (TopicLoader loader = new TopicLoader(client(), "cli")) {
            loader.load(events(0, EVENTS), expected::add);
        }
        ClusterProcess.Answer answer =
                run(
                        "rankings",
                        "--bootstrap-servers=" + cluster.kafka(),
                        "--topic=cli",
                        "--rankings-topic=cli-rankings",
                        "--late-topic=cli-late",
                        "--top=3",
                        "--bounded");
        assertThat(answer.exitCode()).as(answer.text()).isZero();
        assertThat(
                        new CommittedRecords(cluster.kafka())
                                .read("cli-rankings").stream()
                                        .map(record -> ranking(record.value()))
                                        .filter(Ranking::isFinal)
                                        .map(Ranking::top))
                .containsExactlyInAnyOrderElementsOf(
                        expected.rankings().rankings().stream()
                                .map(ranking -> ranking.top())
                                .toList());
    }

    @Test
    void theCommandLineSaysInOneLineWhatIsWrongWithAnOption() throws Exception {
        ClusterProcess.Answer answer = run("rankings", "--top=0");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.text().strip()).isEqualTo("--top: 0 is not 1 to 1000");

        ClusterProcess.Answer typo = run("archive", "--lakes=/tmp");
        assertThat(typo.exitCode()).isEqualTo(1);
        assertThat(typo.text().strip().lines())
                .singleElement()
                .asString()
                .startsWith("wikiflow-archive: Unknown option: '--lakes=/tmp'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"archive", "rankings"})
    void aTypoInTheTopicIsSaidAndMakesNoTopic(String job) throws Exception {
        ClusterProcess.Answer answer =
                run(job, "--bootstrap-servers=" + cluster.kafka(), "--topic=wiki-chagnes");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.text().strip().lines())
                .singleElement()
                .asString()
                .startsWith(
                        "--topic: Kafka at %s has no topic 'wiki-chagnes' (but wiki-changes, "
                                .formatted(cluster.kafka()));
        try (Admin admin = Admin.create(client())) {
            assertThat(admin.listTopics().names().get()).doesNotContain("wiki-chagnes");
        }
    }

    @Test
    void theWebUiRunsAJobWithTheOptionsOfTheEnvironment() throws Exception {
        ExpectedAnswers expected = ExpectedAnswers.ofEvents(RankingRules.DEFAULTS);
        createTopics("ui");
        try (TopicLoader loader = new TopicLoader(client(), "ui")) {
            loader.load(events(0, EVENTS), expected::add);
        }
        String jar = flink.upload(Home.jobJar("archive"));
        String job = flink.post("/jars/" + jar + "/run", Map.of()).path("jobid").asText();
        try {
            Path lake = folder.resolve("lake-of-the-ui");
            awaitRows(lake, expected.lake().rowCount());
            assertThat(DuckDb.rows(lake))
                    .containsExactlyInAnyOrderElementsOf(
                            expected.lake().rows("ui").stream().map(LakeRow::text).toList());
        } finally {
            flink.cancel(job);
        }
    }

    @Test
    void theWebUiSaysWhatIsWrongWithAnOption() throws Exception {
        String jar = flink.upload(Home.jobJar("rankings"));
        assertThatThrownBy(
                        () ->
                                flink.post(
                                        "/jars/" + jar + "/run",
                                        Map.of("programArgsList", List.of("--top=0"))))
                .isInstanceOf(FlinkRest.Refusal.class)
                .hasMessage("--top: 0 is not 1 to 1000");
    }

    @Test
    void anUpgradeGoesOnFromASavepointAndTheCommandThatItPrintsGoesBack() throws Exception {
        ExpectedAnswers expected = ExpectedAnswers.ofEvents(RankingRules.DEFAULTS);
        createTopics("upgraded", "upgraded-dead-letters");
        Path lake = folder.resolve("lake of the upgrade");
        Path checkpoints = folder.resolve("checkpoints of the upgrade");
        List<String> options =
                List.of(
                        "--bootstrap-servers=" + cluster.kafka(),
                        "--topic=upgraded",
                        "--dead-letters-topic=upgraded-dead-letters",
                        "--name=upgraded",
                        "--lake=" + lake,
                        "--file-interval=1s");
        try (TopicLoader loader = new TopicLoader(client(), "upgraded")) {
            loader.load(events(0, EVENTS / 4), expected::add);
            submit(
                    List.of("-Dexecution.checkpointing.dir=" + FlinkPath.text(checkpoints)),
                    options);
            // Else it would be tried over an empty lake.
            awaitRows(lake, expected.lake().rowCount());

            upgrade(Home.jobJar("archive"), options);
            loader.load(events(EVENTS / 4, EVENTS / 2), expected::add);

            assertThatThrownBy(
                            () ->
                                    upgrade(
                                            Home.jobJar("archive"),
                                            List.of("--topic=upgraded", "--file-rows=0")))
                    .isInstanceOf(UsageException.class)
                    .hasMessage(
                            "'%s' cannot be used: --file-rows: '0' is not at least 1"
                                    .formatted(Home.jobJar("archive")));
            String back = commandOfAFailedUpgrade();
            loader.load(events(EVENTS / 2, 3 * EVENTS / 4), expected::add);
            ClusterProcess.Answer answer = ClusterProcess.shell(folder, back);
            assertThat(answer.exitCode()).as(answer.text()).isZero();
            awaitRows(lake, expected.lake().rowCount());

            // As `up` and compose do after a JobManager has died.
            cancel("upgraded");
            loader.load(events(3 * EVENTS / 4, EVENTS), expected::add);
            RestorePoints.RestorePoint newest =
                    new RestorePoints(checkpoints).choose().orElseThrow();
            submit(List.of("-s", FlinkPath.text(newest.folder())), options);
            awaitRows(lake, expected.lake().rowCount());
        }
        cancel("upgraded");
        assertThat(DuckDb.rows(lake))
                .containsExactlyInAnyOrderElementsOf(
                        expected.lake().rows("upgraded").stream().map(LakeRow::text).toList());
    }

    /** Runs a job by the command line until it ends. */
    private static ClusterProcess.Answer run(String job, String... options) throws Exception {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("run", "-m", cluster.flink().getAuthority()));
        arguments.add(Home.jobJar(job).toString());
        arguments.addAll(List.of(options));
        return ClusterProcess.flink(folder, arguments.toArray(String[]::new));
    }

    /** Submits the archive by the command line. */
    private static void submit(List<String> ofFlink, List<String> ofTheJob) throws Exception {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("run", "-d", "-m", cluster.flink().getAuthority()));
        arguments.addAll(ofFlink);
        arguments.add(Home.jobJar("archive").toString());
        arguments.addAll(ofTheJob);
        ClusterProcess.Answer answer =
                ClusterProcess.flink(folder, arguments.toArray(String[]::new));
        assertThat(answer.exitCode()).as(answer.text()).isZero();
    }

    /** Cancels the job that runs under this name, and waits for its end. */
    private static void cancel(String name) throws Exception {
        for (JsonNode job : flink.get("/jobs/overview").path("jobs")) {
            String id = job.path("jid").asText();
            if (job.path("name").asText().equals(name)
                    && job.path("state").asText().equals("RUNNING")) {
                flink.cancel(id);
                await("%s is cancelled".formatted(name))
                        .atMost(PATIENCE)
                        .until(
                                () ->
                                        flink.get("/jobs/" + id)
                                                .path("state")
                                                .asText()
                                                .equals("CANCELED"));
            }
        }
    }

    private static void upgrade(Path jar, List<String> options) throws InterruptedException {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        new JobUpgrade(flink, PATIENCE, nowhere)
                .upgrade(new JobUpgrade.Release(jar, options, 1, Map.of(), false), null);
    }

    /**
     * Tries a jar that cannot run from the job's savepoint; the job is stopped afterwards.
     *
     * @return what it says brings the job back
     */
    private static String commandOfAFailedUpgrade() throws Exception {
        Path jar = JobOfAnotherShape.jar(folder);
        OperationException failure =
                catchThrowableOfType(
                        OperationException.class, () -> upgrade(jar, List.of("upgraded")));
        assertThat(failure)
                .hasMessageStartingWith("upgraded from '%s' does not run: ".formatted(jar));
        String[] parts = failure.getMessage().split(" Nothing is lost; go back with: ", 2);
        assertThat(parts).hasSize(2);
        return parts[1].replace("OLD_JAR", "'%s'".formatted(Home.jobJar("archive")));
    }

    private static void awaitRows(Path lake, long rows) {
        await(rows + " rows in the lake")
                .atMost(PATIENCE)
                .until(() -> Files.exists(lake) && new LakeRows(lake).count() >= rows);
    }

    private static Iterable<GeneratedEvent> events(int from, int to) {
        return new EventLog(Workload.hostile()).events(from, to);
    }

    private static Ranking ranking(byte[] json) {
        try {
            return RankingJson.read(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Topics that keep their records, however old their times say they are. */
    private static void createTopics(String... names) throws Exception {
        for (String name : names) {
            LastingTopic.create(client(), name, 4);
        }
    }

    private static Properties client() {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", cluster.kafka());
        return client;
    }
}
