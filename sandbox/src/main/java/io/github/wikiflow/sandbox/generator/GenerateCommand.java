package io.github.wikiflow.sandbox.generator;

import io.github.wikiflow.events.kafka.KafkaOptions;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.events.options.CommandRunner;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.options.UsageException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes generated events as lines of JSON or into a Kafka topic. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = {
            "Writes generated recentchange events as lines of JSON, or into a Kafka topic.",
            "Every option can also be set by its variable, such as WIKIFLOW_SEED for --seed."
        })
public final class GenerateCommand implements Callable<Integer> {

    private static final String STANDARD_OUTPUT = "-";
    private static final int BUFFER_BYTES = 1 << 16;
    private static final double MOST_EVENTS_PER_SECOND = 1_000_000;

    @Spec private CommandSpec spec;

    @Mixin private KafkaOptions kafka;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "100000",
            description = "How many events to write (default: ${DEFAULT-VALUE}).")
    private long count;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Chooses one of many logs; with --start, the same seed gives the same bytes"
                            + " (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--preset",
            paramLabel = "NAME",
            defaultValue = "realistic",
            description =
                    "clean: only normal events; realistic: with the few odd ones of the real stream;"
                            + " hostile: with all that can go wrong, often (default: ${DEFAULT-VALUE}).")
    private WorkloadPreset preset;

    @Option(
            names = "--events-per-second",
            paramLabel = "N",
            defaultValue = "40",
            description =
                    "Density in event time, not the speed of writing (default: ${DEFAULT-VALUE}).")
    private double eventsPerSecond;

    @Option(
            names = "--start",
            paramLabel = "INSTANT",
            description =
                    "Time of the first event, such as 2026-01-01T00:00:00Z"
                            + " (default: so that the last event is now).")
    private @Nullable Instant start;

    @Option(
            names = "--users",
            paramLabel = "N",
            defaultValue = "1000000",
            description = "How many different users there can be (default: ${DEFAULT-VALUE}).")
    private int users;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            defaultValue = STANDARD_OUTPUT,
            description =
                    "File for the lines of JSON; - for standard output (default: ${DEFAULT-VALUE}).")
    private String output;

    @Option(
            names = "--to-topic",
            paramLabel = "NAME",
            description =
                    "Write into this Kafka topic instead of a file, with keys and record times;"
                            + " it is created if there is none.")
    private @Nullable String topic;

    private final Clock clock;
    private final LongSupplier nanos;
    private final OutputStream standardOutput;

    GenerateCommand(Clock clock, LongSupplier nanos, OutputStream standardOutput) {
        this.clock = clock;
        this.nanos = nanos;
        this.standardOutput = standardOutput;
    }

    /** Runs the command and ends the process with its exit code. */
    public static void main(String... arguments) {
        System.exit(
                CommandRunner.run(
                        new GenerateCommand(Clock.systemUTC(), System::nanoTime, System.out),
                        arguments));
    }

    @Override
    public Integer call() {
        GenerationProgress events =
                new GenerationProgress(
                        new EventLog(workload()).events(0, count),
                        count,
                        nanos,
                        spec.commandLine().getErr());
        if (topic != null) {
            writeTo(topic, events);
        } else {
            writeLines(events);
        }
        events.summarize();
        return 0;
    }

    private Workload workload() {
        require(count >= 0, "--count", count, "0 or more");
        require(
                eventsPerSecond > 0 && eventsPerSecond <= MOST_EVENTS_PER_SECOND,
                "--events-per-second",
                eventsPerSecond,
                "more than 0 and at most 1000000");
        require(
                users > 0 && users <= Workload.MOST_USERS,
                "--users",
                users,
                "1 to " + Workload.MOST_USERS);
        return preset.workload().toBuilder()
                .seed(seed)
                .start(start != null ? start : startToEndNow())
                .eventsPerSecond(eventsPerSecond)
                .users(users)
                .build();
    }

    private Instant startToEndNow() {
        return clock.instant()
                .minusMillis((long) (count * 1000.0 / eventsPerSecond))
                .truncatedTo(ChronoUnit.SECONDS);
    }

    private static void require(boolean holds, String option, Object value, String range) {
        if (!holds) {
            throw new UsageException("%s: cannot be %s; give %s".formatted(option, value, range));
        }
    }

    private void writeTo(String topic, GenerationProgress events) {
        Properties client = kafka.clientProperties();
        try (Admin admin = Admin.create(client)) {
            TopicCreation.createIfMissing(admin, Topic.CHANGES, topic);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationException("interrupted while creating topic " + topic, e);
        } catch (ExecutionException | KafkaException e) {
            throw new OperationException(
                    "cannot create topic %s at %s (%s); check --bootstrap-servers and --to-topic"
                            .formatted(topic, client.get("bootstrap.servers"), e.getMessage()),
                    e);
        }
        try (TopicLoader loader = new TopicLoader(client, topic)) {
            loader.load(events, landed -> {});
        }
    }

    private void writeLines(GenerationProgress events) {
        try (OutputStream lines = new BufferedOutputStream(open(), BUFFER_BYTES)) {
            for (GeneratedEvent event : events) {
                lines.write(event.json());
                lines.write('\n');
            }
        } catch (IOException e) {
            throw new OperationException(
                    "cannot write to %s (%s); choose another --output".formatted(output, e), e);
        }
    }

    private OutputStream open() throws IOException {
        return output.equals(STANDARD_OUTPUT)
                ? standardOutput
                : Files.newOutputStream(Path.of(output));
    }
}
