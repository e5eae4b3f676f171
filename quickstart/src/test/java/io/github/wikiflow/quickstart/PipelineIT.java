package io.github.wikiflow.quickstart;

import static java.util.function.Predicate.isEqual;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.wikiflow.bridge.Bridge;
import io.github.wikiflow.bridge.BridgeOptions;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingJson;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.ExpectedAnswers;
import io.github.wikiflow.sandbox.generator.ExpectedRanking;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.LakeRow;
import io.github.wikiflow.sandbox.generator.LandedEvent;
import io.github.wikiflow.sandbox.generator.RankingRules;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.kafka.CommittedRecords;
import io.github.wikiflow.sandbox.stream.DataCentre;
import io.github.wikiflow.sandbox.stream.InMemoryLog;
import io.github.wikiflow.sandbox.stream.SimulatedEventStreams;
import io.github.wikiflow.sandbox.stream.SimulatedStreamSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The whole pipeline, with the jars that users submit: simulated stream -> bridge -> Kafka -> both
 * jobs -> lake, rankings, dead letters, late changes. Everything at the end equals what the
 * generator knows, exactly.
 */
class PipelineIT {

    private static final long SEED = Long.getLong("seed", 42);
    private static final int EVENTS = 20_000;
    private static final double EVENTS_PER_SECOND = 10;

    @TempDir private Path folder;

    @BeforeAll
    static void printFewElements() {
        Assertions.setMaxElementsForPrinting(3);
    }

    @Test
    void lakeRankingsDeadLettersAndLateChangesAreTheExpectedAnswers() throws Exception {
        List<GeneratedEvent> events = generate();
        try (LocalCluster cluster = startCluster()) {
            CommittedRecords kafka = new CommittedRecords(cluster.kafka().bootstrapServers());
            carry(events, cluster);

            List<ConsumerRecord<byte[], byte[]>> changes = kafka.read(Topic.CHANGES.defaultName());
            ExpectedAnswers expected = ExpectedAnswers.ofEvents(RankingRules.DEFAULTS);
            for (LandedEvent landed : landed(events, changes)) {
                expected.add(landed);
            }
            List<ByteBuffer> fromBridge = values(kafka.read(Topic.DEAD_LETTERS.defaultName()));
            assertSame("dead letters of the bridge", fromBridge, noObjects(events));

            run("archive", cluster, "--lake", cluster.data().lake().toString());
            run("rankings", cluster);

            assertSame("lake", DuckDb.rows(cluster.data().lake()), rows(expected));
            assertSame(
                    "rankings",
                    finals(kafka.read(Topic.RANKINGS.defaultName())),
                    expected.rankings().rankings());
            List<ByteBuffer> deadLetters = values(kafka.read(Topic.DEAD_LETTERS.defaultName()));
            assertSame(
                    "dead letters of the archive",
                    deadLetters.subList(fromBridge.size(), deadLetters.size()),
                    deadLetters(expected));
            assertSame(
                    "late changes",
                    values(kafka.read(Topic.LATE.defaultName())),
                    jsonOf(expected.rankings().late()));
        }
    }

    /** Fails unless both hold the same elements, each as often; the order does not matter. */
    private static <T> void assertSame(String what, List<T> actual, List<T> expected) {
        assertThat(expected).as(what).isNotEmpty();
        Map<T, Integer> surplus = new HashMap<>();
        actual.forEach(element -> surplus.merge(element, 1, Integer::sum));
        expected.forEach(element -> surplus.merge(element, -1, Integer::sum));
        surplus.values().removeIf(count -> count == 0);
        assertThat(surplus.entrySet())
                .as(
                        "%s, seed %d: %d found, %d expected; too many (above 0) or too few (below)",
                        what, SEED, actual.size(), expected.size())
                .isEmpty();
    }

    private static List<GeneratedEvent> generate() {
        Workload workload =
                Workload.hostile().toBuilder()
                        .seed(SEED)
                        .eventsPerSecond(EVENTS_PER_SECOND)
                        // So that the last event is just past: what is poisoned stays in the
                        // future.
                        .start(
                                Instant.now()
                                        .minusSeconds((long) (EVENTS / EVENTS_PER_SECOND) + 60)
                                        .truncatedTo(ChronoUnit.SECONDS))
                        .build();
        List<GeneratedEvent> events = new ArrayList<>();
        new EventLog(workload).events(0, EVENTS).forEach(events::add);
        return events;
    }

    private LocalCluster startCluster() {
        ClusterOptions options = new ClusterOptions();
        new CommandLine(CommandSpec.create())
                .addMixin("cluster", options)
                .parseArgs("--kafka-port", "0", "--flink-port", "0");
        return LocalCluster.start(
                DataFolder.open(folder, "simulated"), options, Home.configuration());
    }

