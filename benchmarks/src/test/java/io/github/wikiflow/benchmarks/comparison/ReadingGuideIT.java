package io.github.wikiflow.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wikiflow.archive.ArchiveJob;
import io.github.wikiflow.benchmarks.GeneratedTopic;
import io.github.wikiflow.benchmarks.JavaProcess;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.ranking.CodePointOrder;
import io.github.wikiflow.sandbox.generator.ExpectedLake;
import io.github.wikiflow.sandbox.generator.LakeRow;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the queries of the reading guide as they stand there, over a lake that the archive has
 * written, and compares the answers with those of the events' generator. Spark is there only when
 * the peers are built.
 */
class ReadingGuideIT {

    private static final long SEED = Long.getLong("lake.seed", System.nanoTime());
    private static final Path HOME = Path.of(System.getProperty("wikiflow.home"));
    private static final Pattern SQL = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
    private static final String TOPIC = "changes";

    /** More than a day of it, so that the queries of a day must leave something out. */
    private static final int EVENTS = 3_000;

    /** Of few wikis, since each makes a folder for each day. */
    private static final Workload WORKLOAD =
            Workload.hostile().toBuilder().seed(SEED).wikis(5).eventsPerSecond(0.03).build();

    /** Half an hour off all full hours of UTC: what depends on a time zone must choose one. */
    private static final String ODD_ZONE = "Asia/Kolkata";

    @TempDir private static Path folder;
    private static Path lake;
    private static List<Map<String, Object>> rows;

