package io.github.wikiflow.benchmarks.bridge;

import io.github.wikiflow.benchmarks.contender.Measurement;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.harness.pipeline.BrokerProcess;
import io.github.wikiflow.harness.process.JavaCommand;
import io.github.wikiflow.harness.process.JavaProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures how fast a bridge catches up with a backlog, from the simulated stream to acknowledged
 * records: server, broker and each contender in a process of its own, contenders in turn.
 */
@Command(
        name = "bridge",
        mixinStandardHelpOptions = true,
        description = "The bridge in catch-up, beside a tutorial's bridge and mere reading.")
public final class BridgeBenchmarkCommand implements Callable<Integer> {

    private static final String HEAP = "512m";

    @Spec private CommandSpec spec;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "400000",
            description = "Events of the backlog (default: ${DEFAULT-VALUE}).")
    private int events;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description =
                    "Runs of each contender, of which the median counts (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        Path folder = Files.createTempDirectory("wikiflow-benchmark");
        Map<Carrier, List<Measurement>> measured = new EnumMap<>(Carrier.class);
        try (JavaProcess broker = BrokerProcess.start(folder, HEAP);
                JavaProcess server =
                        JavaProcess.start(
                                JavaCommand.of(
                                        BacklogServer.class,
                                        List.of("-Xmx2g"),
                                        List.of(Integer.toString(events))))) {
            String bootstrapServers = broker.readLine();
            String stream = server.readLine();
            for (int round = 0; round < rounds; round++) {
                for (Carrier carrier : Carrier.values()) {
                    measured.computeIfAbsent(carrier, c -> new ArrayList<>())
                            .add(run(carrier, round, stream, bootstrapServers));
                }
            }
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
        report(measured);
        return 0;
    }

    private Measurement run(Carrier carrier, int round, String stream, String bootstrapServers)
            throws IOException, InterruptedException, ExecutionException {
        String topic = "%s-%d".formatted(carrier, round);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            TopicCreation.createIfMissing(admin, Topic.CHANGES, topic);
            try (JavaProcess process =
                    JavaProcess.start(
                            JavaCommand.of(
                                    Carrier.class,
                                    List.of("-Xmx" + HEAP),
                                    List.of(
                                            carrier.name(),
                                            stream,
                                            bootstrapServers,
                                            topic,
                                            Integer.toString(events))))) {
                Measurement measurement = Measurement.ofLine(process.readLine(Measurement::isLine));
                print(measurement.toRow(carrier.name()));
                return measurement;
            } finally {
                admin.deleteTopics(List.of(topic)).all().get();
            }
        }
    }

    private void report(Map<Carrier, List<Measurement>> measured) {
        print("medians of " + rounds + " rounds:");
        for (Map.Entry<Carrier, List<Measurement>> one : measured.entrySet()) {
            one.getValue().sort(Comparator.comparingDouble(Measurement::seconds));
            print(one.getValue().get(rounds / 2).toRow(one.getKey().name()));
        }
        print(
                "bridge / tutorial: %.2f"
                        .formatted(
                                eventsPerSecond(measured, Carrier.BRIDGE)
                                        / eventsPerSecond(measured, Carrier.TUTORIAL)));
    }

    private double eventsPerSecond(Map<Carrier, List<Measurement>> measured, Carrier carrier) {
        return Objects.requireNonNull(measured.get(carrier)).get(rounds / 2).eventsPerSecond();
    }

    private void print(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
