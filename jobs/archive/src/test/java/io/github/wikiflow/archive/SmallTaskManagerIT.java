package io.github.wikiflow.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.sandbox.generator.EventLog;
import io.github.wikiflow.sandbox.generator.TopicLoader;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import io.github.wikiflow.sandbox.kafka.LastingTopic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The archive with hundreds of open partitions in a JVM with the limits that Flink gives a
 * TaskManager of {@code taskmanager.memory.process.size: 1g}. The JobManager runs in it too, so it
 * is a little tighter than a TaskManager. {@code -Darchive.events} lengthens the run.
 */
class SmallTaskManagerIT {

    private static final MemorySize PROCESS_MEMORY = MemorySize.ofMebiBytes(1024);
    private static final int EVENTS = Integer.getInteger("archive.events", 60_000);
    private static final int WIKIS = 1_200;
    private static final double SECONDS_SPANNED = 2 * 86_400;
    private static final int FEWEST_PARTITIONS = 900;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String TOPIC = "changes";

    @TempDir private Path folder;

    @Test
    void holdsHundredsOfPartitionsInAGigabyte() throws Exception {
        Path lake = folder.resolve("lake");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder.resolve("kafka"))) {
            load(kafka.bootstrapServers());
            drain(kafka.bootstrapServers(), lake);
        }
        try (LakeReader reader = new LakeReader(lake)) {
            Map<String, Object> found =
                    reader.query(
                                    "SELECT count(*) AS n, count(DISTINCT (change_timestamp_date, server_name)) AS folders FROM $lake")
                            .get(0);
            assertThat(found).containsEntry("n", (long) EVENTS);
            assertThat((Long) found.get("folders")).isGreaterThanOrEqualTo(FEWEST_PARTITIONS);
        }
    }

    private static void load(String bootstrapServers) throws Exception {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", bootstrapServers);
        LastingTopic.create(client, TOPIC, Topic.CHANGES.partitions());
        Workload workload =
                Workload.builder().wikis(WIKIS).eventsPerSecond(EVENTS / SECONDS_SPANNED).build();
        try (TopicLoader loader = new TopicLoader(client, TOPIC)) {
            loader.load(new EventLog(workload).events(0, EVENTS), landed -> {});
        }
    }

    private void drain(String bootstrapServers, Path lake) throws Exception {
        Configuration settings = new Configuration();
        settings.set(TaskManagerOptions.TOTAL_PROCESS_MEMORY, PROCESS_MEMORY);
        TaskExecutorProcessSpec memory = TaskExecutorProcessUtils.processSpecFromConfig(settings);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(ProcessMemoryUtils.generateJvmParametersStr(memory).split(" ")));
        command.addAll(shippedOptions());
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(DrainProcess.class.getName());
        command.add(Long.toString(memory.getManagedMemorySize().getBytes()));
        command.add(Long.toString(memory.getNetworkMemSize().getBytes()));
        command.add(folder.resolve("checkpoints").toUri().toString());
        command.add("--bootstrap-servers=" + bootstrapServers);
        command.add("--topic=" + TOPIC);
        command.add("--lake=" + lake);
        command.add("--bounded");
        Path log = folder.resolve("log");
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as("ends in %s: %s", PATIENCE, log)
                    .isTrue();
            assertThat(process.exitValue()).as(() -> text(log)).isZero();
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static List<String> shippedOptions() {
        return List.of(
                GlobalConfiguration.loadConfiguration("../../flink-conf")
                        .get(CoreOptions.FLINK_TM_JVM_OPTIONS)
                        .split(" "));
    }

    private static String text(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