    /** Serves the events and lets a bridge forward them all. */
    private static void carry(List<GeneratedEvent> events, LocalCluster cluster) throws Exception {
        InMemoryLog log = new InMemoryLog();
        for (GeneratedEvent event : events) {
            DataCentre dataCentre =
                    event.position().topic().startsWith("codfw")
                            ? DataCentre.CODFW
                            : DataCentre.EQIAD;
            log.append(dataCentre, event.sourceTime(), event.json());
        }
        long forwarded = events.stream().filter(event -> event.kind().isForwarded()).count();
        try (SimulatedEventStreams stream =
                        SimulatedEventStreams.start(
                                SimulatedStreamSettings.builder(log)
                                        .start(SimulatedStreamSettings.Start.BEGINNING)
                                        .build());
                Bridge bridge =
                        Bridge.start(
                                BridgeOptions.settings(
                                        "--stream-url",
                                        stream.uri().resolve(".").toString(),
                                        "--bootstrap-servers",
                                        cluster.kafka().bootstrapServers()),
                                new SimpleMeterRegistry())) {
            await("the bridge has forwarded " + forwarded + " events")
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> bridge.statistics().eventsForwarded() >= forwarded);
        }
    }

    /** Which record each event became; equal bytes are told apart by nothing, and need not be. */
    private static List<LandedEvent> landed(
            List<GeneratedEvent> events, List<ConsumerRecord<byte[], byte[]>> records) {
        Map<ByteBuffer, Deque<GeneratedEvent>> byBytes = new HashMap<>();
        for (GeneratedEvent event : events) {
            if (event.kind().isForwarded()) {
                byBytes.computeIfAbsent(ByteBuffer.wrap(event.json()), key -> new ArrayDeque<>())
                        .add(event);
            }
        }
        List<LandedEvent> landed = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Deque<GeneratedEvent> same = byBytes.get(ByteBuffer.wrap(record.value()));
            assertThat(same)
                    .as("record %d of partition %d", record.offset(), record.partition())
                    .isNotNull()
                    .isNotEmpty();
            landed.add(
                    new LandedEvent(
                            same.remove(),
                            record.partition(),
                            record.offset(),
                            record.timestamp()));
        }
        assertThat(byBytes.values()).as("events that never arrived").allMatch(Deque::isEmpty);
        return landed;
    }

    private static void run(String job, LocalCluster cluster, String... furtherArguments)
            throws Exception {
        List<String> arguments = new ArrayList<>(List.of(furtherArguments));
        arguments.addAll(
                List.of("--bootstrap-servers", cluster.kafka().bootstrapServers(), "--bounded"));
        String name = "wikiflow-" + job;
        new JobSubmission(name, Home.jobJar(job), JobSubmission.Output.TAKES_BACK, arguments)
                .submit(cluster.flink().clientConfiguration(), cluster.data());
        FlinkRest flink = new FlinkRest(cluster.flink().address());
        await(name + " has finished")
                .atMost(Duration.ofMinutes(3))
                .until(
                        () ->
                                flink.get("/jobs/" + JobSubmission.jobId(name))
                                        .path("state")
                                        .asText(),
                        isEqual("FINISHED"));
    }

    private static List<ExpectedRanking> finals(List<ConsumerRecord<byte[], byte[]>> records)
            throws Exception {
        List<ExpectedRanking> finals = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            Ranking ranking = RankingJson.read(record.value());
            if (ranking.isFinal()) {
                finals.add(ExpectedRanking.of(ranking));
            }
        }
        return finals;
    }

    private static List<String> rows(ExpectedAnswers expected) {
        return expected.lake().rows(Topic.CHANGES.defaultName()).stream()
                .map(LakeRow::text)
                .toList();
    }

    private static List<ByteBuffer> noObjects(List<GeneratedEvent> events) {
        return events.stream()
                .filter(event -> !event.kind().isJsonObject())
                .map(event -> ByteBuffer.wrap(event.json()))
                .toList();
    }

    private static List<ByteBuffer> deadLetters(ExpectedAnswers expected) {
        List<ByteBuffer> json = new ArrayList<>(jsonOf(expected.lake().malformed()));
        json.addAll(jsonOf(expected.lake().poisoned()));
        return json;
    }

    private static List<ByteBuffer> jsonOf(List<LandedEvent> landed) {
        return landed.stream().map(event -> ByteBuffer.wrap(event.event().json())).toList();
    }

    private static List<ByteBuffer> values(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream().map(record -> ByteBuffer.wrap(record.value())).toList();
    }
}