    @BeforeAll
    static void writeLake() throws Exception {
        lake = folder.resolve("lake");
        ExpectedLake expected = ExpectedLake.ofEvents(Duration.ofMinutes(1));
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            GeneratedTopic.create(
                    kafka.bootstrapServers(),
                    TOPIC,
                    2,
                    WORKLOAD,
                    EVENTS,
                    expected::add,
                    Topic.DEAD_LETTERS);
            StreamExecutionEnvironment environment =
                    StreamExecutionEnvironment.getExecutionEnvironment();
            environment.setParallelism(2);
            ArchiveJob.define(
                    environment,
                    Map.of(),
                    "--bootstrap-servers=" + kafka.bootstrapServers(),
                    "--topic=" + TOPIC,
                    "--lake=" + lake.toUri(),
                    "--bounded");
            environment.execute();
        }
        rows = expected.rows(TOPIC);
    }

    @Test
    void duckDbAnswersRightly() throws Exception {
        List<List<Map<String, Object>>> answers = new ArrayList<>();
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            statement.execute("SET TimeZone = '%s'".formatted(ODD_ZONE));
            for (String sql : statements("DuckDB")) {
                if (statement.execute(sql)) {
                    answers.add(rows(statement.getResultSet()));
                }
            }
        }

        assertThat(answers).hasSize(5);
        assertThat(answers.get(0)).as("seed %d", SEED).isEqualTo(changesPerHour());
        assertThat(answers.get(1)).as("seed %d", SEED).isEqualTo(busiestUsers());
        assertThat(answers.get(2)).as("seed %d", SEED).isEqualTo(busiestServers());
        assertThat(answers.get(3)).as("seed %d", SEED).isEqualTo(newest());
        assertThat(answers.get(4))
                .as("seed %d", SEED)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(repeats());
    }

    @Test
    @EnabledIfSystemProperty(named = "wikiflow.peers", matches = ".*spark.*")
    void sparkAnswersRightly() throws Exception {
        Path answers = folder.resolve("spark-answers");
        List<String> arguments = new ArrayList<>(List.of(answers.toString()));
        arguments.addAll(statements("Spark"));
        List<String> jvmOptions = new ArrayList<>(Engine.SPARK.openedPackages());
        jvmOptions.addAll(List.of("-Xmx1g", "-Duser.timezone=" + ODD_ZONE));
        try (JavaProcess spark =
                JavaProcess.start(
                        Engine.SPARK.classPath(HOME),
                        "io.github.wikiflow.benchmarks.spark.SparkSql",
                        jvmOptions,
                        arguments)) {
            spark.killAfter(Duration.ofMinutes(5));
            assertThat(spark.awaitEnd()).isZero();
        }

        assertThat(rows(answers.resolve("0"))).as("seed %d", SEED).isEqualTo(changesPerHour());
        assertThat(rows(answers.resolve("1"))).as("seed %d", SEED).isEqualTo(busiestUsers());
        assertThat(answers.resolve("2")).doesNotExist();
    }

    /** The statements below a heading of the guide, with the place of the lake filled in. */
    private static List<String> statements(String heading) throws Exception {
        String guide = Files.readString(HOME.resolve("docs/reading-the-lake.md"));
        String section = guide.split("\n## " + heading + "\n")[1].split("\n## ")[0];
        List<String> statements = new ArrayList<>();
        Matcher block = SQL.matcher(section);
        while (block.find()) {
            for (String statement : block.group(1).split(";\n")) {
                statements.add(
                        statement.replaceFirst(
                                "'lake(?=['/])", Matcher.quoteReplacement("'" + lake)));
            }
        }
        return statements;
    }

    private static List<Map<String, Object>> changesPerHour() {
        return counts(day(), "hour", row -> hour((Instant) row.get("change_timestamp")))
                .sorted(Comparator.comparing(row -> (Instant) row.get("hour")))
                .toList();
    }

    private static Instant hour(Instant time) {
        return time.truncatedTo(ChronoUnit.HOURS);
    }

    private static List<Map<String, Object>> busiestUsers() {
        return counts(day().filter(row -> row.get("user") != null), "user", row -> row.get("user"))
                .sorted(descending("changes", "user"))
                .limit(10)
                .peek(row -> row.put("bot", isBot(row.get("user"))))
                .toList();
    }

    private static boolean isBot(Object user) {
        return day().anyMatch(row -> user.equals(row.get("user")) && (boolean) row.get("bot"));
    }

    private static List<Map<String, Object>> busiestServers() {
        return counts(
                        rows.stream(),
                        "server_name",
                        row ->
                                Objects.requireNonNullElse(
                                        row.get("server_name"), "__HIVE_DEFAULT_PARTITION__"))
                .sorted(descending("changes", "server_name"))
                .limit(10)
                .toList();
    }

    private static List<Map<String, Object>> newest() {
        return List.of(
                Map.of(
                        "newest",
                        rows.stream()
                                .map(row -> (Instant) row.get("event_timestamp"))
                                .max(Comparator.naturalOrder())
                                .orElseThrow()));
    }

    private static List<Map<String, Object>> repeats() {
        return counts(rows.stream(), "meta_id", row -> row.get("meta_id"))
                .filter(row -> (long) row.get("changes") > 1)
                .peek(row -> row.put("copies", row.remove("changes")))
                .toList();
    }

    private static Stream<Map<String, Object>> day() {
        return rows.stream().filter(row -> row.get("change_timestamp_date").equals("2026-01-01"));
    }

    /** A row for each value, with the column {@code changes} for how often it is there. */
    private static Stream<Map<String, Object>> counts(
            Stream<Map<String, Object>> rows,
            String column,
            Function<Map<String, Object>, Object> value) {
        return rows.collect(Collectors.groupingBy(value, Collectors.counting())).entrySet().stream()
                .map(
                        each ->
                                new TreeMap<>(
                                        Map.of(column, each.getKey(), "changes", each.getValue())));
    }

    private static Comparator<Map<String, Object>> descending(String number, String text) {
        return Comparator.comparing(
                        (Map<String, Object> row) -> (Long) row.get(number),
                        Comparator.reverseOrder())
                .thenComparing(row -> (String) row.get(text), CodePointOrder.INSTANCE);
    }

    private static List<Map<String, Object>> rows(ResultSet result) throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        while (result.next()) {
            rows.add(LakeRow.found(result));
        }
        return rows;
    }

    /** Rows in JSON, one on each line. */
    private static List<Map<String, Object>> rows(Path answer) throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(answer)) {
            Map<String, Object> row = new TreeMap<>();
            for (Map.Entry<String, JsonNode> column :
                    new ObjectMapper().readTree(line).properties()) {
                JsonNode value = column.getValue();
                row.put(
                        column.getKey(),
                        switch (value.getNodeType()) {
                            case NUMBER -> value.longValue();
                            case BOOLEAN -> value.booleanValue();
                            default ->
                                    column.getKey().equals("hour")
                                            ? Instant.parse(value.textValue())
                                            : value.textValue();
                        });
            }
            rows.add(row);
        }
        return rows;
    }
}
