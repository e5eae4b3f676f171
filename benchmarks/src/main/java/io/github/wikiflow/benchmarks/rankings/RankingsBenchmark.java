package io.github.wikiflow.benchmarks.rankings;

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
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Times the rankings job beside what bounds it: fills a topic with generated events on a broker of
 * its own, then lets each {@link Contender} read it in a JVM of its own, one after the other.
 */
@Command(
        name = "rankings",
        mixinStandardHelpOptions = true,
        description = "Times the rankings job beside a hand-written loop and mere reading.")
public final class RankingsBenchmark implements Callable<Integer> {

    private static final String TOPIC = "changes";

    @Option(
            names = "--events",
            paramLabel = "NUMBER",
            defaultValue = "1000000",
            description = "Events to read (default: ${DEFAULT-VALUE}).")
    private long events;

    @Option(
            names = "--rounds",
            paramLabel = "NUMBER",
            defaultValue = "3",
            description =
                    "How often each contender runs; the best counts (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--contenders",
            paramLabel = "NAME[,...]",
            split = ",",
            defaultValue = "raw_consumption,hand_written_loop,rankings_of_users,rankings_of_all",
            description = "Who runs (default: ${DEFAULT-VALUE}).")
    private List<Contender> contenders;

    @Option(
            names = "--jvm-options",
            paramLabel = "OPTION[,...]",
            split = ",",
            defaultValue = "-Xmx1g",
            description = "Options of each contender's JVM (default: ${DEFAULT-VALUE}).")
    private List<String> jvmOptions;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("rankings-benchmark");
        try (JavaProcess broker =
                JavaProcess.start(BrokerProcess.class, List.of("-Xmx1g"), folder.toString())) {
            String bootstrapServers = broker.readLine();
            GeneratedTopic.create(
                    bootstrapServers,
                    TOPIC,
                    Workload.realistic(),
                    events,
                    Topic.RANKINGS,
                    Topic.LATE);
            for (int round = 1; round <= rounds; round++) {
                for (Contender contender : contenders) {
                    report(contender, measure(contender, bootstrapServers));
                }
            }
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
        return 0;
    }

    private Measurement measure(Contender contender, String bootstrapServers) throws IOException {
        try (JavaProcess process =
                JavaProcess.start(
                        Contender.class,
                        jvmOptions,
                        contender.name(),
                        bootstrapServers,
                        TOPIC,
                        Long.toString(events))) {
            return Measurement.readFrom(process);
        }
    }

    private void report(Contender contender, Measurement measurement) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(measurement.toRow(contender.label()));
        out.flush();
    }
}
