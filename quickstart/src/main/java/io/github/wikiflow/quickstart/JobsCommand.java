package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.options.CommandRunner;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.options.UsageException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.RestOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code jobs watch}, {@code submit} and {@code running}: both jobs on a session cluster, as the
 * service {@code jobs} of docker/compose.yaml runs them. Needs of this module's libraries only
 * picocli, Jackson and the events, and for the rest Flink's own.
 */
@Command(
        name = "jobs",
        mixinStandardHelpOptions = true,
        description = "Keep the pipeline's jobs on a session cluster.")
public final class JobsCommand {

    private static final long LOOK_EVERY_SECONDS = 5;
    private static final Duration ANSWER = Duration.ofSeconds(10);

    @Option(
            names = "--jars",
            paramLabel = "FOLDER",
            defaultValue = "/opt/wikiflow/jobs",
            description =
                    "Where the jobs' jars are, by the jobs' names (default: ${DEFAULT-VALUE}).")
    private Path jars;

    @Option(
            names = "--state",
            paramLabel = "FOLDER",
            defaultValue = "/data/flink",
            description =
                    "Where the cluster keeps its checkpoints and savepoints (default: ${DEFAULT-VALUE}).")
    private Path state;

    JobsCommand() {}

    public static void main(String[] arguments) {
        System.exit(CommandRunner.run(new JobsCommand(), arguments));
    }

    @Command(
            name = "watch",
            mixinStandardHelpOptions = true,
            description =
                    "Submit each job that the JobManager does not know, now and whenever it has"
                            + " forgotten them; without end.")
    int watch(
            @Option(
                            names = "--running-file",
                            paramLabel = "FILE",
                            description = "There as long as all tasks of all jobs run.")
                    @Nullable Path runningFile)
            throws InterruptedException {
        JobKeeper keeper = keeper();
        while (true) {
            mark(runningFile, keeper.look());
            TimeUnit.SECONDS.sleep(LOOK_EVERY_SECONDS);
        }
    }

    @Command(
            name = "submit",
            mixinStandardHelpOptions = true,
            description =
                    "Submit a job unless it runs, from the newest of its checkpoints and savepoints.")
    int submit(@Parameters(paramLabel = "NAME", description = "The job.") String name)
            throws InterruptedException {
        if (!JobKeeper.JOBS.containsKey(name)) {
            throw new UsageException(
                    "'%s' is no job; name one of %s"
                            .formatted(
                                    name,
                                    String.join(
                                            ", ",
                                            JobKeeper.JOBS.keySet().stream().sorted().toList())));
        }
        keeper().submitUnlessRunning(name);
        return 0;
    }

    @Command(
            name = "running",
            mixinStandardHelpOptions = true,
            description = "Succeed if all tasks of all jobs run.")
    int running() throws InterruptedException {
        List<String> lines = keeper().notRunning();
        lines.forEach(System.out::println);
        return lines.isEmpty() ? 0 : 1;
    }

    private JobKeeper keeper() {
        Configuration cluster = GlobalConfiguration.loadConfiguration();
        URI flink =
                URI.create(
                        "http://%s:%d"
                                .formatted(
                                        cluster.get(RestOptions.ADDRESS),
                                        cluster.get(RestOptions.PORT)));
        return new JobKeeper(
                new FlinkRest(
                        flink,
                        ANSWER,
                        "start it, or set rest.address and rest.port in config.yaml"),
                cluster,
                jars,
                state,
                System.out);
    }

    private static void mark(@Nullable Path runningFile, boolean running) {
        if (runningFile == null) {
            return;
        }
        try {
            if (!running) {
                Files.deleteIfExists(runningFile);
            } else if (!Files.exists(runningFile)) {
                Files.createFile(runningFile);
            }
        } catch (IOException e) {
            throw new OperationException(
                    "--running-file: cannot write '%s' (%s); name another"
                            .formatted(runningFile, e),
                    e);
        }
    }
}
