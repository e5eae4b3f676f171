package io.github.wikiflow.quickstart;

import io.github.wikiflow.events.options.DurationConverter;
import io.github.wikiflow.events.options.UsageException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./wikiflow upgrade JAR}: replaces a running job by a newer build of it. */
@Command(
        name = "upgrade",
        mixinStandardHelpOptions = true,
        description = {
            "Stop a running job with a savepoint and go on from it with a newer jar;"
                    + " or, with --from, go on from a savepoint with an older one.",
            "What follows the jar are the job's options: they are not taken over from the old job."
        })
final class UpgradeCommand implements Callable<Integer> {

    @Option(
            names = {"-m", "--jobmanager"},
            paramLabel = "HOST:PORT",
            defaultValue = "localhost:8081",
            description = "Flink's REST API (default: ${DEFAULT-VALUE}).")
    private String jobManager;

    @Option(
            names = "--savepoints",
            paramLabel = "URI",
            description =
                    "Folder for the savepoint, which the whole cluster can reach"
                            + " (default: the cluster's execution.checkpointing.savepoint-dir).")
    private @Nullable String savepoints;

    @Option(
            names = "--from",
            paramLabel = "URI",
            description =
                    "Go on from this savepoint of a job that runs no more, and stop nothing: the way"
                            + " back from an upgrade.")
    private @Nullable String from;

    @Option(
            names = "--parallelism",
            paramLabel = "NUMBER",
            description = "Parallelism of the new job (default: the cluster's).")
    private @Nullable Integer parallelism;

    @Option(
            names = "-D",
            paramLabel = "KEY=VALUE",
            description = "Flink's settings for the new job, on top of the cluster's.")
    private Map<String, String> flinkSettings = Map.of();

    @Option(
            names = "--patience",
            paramLabel = "DURATION",
            defaultValue = "2min",
            converter = DurationConverter.class,
            description =
                    "How long the savepoint may take, and then the start of the new job"
                            + " (default: ${DEFAULT-VALUE}).")
    private Duration patience;

    @Option(
            names = "--allow-non-restored-state",
            description = "Drop state for which the new job has no operator.")
    private boolean allowNonRestoredState;

    @Parameters(index = "0", paramLabel = "JAR", description = "The new build of the job.")
    private Path jar;

    @Parameters(index = "1..*", paramLabel = "OPTIONS", description = "Options of the job.")
    private List<String> arguments = List.of();

    @Spec
    void setSpec(CommandSpec spec) {
        spec.parser().stopAtPositional(true);
    }

    @Override
    public Integer call() throws InterruptedException {
        if (!Files.isRegularFile(jar)) {
            throw new UsageException("'%s' is no file; name the jar of a job".formatted(jar));
        }
        JobUpgrade upgrade = new JobUpgrade(new FlinkRest(address()), patience, System.out);
        JobUpgrade.Release release =
                new JobUpgrade.Release(
                        jar, arguments, parallelism, flinkSettings, allowNonRestoredState);
        if (from == null) {
            upgrade.upgrade(release, savepoints);
        } else {
            upgrade.restore(release, from);
        }
        return 0;
    }

    private URI address() {
        int colon = jobManager.lastIndexOf(':');
        if (colon < 1 || !jobManager.substring(colon + 1).matches("\\d{1,5}")) {
            throw new UsageException(
                    "--jobmanager: '%s' is not HOST:PORT; write it such as localhost:8081"
                            .formatted(jobManager));
        }
        return URI.create("http://" + jobManager);
    }
}
