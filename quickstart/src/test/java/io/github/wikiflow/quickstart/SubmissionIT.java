package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ways to bring a job to a cluster that is a process of its own: command line, web UI, and as
 * the upgrade of a running one. And what each says when an option is wrong.
 */
class SubmissionIT {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final int EVENTS = 900;

    @TempDir private static Path folder;
    private static ClusterProcess cluster;
    private static FlinkRest flink;

    @BeforeAll
    static void start() throws Exception {
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
    void anUpgradeGoesOnFromASavepointAndAFailedOneSaysHowToGoBack() throws Exception {
        ExpectedAnswers expected = ExpectedAnswers.ofEvents(RankingRules.DEFAULTS);
        createTopics("upgraded", "upgraded-dead-letters");
        Path lake = folder.resolve("lake-of-the-upgrade");
        List<String> options =
                List.of(
                        "--bootstrap-servers=" + cluster.kafka(),
                        "--topic=upgraded",
                        "--dead-letters-topic=upgraded-dead-letters",
                        "--name=upgraded",
                        "--lake=" + lake,
                        "--file-interval=1s");
        try (TopicLoader loader = new TopicLoader(client(), "upgraded")) {
            loader.load(events(0, EVENTS / 3), expected::add);
            ClusterProcess.Answer submitted = submit(List.of(), options);
            assertThat(submitted.exitCode()).as(submitted.text()).isZero();

            upgrade(Home.jobJar("archive"), options);
            loader.load(events(EVENTS / 3, 2 * EVENTS / 3), expected::add);

            assertThatThrownBy(() -> upgrade(Home.jobJar("archive"), List.of("--file-rows=0")))
                    .isInstanceOf(UsageException.class)
                    .hasMessage(
                            "'%s' cannot be used: --file-rows: '0' is not at least 1"
                                    .formatted(Home.jobJar("archive")));
            String savepoint = savepointOfAFailedUpgrade();
            loader.load(events(2 * EVENTS / 3, EVENTS), expected::add);
            ClusterProcess.Answer back = submit(List.of("-s", savepoint), options);
            assertThat(back.exitCode()).as(back.text()).isZero();

            awaitRows(lake, expected.lake().rowCount());
        }
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
    private static ClusterProcess.Answer submit(List<String> ofFlink, List<String> ofTheJob)
            throws Exception {
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("run", "-d", "-m", cluster.flink().getAuthority()));
        arguments.addAll(ofFlink);
        arguments.add(Home.jobJar("archive").toString());
        arguments.addAll(ofTheJob);
        return ClusterProcess.flink(folder, arguments.toArray(String[]::new));
    }

    private static String upgrade(Path jar, List<String> options) throws InterruptedException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        new JobUpgrade(flink, PATIENCE, new PrintStream(printed, true, StandardCharsets.UTF_8))
                .upgrade(new JobUpgrade.Release(jar, options, 1, null, Map.of(), false));
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** Tries a jar that cannot run from the job's savepoint; the job is stopped afterwards. */
    private static String savepointOfAFailedUpgrade() throws Exception {
        Path jar = JobOfAnotherShape.jar(folder);
        OperationException failure =
                catchThrowableOfType(
                        OperationException.class, () -> upgrade(jar, List.of("upgraded")));
        assertThat(failure)
                .hasMessageStartingWith("upgraded from '%s' does not run: ".formatted(jar))
                .hasMessageContaining("Nothing is lost; go back with: ./wikiflow flink run -d -m ")
                .hasMessageMatching(".* -s file:\\S+ OLD_JAR \\[options]");
        return failure.getMessage().replaceFirst(".* -s (\\S+) OLD_JAR.*", "$1");
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
