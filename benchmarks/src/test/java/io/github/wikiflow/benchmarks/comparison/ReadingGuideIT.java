package io.github.wikiflow.benchmarks.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wikiflow.archive.ArchiveJob;
import io.github.wikiflow.benchmarks.GeneratedTopic;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.ranking.CodePointOrder;
import io.github.wikiflow.harness.process.JavaCommand;
import io.github.wikiflow.harness.process.JavaProcess;
import io.github.wikiflow.sandbox.generator.ExpectedLake;
import io.github.wikiflow.sandbox.generator.LakeRow;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import io.github.wikiflow.testing.Seed;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
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
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs the queries of the reading guide as they stand there, over a lake that the archive has
 * written, and compares the answers with those of the events' generator. Spark is there only when
 * the peers are built, pyarrow only if it is installed.
 */
class ReadingGuideIT {

    private static final long SEED = Seed.draw();
    private static final Path HOME = Path.of(System.getProperty("wikiflow.home"));
    private static final Pattern BLOCK =
            Pattern.compile("```(?:sql|python)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LAKE = Pattern.compile("(?<=['\"])lake(?=['\"/])");
    private static final String PYTHON = System.getProperty("wikiflow.python");
    private static final String TOPIC = "changes";
    private static final String DUCKDB = "jdbc:duckdb:";

    /** More than a day of it, so that the queries of a day must leave something out. */
    private static final int EVENTS = 3_000;

    /** Of few wikis, since each makes a folder for each day. */
    private static final Workload WORKLOAD =
            Workload.hostile().toBuilder().seed(SEED).wikis(5).eventsPerSecond(0.03).build();

    /** Half an hour off all full hours of UTC: what depends on a time zone must choose one. */
    private static final String ODD_ZONE = "Asia/Kolkata";

    /**
     * Makes the guide's own {@code print} write JSON, with the names that an aggregation in Arrow
     * gives its columns replaced by those that the SQL chooses.
     */
    private static final String ANSWER_IN_JSON =
            """
            import json
            names = {"count_all": "changes", "bot_any": "bot"}
            write = print
            def print(rows):
                rows = [{names.get(name, name): value for name, value in row.items()} for row in rows]
                write(json.dumps(rows, default=lambda time: time.isoformat()))
            """;

    @TempDir private static Path folder;
    private static Path lake;
    private static final List<Map<String, Object>> ROWS = new ArrayList<>();

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
            ROWS.addAll(writeChangesWithoutServer(kafka.bootstrapServers()));
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
        ROWS.addAll(expected.rows(TOPIC));
    }

    /** The generator's changes all name one. Returns what a reader finds of them. */
    private static List<Map<String, Object>> writeChangesWithoutServer(String bootstrapServers) {
        Instant time = Instant.parse("2026-01-01T00:30:00Z");
        List<Map<String, Object>> written = new ArrayList<>();
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (int number = 0; number < 3; number++) {
                String id = "without-server-" + number;
                byte[] change =
                        "{\"meta\":{\"id\":\"%s\"},\"timestamp\":%d,\"server_name\":null}"
                                .formatted(id, time.getEpochSecond())
                                .getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(TOPIC, 0, time.toEpochMilli(), null, change));
                written.add(
                        Map.of(
                                "change_timestamp", time,
                                "change_timestamp_date", "2026-01-01",
                                "event_timestamp", time,
                                "meta_id", id));
            }
        }
        return written;
    }

    @Test
    void duckDbAnswersRightly() throws Exception {
        answersRightly(DriverManager.getDriver(DUCKDB));
    }

    /** As many a reader has it: versions differ in what they make of folders. */
    @Test
    void newestDuckDbAnswersRightly() throws Exception {
        URL jar = Path.of(System.getProperty("duckdb.newest")).toUri().toURL();
        try (URLClassLoader newest =
                new URLClassLoader(new URL[] {jar}, ClassLoader.getPlatformClassLoader())) {
            Class<?> driver = newest.loadClass("org.duckdb.DuckDBDriver");
            answersRightly((Driver) driver.getConstructor().newInstance());
        }
    }

    private static void answersRightly(Driver driver) throws Exception {
        List<List<Map<String, Object>>> answers = new ArrayList<>();
        try (Connection duckDb = driver.connect(DUCKDB, new Properties());
                Statement statement = duckDb.createStatement()) {
            statement.execute("SET TimeZone = '%s'".formatted(ODD_ZONE));
            for (String sql : statements("DuckDB")) {
                if (statement.execute(sql)) {
                    answers.add(rows(statement.getResultSet()));
                }
            }
        }

        assertThat(answers).hasSize(6);
        assertThat(answers.get(0)).as("seed %d", SEED).isEqualTo(changesPerHour());
        assertThat(answers.get(1)).as("seed %d", SEED).isEqualTo(busiestUsers());
        assertThat(answers.get(2)).as("seed %d", SEED).isEqualTo(busiestServers());
        assertThat(answers.get(3)).as("seed %d", SEED).isEqualTo(withoutServer());
        assertThat(answers.get(4)).as("seed %d", SEED).isEqualTo(newest());
        assertThat(answers.get(5))
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
                        new JavaCommand(
                                Engine.SPARK.classPath(),
                                "io.github.wikiflow.benchmarks.spark.SparkSql",
                                jvmOptions,
                                arguments))) {
            spark.killAfter(Duration.ofMinutes(5));
            assertThat(spark.awaitEnd()).isZero();
        }

        assertThat(rows(answers.resolve("0"))).as("seed %d", SEED).isEqualTo(changesPerHour());
        assertThat(rows(answers.resolve("1"))).as("seed %d", SEED).isEqualTo(busiestUsers());
        assertThat(rows(answers.resolve("2"))).as("seed %d", SEED).isEqualTo(withoutServer());
        assertThat(answers.resolve("3")).doesNotExist();
    }

    @Test
    void pyarrowAnswersRightly() throws Exception {
        assumeTrue(
                hasPyarrow(),
                PYTHON + " with pyarrow is not here; install it, or set -Dwikiflow.python=…");
        Process python = python(ANSWER_IN_JSON + String.join("\n", blocks("pyarrow")));
        List<List<Map<String, Object>>> answers = new ArrayList<>();
        try (BufferedReader output = python.inputReader(StandardCharsets.UTF_8)) {
            for (String answer : output.lines().toList()) {
                answers.add(rows(new ObjectMapper().readTree(answer)));
            }
        }

        assertThat(python.waitFor()).isZero();
        assertThat(answers).hasSize(3);
        assertThat(answers.get(0)).as("seed %d", SEED).isEqualTo(changesPerHour());
        assertThat(answers.get(1)).as("seed %d", SEED).isEqualTo(busiestUsers());
        assertThat(answers.get(2)).as("seed %d", SEED).isEqualTo(withoutServer());
    }

    private static boolean hasPyarrow() throws InterruptedException {
        try {
            return python("import pyarrow.dataset").waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Process python(String program) throws IOException {
        ProcessBuilder python = new ProcessBuilder(PYTHON, "-c", program);
        python.environment().put("TZ", ODD_ZONE);
        python.environment().put("PYTHONIOENCODING", "utf-8");
        return python.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** The statements below a heading of the guide, with the place of the lake filled in. */
    private static List<String> statements(String heading) throws IOException {
        return blocks(heading).stream().flatMap(block -> Stream.of(block.split(";\n"))).toList();
    }

    private static List<String> blocks(String heading) throws IOException {
        String guide = Files.readString(HOME.resolve("docs/reading-the-lake.md"));
        String section = guide.split("\n## " + heading + "\n")[1].split("\n## ")[0];
        return BLOCK.matcher(section)
                .results()
                .map(block -> LAKE.matcher(block.group(1)).replaceAll(quoted(lake)))
                .toList();
    }

    private static String quoted(Path path) {
        return Matcher.quoteReplacement(path.toString());
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
                        ROWS.stream(),
                        "server_name",
                        row -> Optional.ofNullable(row.get("server_name")))
                .peek(row -> row.put("server_name", orNull(row.get("server_name"))))
                .sorted(descending("changes", "server_name"))
                .limit(10)
                .toList();
    }

    private static Object orNull(Object optional) {
        return ((Optional<?>) optional).orElse(null);
    }

    private static List<Map<String, Object>> withoutServer() {
        long changes = day().filter(row -> row.get("server_name") == null).count();
        return List.of(Map.of("changes", changes));
    }

    private static List<Map<String, Object>> newest() {
        return List.of(
                Map.of(
                        "newest",
                        ROWS.stream()
                                .map(row -> (Instant) row.get("event_timestamp"))
                                .max(Comparator.naturalOrder())
                                .orElseThrow()));
    }

    private static List<Map<String, Object>> repeats() {
        return counts(ROWS.stream(), "meta_id", row -> row.get("meta_id"))
                .filter(row -> (long) row.get("changes") > 1)
                .peek(row -> row.put("copies", row.remove("changes")))
                .toList();
    }

    private static Stream<Map<String, Object>> day() {
        return ROWS.stream().filter(row -> row.get("change_timestamp_date").equals("2026-01-01"));
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
                .thenComparing(
                        row -> (String) row.get(text),
                        Comparator.nullsLast(CodePointOrder.INSTANCE));
    }

    private static List<Map<String, Object>> rows(ResultSet result) throws Exception {
        List<Map<String, Object>> rows = new ArrayList<>();
        while (result.next()) {
            rows.add(LakeRow.found(result));
        }
        return rows;
    }

    /** Rows in JSON, one on each line. */
    private static List<Map<String, Object>> rows(Path answer) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String line : Files.readAllLines(answer)) {
            rows.add(row(new ObjectMapper().readTree(line)));
        }
        return rows;
    }

    private static List<Map<String, Object>> rows(JsonNode answer) {
        List<Map<String, Object>> rows = new ArrayList<>();
        answer.forEach(row -> rows.add(row(row)));
        return rows;
    }

    private static Map<String, Object> row(JsonNode json) {
        Map<String, Object> row = new TreeMap<>();
        for (Map.Entry<String, JsonNode> column : json.properties()) {
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
        return row;
    }
}
