package io.github.wikiflow.rankings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.ExpectedRankings;
import io.github.wikiflow.sandbox.generator.GeneratedEvent;
import io.github.wikiflow.sandbox.generator.LandedEvent;
import io.github.wikiflow.sandbox.generator.RankingRules;
import io.github.wikiflow.sandbox.generator.TopicModel;
import io.github.wikiflow.sandbox.generator.Workload;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that users submit: what is in it, and that nothing is missing from it. */
class JobJarIT {

    private static final Path JAR = Path.of("target", "wikiflow-rankings.jar");
    private static final long MOST_BYTES = 15_000_000;

    /** Libraries that must come from the jar, so the JVM that runs it does not get them. */
    private static final List<String> IN_THE_JAR =
            List.of(
                    "wikiflow",
                    "flink-connector-kafka",
                    "kafka-",
                    "jackson-",
                    "picocli",
                    "parquet-",
                    "hadoop-",
                    "zstd-jni",
                    "snappy-java",
                    "lz4-java");

    @TempDir private Path folder;

    @Test
    void isSmallAndRunsOnTheUsualPlatforms() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(MOST_BYTES);
        try (JarFile jar = new JarFile(JAR.toFile())) {
            List<String> natives =
                    jar.stream()
                            .map(entry -> entry.getName())
                            .filter(name -> name.matches(".*\\.(so|dylib|jnilib|dll|a)"))
                            .sorted()
                            .toList();
            assertThat(natives)
                    .containsExactly(
                            "darwin/aarch64/libzstd-jni-1.5.7-28.dylib",
                            "darwin/x86_64/libzstd-jni-1.5.7-28.dylib",
                            "linux/aarch64/libzstd-jni-1.5.7-28.so",
                            "linux/amd64/libzstd-jni-1.5.7-28.so",
                            "net/jpountz/util/darwin/aarch64/liblz4-java.dylib",
                            "net/jpountz/util/darwin/x86_64/liblz4-java.dylib",
                            "net/jpountz/util/linux/aarch64/liblz4-java.so",
                            "net/jpountz/util/linux/amd64/liblz4-java.so",
                            "org/xerial/snappy/native/Linux/aarch64/libsnappyjava.so",
                            "org/xerial/snappy/native/Linux/x86_64/libsnappyjava.so",
                            "org/xerial/snappy/native/Mac/aarch64/libsnappyjava.dylib",
                            "org/xerial/snappy/native/Mac/x86_64/libsnappyjava.dylib");
            assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo(RankingsJob.class.getName());
        }
    }

    @Test
    void ranksATopicInEveryCompressionWithNothingButFlinkBesideIt() throws Exception {
        try (Topics topics = Topics.start(folder.resolve("kafka"))) {
            topics.create("changes", "rankings", "late");
            ExpectedRankings expected = new ExpectedRankings(RankingRules.DEFAULTS);
            load(topics, expected);

            run(topics, "--topic=changes", "--late-topic=late");

            assertThat(topics.records("late")).hasSameSizeAs(expected.late());
            List<Ranking> valid = Topics.valid(topics.rankings("rankings"));
            assertThat(Topics.answers(valid)).isNotEmpty().isEqualTo(expected.rankings());
        }
    }

    @Test
    void ranksALakeInEveryCompressionWithNothingButFlinkBesideIt() throws Exception {
        Path lake = folder.resolve("lake");
        for (String compression : List.of("zstd", "snappy", "gzip", "uncompressed")) {
            writeLake(lake, compression);
        }
        try (Topics topics = Topics.start(folder.resolve("kafka"))) {
            topics.create("rankings");

            run(topics, "--source=lake", "--lake=" + lake, "--dimensions=users");

            assertThat(topics.rankings("rankings"))
                    .singleElement()
                    .satisfies(
                            ranking -> {
                                assertThat(ranking.isFinal()).isTrue();
                                assertThat(ranking.changes()).isEqualTo(4 * 500);
                                assertThat(ranking.distinct()).isEqualTo(4 * 100);
                            });
        }
    }

    /** 500 changes by 100 users within a minute, as a file of a lake. */
    private static void writeLake(Path lake, String compression) throws Exception {
        Path folder = lake.resolve("change_timestamp_date=2026-01-01/server_name=" + compression);
        Files.createDirectories(folder);
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = database.createStatement()) {
            statement.execute(
                    """
                    COPY (SELECT
                        'changes' AS event_topic,
                        0 AS event_partition,
                        i AS event_offset,
                        TIMESTAMPTZ '2026-01-01 00:00:00Z' AS event_timestamp,
                        TIMESTAMPTZ '2026-01-01 00:00:00Z' + INTERVAL (i %% 60) SECOND
                            AS change_timestamp,
                        '%1$s ' || i %% 100 AS "user"
                      FROM range(500) AS rows(i))
                    TO '%2$s/1.parquet' (FORMAT parquet, COMPRESSION %1$s)"""
                            .formatted(compression, folder));
        }
    }

    /** Runs the jar to the end of its input in a JVM of its own. */
    private void run(Topics topics, String... more) throws Exception {
        Path log = folder.resolve("job.log");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-opens=java.base/java.util=ALL-UNNAMED",
                                "-cp",
                                JAR + File.pathSeparator + classPathOfFlink(),
                                RankingsJob.class.getName(),
                                "--bootstrap-servers=" + topics.bootstrapServers(),
                                "--rankings-topic=rankings",
                                "--bounded"));
        command.addAll(List.of(more));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(() -> text(log)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as(() -> text(log)).isZero();
    }

    private static void load(Topics topics, ExpectedRankings expected) throws Exception {
        EventLog log = new EventLog(Workload.realistic());
        TopicModel model = new TopicModel(Topics.PARTITIONS);
        int next = 0;
        for (String compression : List.of("none", "gzip", "snappy", "lz4", "zstd")) {
            Properties properties = topics.client();
            properties.setProperty("compression.type", compression);
            try (KafkaProducer<byte[], byte[]> producer =
                    new KafkaProducer<>(
                            properties, new ByteArraySerializer(), new ByteArraySerializer())) {
                List<Future<RecordMetadata>> sent = new ArrayList<>();
                for (GeneratedEvent event : log.events(next, next + 500)) {
                    LandedEvent landed = model.land(event);
                    sent.add(
                            producer.send(
                                    new ProducerRecord<>(
                                            "changes",
                                            landed.partition(),
                                            landed.recordTime(),
                                            event.key(),
                                            event.json())));
                    expected.add(landed);
                }
                producer.flush();
                for (Future<RecordMetadata> record : sent) {
                    record.get();
                }
            }
            next += 500;
        }
    }

    private static String classPathOfFlink() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(part -> part.endsWith(".jar"))
                .filter(part -> !isInTheJar(Path.of(part).getFileName().toString()))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean isInTheJar(String library) {
        return IN_THE_JAR.stream().anyMatch(library::startsWith);
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "no log: " + e;
        }
    }
}
