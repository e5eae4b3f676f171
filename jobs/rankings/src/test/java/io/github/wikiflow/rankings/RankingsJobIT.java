package io.github.wikiflow.rankings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.ExpectedRankings;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.LandedEvent;
import io.github.wikiflow.sandbox.generator.RankingRules;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.Set;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole job, from topic to topic, against answers that are counted without it. */
class RankingsJobIT {

    private static final long SEED = Seed.draw();

    @RegisterExtension static final MiniClusterExtension FLINK = OneTaskManager.withSlots(4);

    @TempDir private static Path folder;
    private static Topics topics;

    @BeforeAll
    static void start() {
        topics = Topics.start(folder);
    }

    @AfterAll
    static void stop() {
        topics.close();
    }

    /** Other events, options, order of arrival and parallelism in each repetition. */
    @RepeatedTest(6)
    void finalRankingsAreTheExpectedAnswers(RepetitionInfo repetition) throws Exception {
        long seed = SEED + repetition.getCurrentRepetition();
        Random random = new Random(seed);
        int parallelism = 1 + random.nextInt(4);
        RankingRules rules =
                RankingRules.DEFAULTS
                        .withTimes(
                                Duration.ofSeconds(List.of(7, 60, 600).get(random.nextInt(3))),
                                Duration.ofSeconds(random.nextInt(30)),
                                Duration.ofSeconds(random.nextInt(3) * 100L))
                        .withTop(1 + random.nextInt(20))
                        .withTypes(random.nextBoolean() ? Set.of() : Set.of("edit", "log"));
        EventLog log =
                new EventLog(
                        Workload.hostile().toBuilder()
                                .seed(seed)
                                .eventsPerSecond(20)
                                .lateBy(Duration.ofMinutes(5))
                                .build());
        String name = "seed-" + seed;
        topics.create(name, name + "-rankings", name + "-late");
        ExpectedRankings expected = new ExpectedRankings(rules);
        topics.load(name, displaced(log.events(0, 8_000), random), expected::add);

        run(parallelism, name, rules);

        List<Ranking> valid = Topics.valid(topics.rankings(name + "-rankings"));
        assertThat(valid).as("seed %d", seed).isNotEmpty().allMatch(Ranking::isFinal);
        assertThat(Topics.answers(valid))
                .as("seed %d, parallelism %d, %s", seed, parallelism, rules)
                .isEqualTo(expected.rankings());
        assertThat(topics.records(name + "-late"))
                .as("seed %d", seed)
                .hasSameSizeAs(expected.late());
    }

    @Test
    void lateChangesAreKeptWithWhatTheyCameTooLateFor() throws Exception {
        RankingRules rules = RankingRules.DEFAULTS;
        EventLog log = new EventLog(Workload.hostile().toBuilder().seed(SEED).build());
        topics.create("changes", "changes-rankings", "changes-late");
        ExpectedRankings expected = new ExpectedRankings(rules);
        topics.load("changes", log.events(0, 8_000), expected::add);

        run(2, "changes", rules);

        List<String> found = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : topics.records("changes-late")) {
            found.add(
                    text(record.key())
                            + text(record.value())
                            + header(record, "window-start")
                            + header(record, "window-end")
                            + header(record, "source-partition")
                            + header(record, "source-offset"));
            assertThat(Long.parseLong(header(record, "lateness-ms")))
                    .isGreaterThanOrEqualTo(rules.allowedLateness().toMillis());
        }
        List<String> late = new ArrayList<>();
        for (LandedEvent event : expected.late()) {
            long window = rules.window().toSeconds();
            long start = Math.floorDiv(event.event().content().timestamp(), window) * window;
            late.add(
                    text(event.event().key())
                            + text(event.event().json())
                            + Instant.ofEpochSecond(start)
                            + Instant.ofEpochSecond(start + window)
                            + event.partition()
                            + event.offset());
        }
        assertThat(found)
                .as("seed %d", SEED)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(late);
    }

    /** Titles of 120 kB, ten of which are more than a record holds, and late ones that fill one. */
    @Test
    void textOfAnyLengthEndsNoJob() throws Exception {
        topics.create("long", "long-rankings", "long-late");
        List<String> titles = new ArrayList<>();
        for (int page = 0; page < 12; page++) {
            titles.add("é".repeat(60_000) + page);
        }
        long second = 1_700_000_000;
        for (String title : titles) {
            send("long", second, title);
        }
        send("long", second + 7_200, "short");
        send("long", second, "x".repeat(1_048_300 - 200));

        run(1, "long", RankingRules.DEFAULTS);

        Ranking pages =
                Topics.valid(topics.rankings("long-rankings")).stream()
                        .filter(each -> each.dimension() == Dimension.PAGES)
                        .findFirst()
                        .orElseThrow();
        assertThat(pages.isFinal()).isTrue();
        assertThat(pages.distinct()).isEqualTo(12);
        assertThat(pages.top())
                .hasSize(10)
                .allMatch(entry -> entry.cut() && entry.name().equals("é".repeat(512)));
        assertThat(topics.records("long-late")).hasSize(1);
    }

    private static void send(String topic, long second, String title) throws Exception {
        Properties client = topics.client();
        client.setProperty("max.request.size", "2000000");
        byte[] change =
                ("{\"meta\":{},\"type\":\"edit\",\"title\":\"%s\",\"wiki\":\"enwiki\",\"timestamp\":%d}")
                        .formatted(title, second)
                        .getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, second * 1_000, null, change)).get();
        }
    }

    @Test
    void aBoundedRunLeavesTheOffsetsOfTheEndlessJobAlone() throws Exception {
        topics.create("bounded", "bounded-rankings", "bounded-late");
        topics.load("bounded", new EventLog(Workload.clean()).events(0, 100), landed -> {});

        run(1, "bounded", RankingRules.DEFAULTS);

        assertThat(topics.lag(RankingsJob.NAME, "bounded")).isEqualTo(100);
    }

    private static void run(int parallelism, String topic, RankingRules rules) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        environment.setParallelism(parallelism);
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "--bootstrap-servers=" + topics.bootstrapServers(),
                                "--topic=" + topic,
                                "--rankings-topic=" + topic + "-rankings",
                                "--late-topic=" + topic + "-late",
                                "--window=" + rules.window().toSeconds() + "s",
                                "--out-of-orderness=" + rules.outOfOrderness().toSeconds() + "s",
                                "--allowed-lateness=" + rules.allowedLateness().toSeconds() + "s",
                                "--top=" + rules.top(),
                                "--bounded"));
        if (!rules.types().isEmpty()) {
            arguments.add("--types=" + String.join(",", rules.types()));
        }
        assertThat(RankingsJob.define(environment, Map.of(), arguments.toArray(String[]::new)))
                .isTrue();
        environment.execute(RankingsJob.NAME);
    }

    /** The events in blocks, shuffled within each: as far out of order as a block is long. */
    private static List<GeneratedEvent> displaced(Iterable<GeneratedEvent> events, Random random) {
        List<GeneratedEvent> all = new ArrayList<>();
        events.forEach(all::add);
        for (int from = 0; from < all.size(); ) {
            int to = Math.min(all.size(), from + 1 + random.nextInt(1_000));
            Collections.shuffle(all.subList(from, to), random);
            from = to;
        }
        return all;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return text(record.headers().lastHeader(name).value());
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
