package io.github.wikiflow.benchmarks.archive;

import io.github.wikiflow.benchmarks.BrokerProcess;
import io.github.wikiflow.benchmarks.GeneratedTopic;
import io.github.wikiflow.benchmarks.JavaProcess;
import io.github.wikiflow.benchmarks.Measurement;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.sandbox.generator.Workload;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Times the archive draining a topic of generated events that span two days, so that there are
 * about 600 partitions of the lake, and counts the files that it leaves.
 */
@Command(
        name = "archive",
        mixinStandardHelpOptions = true,
        description = "Times the archive draining a topic, and counts its files.")
public final class ArchiveBenchmark implements Callable<Integer> {

    private static final String TOPIC = "changes";
    private static final double SECONDS_SPANNED = 2 * 86_400;

    @Option(
            names = "--events",
            paramLabel = "NUMBER",
            defaultValue = "1000000",
            description = "Events to archive (default: ${DEFAULT-VALUE}).")
    private long events;

    @Option(
            names = "--rounds",
            paramLabel = "NUMBER",
            defaultValue = "3",
            description = "How often the archive runs (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--managed-memory",
            paramLabel = "SIZE",
            defaultValue = "256m",
            description = "Flink's managed memory, for both slots (default: ${DEFAULT-VALUE}).")
    private String managedMemory;

    @Option(
            names = "--jvm-options",
            paramLabel = "OPTION[,...]",
            split = ",",
            defaultValue = "-Xmx512m",
            description = "Options of the job's JVM (default: ${DEFAULT-VALUE}).")
    private List<String> jvmOptions;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("archive-benchmark");
        try (JavaProcess broker =
                JavaProcess.start(
                        BrokerProcess.class,
                        List.of("-Xmx1g"),
                        folder.resolve("kafka").toString())) {
            String bootstrapServers = broker.readLine();
            GeneratedTopic.create(
                    bootstrapServers,
                    TOPIC,
                    Workload.builder().eventsPerSecond(events / SECONDS_SPANNED).build(),
                    events,
                    Topic.DEAD_LETTERS);
            for (int round = 1; round <= rounds; round++) {
                Path output = Files.createDirectory(folder.resolve("round-" + round));
                report(measure(bootstrapServers, output), output.resolve("lake"));
            }
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
        return 0;
    }

    private Measurement measure(String bootstrapServers, Path output) throws IOException {
        try (JavaProcess process =
                JavaProcess.start(
                        ArchiveRun.class,
                        jvmOptions,
                        bootstrapServers,
                        TOPIC,
                        Long.toString(events),
                        output.toString(),
                        managedMemory)) {
            return Measurement.readFrom(process);
        }
    }

    private void report(Measurement measurement, Path lake) throws IOException {
        List<Path> files;
        try (Stream<Path> paths = Files.walk(lake)) {
            files = paths.filter(path -> path.toString().endsWith(".parquet")).toList();
        }
        long partitions = files.stream().map(Path::getParent).distinct().count();
        PrintWriter out = spec.commandLine().getOut();
        out.println(
                measurement.toRow("archive")
                        + String.format(
                                Locale.ROOT,
                                " %d files in %d partitions",
                                files.size(),
                                partitions));
        out.flush();
    }
}
