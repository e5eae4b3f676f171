package io.github.wikiflow.harness.pipeline;

import io.github.wikiflow.harness.process.JavaCommand;
import io.github.wikiflow.quickstart.FlinkPath;
import io.github.wikiflow.quickstart.Home;
import io.github.wikiflow.sandbox.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * How Flink's processes are started: on the class path of the quickstart, which is that of Flink's
 * distribution, with the memory and the settings of {@code config.yaml}, but for addresses of this
 * machine and what a caller wants otherwise. Ports are chosen once, so that a process that starts
 * again is found where it was.
 */
public final class FlinkProcesses {

    private static final String HOST = "127.0.0.1";

    private final Path folder;
    private final Configuration configuration;

    /**
     * @param folder of the deployment
     * @param settings that differ from the shipped ones
     */
    FlinkProcesses(Path folder, Map<String, String> settings) {
        this.folder = folder;
        this.configuration = shipped();
        configuration.addAll(Configuration.fromMap(settings));
        int port = FreePort.find();
        configuration.set(JobManagerOptions.ADDRESS, HOST);
        configuration.set(JobManagerOptions.PORT, FreePort.find());
        configuration.set(JobManagerOptions.BIND_HOST, HOST);
        configuration.set(TaskManagerOptions.HOST, HOST);
        configuration.set(TaskManagerOptions.BIND_HOST, HOST);
        configuration.set(RestOptions.ADDRESS, HOST);
        configuration.set(RestOptions.BIND_ADDRESS, HOST);
        configuration.set(RestOptions.PORT, port);
        configuration.set(RestOptions.BIND_PORT, Integer.toString(port));
        configuration.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                FlinkPath.text(folder.resolve("state")));
    }

    private FlinkProcesses(Path folder, Configuration configuration) {
        this.folder = folder;
        this.configuration = configuration;
    }

    /** Processes of the same cluster that differ in these settings. */
    FlinkProcesses with(Map<String, String> settings) {
        Configuration different = configuration();
        different.addAll(Configuration.fromMap(settings));
        return new FlinkProcesses(folder, different);
    }

    /** What the project's {@code config.yaml} says. */
    private static Configuration shipped() {
        return GlobalConfiguration.loadConfiguration(configurationFolder().toString());
    }

    /** The options that the project ships for the JVM of a TaskManager. */
    public static List<String> taskManagerJvmOptions() {
        return words(shipped().get(CoreOptions.FLINK_TM_JVM_OPTIONS));
    }

    /** Flink's configuration, for its clients too. */
    Configuration configuration() {
        return new Configuration(configuration);
    }

    /** The JobManager's REST API. */
    URI address() {
        return URI.create(
                "%s://%s:%d"
                        .formatted(
                                configuration.get(SecurityOptions.SSL_REST_ENABLED)
                                        ? "https"
                                        : "http",
                                HOST,
                                configuration.get(RestOptions.PORT)));
    }

    JavaCommand jobManager() {
        return process(
                StandaloneSessionClusterEntrypoint.class,
                "job-manager",
                words(
                        JobManagerProcessUtils.generateJvmParametersStr(
                                JobManagerProcessUtils.processSpecFromConfig(configuration),
                                configuration)),
                List.of());
    }

    JavaCommand taskManager(String name) {
        // What Flink's shell scripts work out of the size of the process.
        TaskExecutorProcessSpec memory =
                TaskExecutorProcessUtils.processSpecFromConfig(configuration);
        List<String> options =
                new ArrayList<>(words(ProcessMemoryUtils.generateJvmParametersStr(memory)));
        options.addAll(words(configuration.get(CoreOptions.FLINK_TM_JVM_OPTIONS)));
        return process(
                TaskManagerRunner.class,
                name,
                options,
                words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)));
    }

    private JavaCommand process(
            Class<?> main, String name, List<String> jvmOptions, List<String> more) {
        List<String> options = new ArrayList<>(logging(folder, name));
        options.addAll(words(configuration.get(CoreOptions.FLINK_JVM_OPTIONS)));
        options.addAll(jvmOptions);
        Configuration own = configuration();
        String temporary = folder.resolve("temporary/" + name).toString();
        own.set(CoreOptions.TMP_DIRS, temporary);
        own.set(BlobServerOptions.STORAGE_DIRECTORY, temporary);
        own.set(WebOptions.TMP_DIR, temporary);
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--configDir", write(own, name).toString()));
        arguments.addAll(more);
        return new JavaCommand(
                Home.folder().resolve("quickstart/target/lib") + "/*",
                main.getName(),
                options,
                arguments);
    }

    /** In a file: what a process is started with, passwords included, everybody may see. */
    private Path write(Configuration own, String name) {
        Path written = folder.resolve("conf/" + name);
        try {
            Files.createDirectories(written);
            Files.write(
                    written.resolve(GlobalConfiguration.FLINK_CONF_FILENAME),
                    ConfigurationUtils.convertConfigToWritableLines(own, true));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write Flink's configuration", e);
        }
        return written;
    }

    /** The JVM options by which a process writes a log of its own. */
    static List<String> logging(Path folder, String name) {
        return List.of(
                "-Dlog.file=" + folder.resolve("log/" + name + ".log"),
                "-Dlog4j.configurationFile="
                        + configurationFolder().resolve("log4j-console.properties").toUri(),
                "-Dwikiflow.console.level=OFF");
    }

    private static Path configurationFolder() {
        return Home.folder().resolve("flink-conf");
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.trim().split("\\s+"));
    }
}
