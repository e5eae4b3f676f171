package io.github.wikiflow.benchmarks.comparison;

import io.github.wikiflow.benchmarks.GeneratedTopic;
import io.github.wikiflow.benchmarks.contender.Measurement;
import io.github.wikiflow.benchmarks.contender.Report;
import io.github.wikiflow.benchmarks.contender.Task;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.harness.pipeline.BrokerProcess;
import io.github.wikiflow.harness.process.JavaCommand;
import io.github.wikiflow.harness.process.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/**
 * Fills a topic once with generated events, on a broker of its own, and lets one contender after
 * the other read it. To be closed: it holds the broker and a temporary folder.
 */
final class Comparison implements AutoCloseable {

    private static final String TOPIC = "changes";
    private static final String BROKER_HEAP = "1g";

    private final ComparisonSettings settings;
    private final Path folder;
    private final JavaProcess broker;
    private final String bootstrapServers;
    private final AnswerSheet answers = new AnswerSheet(TOPIC);

    /** Null until the first contender that reads a lake. */
    private @Nullable Path inputLake;

    private int runs;

    private Comparison(ComparisonSettings settings, Path folder, JavaProcess broker)
            throws IOException {
        this.settings = settings;
        this.folder = folder;
        this.broker = broker;
        this.bootstrapServers = broker.readLine();
    }

    /** Starts the broker and fills the topic. */
    static Comparison start(ComparisonSettings settings)
            throws IOException, InterruptedException, ExecutionException {
        Path folder = Files.createTempDirectory("wikiflow-comparison");
        JavaProcess broker = BrokerProcess.start(folder.resolve("kafka"), BROKER_HEAP);
        try {
            Comparison comparison = new Comparison(settings, folder, broker);
            comparison.fill();
            return comparison;
        } catch (IOException | InterruptedException | ExecutionException | RuntimeException e) {
            close(broker, folder);
            throw e;
        }
    }

    private void fill() throws InterruptedException, ExecutionException {
        GeneratedTopic.create(
                bootstrapServers,
                TOPIC,
                settings.partitions(),
                settings.workload(),
                settings.events(),
                settings.checked() ? answers::add : landed -> {},
                Topic.DEAD_LETTERS,
                Topic.LATE);
        answers.complete();
    }

    /** Lets a contender read the topic, and checks what it answers. */
    Result run(Contender contender)
            throws IOException, InterruptedException, ExecutionException, SQLException {
        Path output = newFolder(contender);
        try {
            return run(contender, output);
        } finally {
            FileUtils.deleteDirectory(output.toFile());
        }
    }

    private Result run(Contender contender, Path output)
            throws IOException, InterruptedException, ExecutionException, SQLException {
        Task task = task(contender, output);
        createOutputTopic(task);
        StringBuilder said = new StringBuilder(String.join(" ", settings.tuning(contender)));
        Measurement measurement = measure(contender, task, said);
        if (measurement == null) {
            return new Result(contender, said.toString(), null, null, Verdict.wrong("it failed"));
        }
        return new Result(
                contender,
                said.toString(),
                measurement,
                contender.answers().contains(Contender.Answer.LAKE)
                        ? LakeSize.of(task.lake())
                        : null,
                settings.checked() && !contender.answers().isEmpty()
                        ? answers.check(contender, task)
                        : null);
    }

    private Task task(Contender contender, Path output) throws IOException, InterruptedException {
        if (contender.readsLake() && inputLake == null) {
            Task archive =
                    new Task(
                            bootstrapServers,
                            TOPIC,
                            settings.partitions(),
                            settings.events(),
                            newFolder(Contender.ARCHIVE),
                            Path.of(""),
                            Contender.ARCHIVE.options());
            if (measure(Contender.ARCHIVE, archive, new StringBuilder()) == null) {
                throw new IOException("the lake for " + contender.label() + " cannot be written");
            }
            inputLake = archive.lake();
        }
        return new Task(
                bootstrapServers,
                TOPIC,
                settings.partitions(),
                settings.events(),
                output,
                contender.readsLake() ? Objects.requireNonNull(inputLake) : Path.of(""),
                settings.options(contender));
    }

    private void createOutputTopic(Task task) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            // Of the topics that are written, one that is not compacted: not every contender has
            // keys.
            TopicCreation.createIfMissing(admin, Topic.LATE, task.outputTopic());
        }
    }

    /**
     * Runs a contender's process to its end.
     *
     * @param said gets the settings that it tells
     * @return null if it fails
     */
    private @Nullable Measurement measure(Contender contender, Task task, StringBuilder said)
            throws IOException, InterruptedException {
        Measurement measurement = null;
        try (JavaProcess process =
                JavaProcess.start(
                        new JavaCommand(
                                contender.engine().classPath(),
                                contender.main(),
                                settings.jvmOptions(contender),
                                task.toArguments()))) {
            process.killAfter(settings.timeout());
            for (String line = process.nextLine(); line != null; line = process.nextLine()) {
                if (Report.isSettings(line)) {
                    said.append("; ").append(Report.settingsOf(line));
                } else if (Measurement.isLine(line)) {
                    measurement = Measurement.ofLine(line);
                }
            }
            return process.awaitEnd() == 0 ? measurement : null;
        }
    }

    private Path newFolder(Contender contender) throws IOException {
        return Files.createDirectory(folder.resolve(contender.label() + "-" + ++runs));
    }

    @Override
    public void close() throws IOException {
        close(broker, folder);
    }

    private static void close(JavaProcess broker, Path folder) throws IOException {
        try {
            broker.close();
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
    }
}
