package io.github.wikiflow.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.faults.check.ArchiveCheck;
import io.github.wikiflow.faults.check.CarriedChanges;
import io.github.wikiflow.faults.check.Differences;
import io.github.wikiflow.faults.check.RankingsCheck;
import io.github.wikiflow.sandbox.FreePort;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.kafka.CommittedRecords;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * An operator's day on the compose file, while events flow: scale, kill, restart, take down, bring
 * up. At the end the lake, the rankings, the late changes and the dead letters equal what the
 * generator knows, exactly.
 *
 * <p>Takes minutes, and needs Docker with the images of {@code docker/.env}.
 */
@EnabledIfSystemProperty(
        named = "operator.test",
        matches = "true",
        disabledReason = "asked for by -Doperator.test=true, since it needs Docker and minutes")
class OperatorIT {

    private static final long SEED = Long.getLong("seed", 7);
    private static final double EVENTS_PER_SECOND = 45;

    /** So much of the stream is in the past at the start, for more windows than the test lasts. */
    private static final Duration PAST = Duration.ofMinutes(30);

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final List<String> JOBS = List.of("wikiflow-archive", "wikiflow-rankings");
    private static final Pattern JOB_ID = Pattern.compile("[0-9a-f]{32}");

    @TempDir private Path folder;

    @Test
    void nothingIsLostOrRepeatedByWhatAnOperatorDoes() throws Exception {
        Instant start = Instant.now().minus(PAST).truncatedTo(ChronoUnit.SECONDS);
        String kafkaPort = Integer.toString(FreePort.find());
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", "localhost:" + kafkaPort);
        Differences differences = new Differences();
        try (ComposeStack stack = stack(start, kafkaPort)) {
            stack.compose("build", "--quiet");
            up(stack, 1);
            try (CarriedChanges carried = new CarriedChanges(log(start), client, differences)) {
                up(stack, 2);
                stack.killOne("taskmanager");
                awaitRunning(stack, "with one TaskManager less");
                up(stack, 2);
                stack.compose("restart", "kafka");
                awaitRunning(stack, "after a restart of Kafka");
                crashJobManager(stack);
                stack.compose("down");
                up(stack, 1);
                stack.compose("stop", "bridge");
                drain(stack, client, carried);

                stack.compose("cp", "taskmanager:/data/lake", folder.resolve("lake").toString());
                ArchiveCheck archive = new ArchiveCheck(carried, differences);
                RankingsCheck rankings = new RankingsCheck(carried, differences);
                assertThat(archive.lake(folder.resolve("lake"))).as("rows").isPositive();
                archive.deadLetters(client, carried.completeTo());
                assertThat(rankings.topic(client)).as("rankings").isPositive();
                rankings.late(client);
            }
        }
        assertThat(differences.first()).as("differences, of %d", differences.count()).isEmpty();
    }

    private ComposeStack stack(Instant start, String kafkaPort) {
        Path home = Path.of(System.getProperty("wikiflow.home")).toAbsolutePath().normalize();
        return new ComposeStack(
                home.resolve("docker"),
                home.resolve("faults/src/test/resources/operator.compose.yaml"),
                Map.ofEntries(
                        Map.entry("COMPOSE_PROJECT_NAME", "wikiflow-operator-test"),
                        Map.entry("COMPOSE_PROFILES", "simulated"),
                        Map.entry("KAFKA_PORT", kafkaPort),
                        Map.entry("FLINK_PORT", "0"),
                        Map.entry("DASHBOARD_PORT", "0"),
                        Map.entry("BRIDGE_PORT", "0"),
                        Map.entry("WIKIFLOW_JARS", "tree"),
                        Map.entry("WIKIFLOW_FILE_INTERVAL", "5s"),
                        Map.entry("WIKIFLOW_RATE", Double.toString(EVENTS_PER_SECOND)),
                        Map.entry("OPERATOR_SEED", Long.toString(SEED)),
                        Map.entry("OPERATOR_START", start.toString())),
                folder.resolve("docker.log"));
    }

    /** The log that the sandbox serves with the same settings. */
    private static EventLog log(Instant start) {
        return new EventLog(
                Workload.realistic().toBuilder()
                        .seed(SEED)
                        .eventsPerSecond(EVENTS_PER_SECOND)
                        .start(start)
                        .build());
    }

    private static void up(ComposeStack stack, int taskManagers) throws Exception {
        stack.up(taskManagers);
        awaitRunning(stack, "with %d TaskManagers".formatted(taskManagers));
    }

    /** Ends the process from within, as a crash does, so that Docker starts it again. */
    private static void crashJobManager(ComposeStack stack) throws Exception {
        Set<String> before = jobIds(stack);
        stack.execute("jobmanager", "kill", "1");
        await("jobs submitted anew")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptions()
                .until(
                        () -> {
                            Set<String> now = jobIds(stack);
                            return now.size() == JOBS.size()
                                    && now.stream().noneMatch(before::contains);
                        });
        awaitRunning(stack, "after a crash of the JobManager");
    }

    private static void awaitRunning(ComposeStack stack, String when) {
        await("all tasks of both jobs run " + when)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(
                        () -> {
                            stack.execute("jobs", "jobs", "running");
                            return true;
                        });
    }

    /** Waits until both jobs have read everything, and ends them with all that they still hold. */
    private static void drain(ComposeStack stack, Properties client, CarriedChanges carried)
            throws Exception {
        CommittedRecords kafka = new CommittedRecords(client);
        await("every record of the topic was seen")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> kafka.read(Topic.CHANGES.defaultName()).size() == carried.count());
        try (Admin admin = Admin.create(client)) {
            for (String job : JOBS) {
                await(job + " has read everything")
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofSeconds(1))
                        .until(() -> hasRead(admin, job, carried.positions()));
            }
        }
        for (String id : jobIds(stack)) {
            stack.execute("jobs", "flink", "stop", "--drain", id);
        }
    }

    private static boolean hasRead(Admin admin, String group, Map<TopicPartition, Long> positions)
            throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed =
                admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
        return positions.entrySet().stream()
                .allMatch(
                        position -> {
                            OffsetAndMetadata offset = committed.get(position.getKey());
                            return offset != null && offset.offset() >= position.getValue();
                        });
    }

    private static Set<String> jobIds(ComposeStack stack) throws Exception {
        String overview =
                stack.execute("jobs", "curl", "--silent", "http://jobmanager:8081/jobs/overview");
        return new TreeSet<>(JOB_ID.matcher(overview).results().map(MatchResult::group).toList());
    }
}
