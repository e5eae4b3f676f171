package io.github.wikiflow.benchmarks.window;

import io.github.wikiflow.benchmarks.GeneratedTopic;
import io.github.wikiflow.benchmarks.contender.Measurement;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingJson;
import io.github.wikiflow.harness.pipeline.BrokerProcess;
import io.github.wikiflow.harness.pipeline.FlinkProcesses;
import io.github.wikiflow.harness.process.JavaCommand;
import io.github.wikiflow.harness.process.JavaProcess;
import io.github.wikiflow.quickstart.FlinkPath;
import io.github.wikiflow.sandbox.generator.ExpectedRanking;
import io.github.wikiflow.sandbox.generator.ExpectedRankings;
import io.github.wikiflow.sandbox.generator.RankingRules;
import io.github.wikiflow.sandbox.generator.Workload;
import io.github.wikiflow.sandbox.kafka.CommittedRecords;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Whether the rankings of windows with very many users fit into a small TaskManager, are right, and
 * what they cost on each state backend.
 */
@Command(
        name = "window",
        mixinStandardHelpOptions = true,
        description = {
            "Ranks windows of a million different users in a JVM with the memory of a small"
                    + " TaskManager, on each state backend, and checks every final ranking."
        })
public final class WideWindowBenchmark implements Callable<Integer> {

    private static final String TOPIC = "changes";
    private static final int PARTITIONS = 4;

    @Option(
            names = "--events",
            paramLabel = "NUMBER",
            defaultValue = "2000000",
            description = "Events to read (default: ${DEFAULT-VALUE}).")
    private long events;

    @Option(
            names = "--events-per-second",
            paramLabel = "NUMBER",
            defaultValue = "2000",
            description =
                    "Events in a second of event time, so 600 times as many in a window (default:"
                            + " ${DEFAULT-VALUE}).")
    private double eventsPerSecond;

    @Option(
            names = "--users",
            paramLabel = "NUMBER",
            defaultValue = "16777216",
            description =
                    "Users that the events are by, all equally busy (default: ${DEFAULT-VALUE}).")
    private int users;

    @Option(
            names = "--dimensions",
            paramLabel = "NAME[,...]",
            defaultValue = "users",
            description = "What to rank (default: ${DEFAULT-VALUE}).")
    private String dimensions;

    @Option(
            names = "--process-size",
            paramLabel = "SIZE",
            defaultValue = "1g",
            description =
                    "The TaskManager's taskmanager.memory.process.size (default: ${DEFAULT-VALUE}).")
    private String processSize;

    @Option(
            names = "--backends",
            paramLabel = "NAME[,...]",
            split = ",",
            defaultValue = "hashmap,rocksdb",
            description = "State backends (default: ${DEFAULT-VALUE}).")
    private List<String> backends;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("window-benchmark");
        try (JavaProcess broker = BrokerProcess.start(folder.resolve("kafka"), "1g")) {
            String bootstrapServers = broker.readLine();
            List<ExpectedRanking> expected = fill(bootstrapServers);
            long mostUsers = expected.stream().mapToLong(ExpectedRanking::distinct).max().orElse(0);
            print("%,d events; %,d different items in the fullest ranking", events, mostUsers);
            for (String backend : backends) {
                Measurement measurement = measure(bootstrapServers, backend, folder);
                requireEqual(backend, expected, answers(bootstrapServers, backend));
                print(
                        "%-8s %,8.0f events/s %6.1f CPU s/million %6d MB, answers right",
                        backend,
                        measurement.eventsPerSecond(),
                        measurement.cpuSecondsPerMillion(),
                        measurement.peakMegabytes());
            }
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
        return 0;
    }

    private List<String> jvmOptions(String backend) {
        List<String> options = new ArrayList<>();
        options.addAll(TaskManagerMemory.of(processSize, backend).jvmOptions());
        options.addAll(FlinkProcesses.taskManagerJvmOptions());
        return options;
    }

    /** Fills the topic; returns the answers of the dimensions that are ranked. */
    private List<ExpectedRanking> fill(String bootstrapServers) throws Exception {
        Workload workload =
                Workload.clean().toBuilder()
                        .eventsPerSecond(eventsPerSecond)
                        .users(users)
                        .userSkew(0)
                        .build();
        ExpectedRankings expected = new ExpectedRankings(RankingRules.DEFAULTS);
        GeneratedTopic.create(
                bootstrapServers, TOPIC, PARTITIONS, workload, events, expected::add, Topic.LATE);
        List<String> ranked = List.of(dimensions.split(","));
        return expected.rankings().stream()
                .filter(ranking -> ranked.contains(ranking.dimension().label()))
                .toList();
    }

    private Measurement measure(String bootstrapServers, String backend, Path folder)
            throws IOException {
        try (JavaProcess process =
                JavaProcess.start(
                        JavaCommand.of(
                                WideWindowRun.class,
                                jvmOptions(backend),
                                List.of(
                                        bootstrapServers,
                                        TOPIC,
                                        Long.toString(events),
                                        backend,
                                        dimensions,
                                        processSize,
                                        backend,
                                        FlinkPath.text(folder.resolve(backend)))))) {
            return Measurement.ofLine(process.readLine(Measurement::isLine));
        }
    }

    /** The final rankings that a run wrote, by dimension and window. */
    private static Map<String, ExpectedRanking> answers(String bootstrapServers, String topic)
            throws IOException {
        Map<String, ExpectedRanking> answers = new HashMap<>();
        for (ConsumerRecord<byte[], byte[]> record :
                new CommittedRecords(bootstrapServers).read(topic)) {
            Ranking ranking = RankingJson.read(record.value());
            if (ranking.isFinal()) {
                answers.put(ranking.key(), ExpectedRanking.of(ranking));
            }
        }
        return answers;
    }

    private static void requireEqual(
            String backend, List<ExpectedRanking> expected, Map<String, ExpectedRanking> found) {
        List<String> wrong = new ArrayList<>();
        for (ExpectedRanking each : expected) {
            if (!each.equals(found.get(each.key()))) {
                wrong.add(each.key());
            }
        }
        if (!wrong.isEmpty() || found.size() != expected.size()) {
            throw new OperationException(
                    "%s: %d of %d final rankings are wrong: %s"
                            .formatted(backend, wrong.size(), expected.size(), wrong));
        }
    }

    private void print(String format, Object... values) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
