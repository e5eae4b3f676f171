package io.github.wikiflow.faults.pipeline;

import io.github.wikiflow.faults.process.JavaCommand;
import io.github.wikiflow.faults.process.Load;
import io.github.wikiflow.quickstart.FlinkPath;
import io.github.wikiflow.sandbox.FreePort;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;

/**
 * How Flink's processes are started: with the settings that are shipped, but for shorter timeouts
 * and for addresses of this machine. Ports are chosen once, so that a process that starts again is
 * found where it was.
 */
final class FlinkProcesses {

    /** After so long without a heartbeat Flink takes a process for dead. */
    static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(5);

    private static final String HOST = "127.0.0.1";
    private static final int JOB_MANAGER_HEAP_MEGABYTES = 400;

    private final Path folder;
    private final Path home;
    private final Configuration configuration;

    /**
     * @param folder of the deployment
     * @param home the folder of wikiflow
     */
    FlinkProcesses(Path folder, Path home, Load load) {
        this.folder = folder;
        this.home = home;
        this.configuration = configuration(load);
    }

    /** Flink's configuration, for its clients too. */
    Configuration configuration() {
        return new Configuration(configuration);
    }

    /** The JobManager's REST API. */
    URI address() {
        return URI.create("http://%s:%d".formatted(HOST, configuration.get(RestOptions.PORT)));
    }

    JavaCommand jobManager() {
        return process(
                StandaloneSessionClusterEntrypoint.class,
                "job-manager",
                JOB_MANAGER_HEAP_MEGABYTES,
                List.of());
    }

    JavaCommand taskManager(String name) {
        // What Flink's shell scripts work out of the size of the process.
        TaskExecutorProcessSpec memory =
                TaskExecutorProcessUtils.processSpecFromConfig(configuration);
        return process(
                TaskManagerRunner.class,
                name,
                memory.getJvmHeapMemorySize().getMebiBytes(),
                List.of(
                        TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)
                                .trim()
                                .split("\\s+")));
    }

    private JavaCommand process(Class<?> main, String name, int heapMegabytes, List<String> more) {
        List<String> options = new ArrayList<>(logging(folder, home, name));
        options.addAll(List.of(configuration.getString("env.java.opts.all", "").split(" ")));
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--configDir", configurationFolder().toString()));
        Configuration own = configuration();
        String temporary = folder.resolve("temporary/" + name).toString();
        own.set(CoreOptions.TMP_DIRS, temporary);
        own.set(BlobServerOptions.STORAGE_DIRECTORY, temporary);
        own.set(WebOptions.TMP_DIR, temporary);
        own.toMap().forEach((key, value) -> arguments.add("-D%s=%s".formatted(key, value)));
        arguments.addAll(more);
        return new JavaCommand(main, heapMegabytes, options, arguments);
    }

    /** The JVM options by which a process writes a log of its own. */
    static List<String> logging(Path folder, Path home, String name) {
        return List.of(
                "-Dlog.file=" + folder.resolve("log/" + name + ".log"),
                "-Dlog4j.configurationFile=" + home.resolve("flink-conf/log4j-console.properties"),
                "-Dwikiflow.console.level=OFF");
    }

    private Configuration configuration(Load load) {
        Configuration shipped =
                GlobalConfiguration.loadConfiguration(configurationFolder().toString());
        int port = FreePort.find();
        shipped.set(JobManagerOptions.ADDRESS, HOST);
        shipped.set(JobManagerOptions.PORT, FreePort.find());
        shipped.set(JobManagerOptions.BIND_HOST, HOST);
        shipped.set(TaskManagerOptions.HOST, HOST);
        shipped.set(TaskManagerOptions.BIND_HOST, HOST);
        shipped.set(RestOptions.ADDRESS, HOST);
        shipped.set(RestOptions.BIND_ADDRESS, HOST);
        shipped.set(RestOptions.PORT, port);
        shipped.set(RestOptions.BIND_PORT, Integer.toString(port));
        shipped.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                FlinkPath.text(folder.resolve("state")));
        waitLessLong(shipped, load);
        return shipped;
    }

    /** Everything that waits for a time waits less long, so that an attack is over sooner. */
    private static void waitLessLong(Configuration configuration, Load load) {
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, load.checkpointInterval());
        configuration.set(
                CheckpointingOptions.MIN_PAUSE_BETWEEN_CHECKPOINTS, Duration.ofMillis(200));
        configuration.set(CheckpointingOptions.CHECKPOINTING_TIMEOUT, Duration.ofSeconds(20));
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(1));
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, HEARTBEAT_TIMEOUT);
        // But a busy machine may need long to start a process.
        configuration.set(RpcOptions.STARTUP_TIMEOUT, Duration.ofMinutes(1));
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
                Duration.ofMillis(200));
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
                Duration.ofSeconds(2));
        configuration.set(
                RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                Duration.ofSeconds(10));
    }

    private Path configurationFolder() {
        return home.resolve("flink-conf");
    }
}
