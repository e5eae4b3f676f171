package io.github.wikiflow.benchmarks.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wikiflow.benchmarks.ShippedFlink;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.quickstart.FlinkPath;
import io.github.wikiflow.sandbox.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessSpec;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * A JobManager and a TaskManager, each a process of its own with the memory and the settings of
 * {@code flink-conf/config.yaml} and the class path of the quickstart, which is that of Flink's
 * distribution. Not thread-safe.
 */
final class FlinkSession implements AutoCloseable {

    private static final String JOB_MANAGER =
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint";
    private static final String TASK_MANAGER =
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";
    private static final String CLIENT = "org.apache.flink.client.cli.CliFrontend";
    private static final String HOST = "127.0.0.1";
    private static final Duration START_WITHIN = Duration.ofMinutes(5);
    private static final long LOOK_MILLIS = 100;

    private final Path home;
    private final Path folder;
    private final Configuration configuration;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final BackgroundProcess jobManager;
    private BackgroundProcess taskManager;

    /**
     * Starts both, and waits for neither.
     *
     * @param home the folder of wikiflow, in which it has been built
     * @param folder for checkpoints, logs and temporary files
     * @param settings of Flink that differ from config.yaml
     */
    FlinkSession(Path home, Path folder, Map<String, String> settings) throws IOException {
        this.home = home;
        this.folder = folder;
        this.configuration = configuration(settings);
        if (!Files.isDirectory(libraries())) {
            throw new OperationException(
                    "wikiflow is not built (no %s); run ./wikiflow build".formatted(libraries()));
        }
        jobManager =
                start("job-manager", JOB_MANAGER, jobManagerOptions(), arguments("job-manager"));
        taskManager = startTaskManager();
    }

    /** The JobManager's REST API. */
    URI address() {
        return URI.create("http://%s:%d/".formatted(HOST, configuration.get(RestOptions.PORT)));
    }

    /**
     * Submits a job as a user does, and waits until all its tasks run.
     *
     * @param module the folder of the job below {@code jobs/}
     * @throws OperationException if it is refused, or does not run in time
     */
    void run(String module, List<String> jobArguments) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + START_WITHIN.toNanos();
        while (number("overview", "slots-available") == 0) {
            pauseUntil(deadline, "no TaskManager has registered");
        }
        List<String> arguments = new ArrayList<>(List.of("run", "-d", "-t", "remote"));
        configuration
                .toMap()
                .forEach((key, value) -> arguments.add("-D%s=%s".formatted(key, value)));
        arguments.add(
                home.resolve("jobs/%1$s/target/wikiflow-%1$s.jar".formatted(module)).toString());
        arguments.addAll(jobArguments);
        int running = number("overview", "jobs-running");
        try (BackgroundProcess client = start("client", CLIENT, List.of(), arguments)) {
            if (client.awaitEnd() != 0) {
                throw new OperationException(
                        "the job %s is refused; see %s".formatted(module, log("client")));
            }
        }
        while (number("overview", "jobs-running") == running || !allTasksRun()) {
            pauseUntil(deadline, "the job " + module + " does not run");
        }
    }

    /** SIGKILL, and a new start at once, as Docker does it. */
    void killTaskManager() throws IOException, InterruptedException {
        taskManager.kill();
        taskManager.close();
        taskManager = startTaskManager();
    }

    @Override
    public void close() {
        taskManager.close();
        jobManager.close();
    }

    private BackgroundProcess startTaskManager() throws IOException {
        TaskExecutorProcessSpec memory =
                TaskExecutorProcessUtils.processSpecFromConfig(configuration);
        List<String> arguments = new ArrayList<>(arguments("task-manager"));
        arguments.addAll(words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory)));
        return start(
                "task-manager",
                TASK_MANAGER,
                words(
                        ProcessMemoryUtils.generateJvmParametersStr(memory)
                                + " "
                                + configuration.get(CoreOptions.FLINK_TM_JVM_OPTIONS)),
                arguments);
    }

    private List<String> jobManagerOptions() {
        return words(
                JobManagerProcessUtils.generateJvmParametersStr(
                        JobManagerProcessUtils.processSpecFromConfig(configuration),
                        configuration));
    }

    private BackgroundProcess start(
            String name, String main, List<String> jvmOptions, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(words(configuration.get(CoreOptions.FLINK_JVM_OPTIONS)));
        command.addAll(jvmOptions);
        command.addAll(
                List.of(
                        "-Dlog.file=" + log(name),
                        "-Dlog4j.configurationFile="
                                + home.resolve("flink-conf/log4j-console.properties"),
                        "-Dwikiflow.console.level=WARN",
                        "-cp",
                        libraries() + "/*",
                        main));
        command.addAll(arguments);
        return BackgroundProcess.start(
                command,
                Map.of("FLINK_CONF_DIR", home.resolve("flink-conf").toString()),
                folder.resolve(name + ".out"));
    }

    /** Of a process of the cluster. */
    private List<String> arguments(String name) {
        String temporary = folder.resolve("temporary-" + name).toString();
        Configuration own = new Configuration(configuration);
        own.set(CoreOptions.TMP_DIRS, temporary);
        own.set(BlobServerOptions.STORAGE_DIRECTORY, temporary);
        own.set(WebOptions.TMP_DIR, temporary);
        List<String> arguments = new ArrayList<>();
        arguments.addAll(List.of("--configDir", home.resolve("flink-conf").toString()));
        own.toMap().forEach((key, value) -> arguments.add("-D%s=%s".formatted(key, value)));
        return arguments;
    }

    private Configuration configuration(Map<String, String> settings) {
        Configuration shipped = ShippedFlink.configuration(home);
        shipped.addAll(Configuration.fromMap(settings));
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
                FlinkPath.text(folder.resolve("checkpoints")));
        return shipped;
    }

    private boolean allTasksRun() throws InterruptedException {
        for (JsonNode job : get("jobs/overview").path("jobs")) {
            JsonNode tasks = job.path("tasks");
            if (tasks.path("running").asInt() != tasks.path("total").asInt()) {
                return false;
            }
        }
        return true;
    }

    private int number(String path, String field) throws InterruptedException {
        return get(path).path(field).asInt();
    }

    /** What the JobManager answers; nothing while it starts. */
    private JsonNode get(String path) throws InterruptedException {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(address().resolve(path)).timeout(START_WITHIN).build();
            return json.readTree(http.send(request, BodyHandlers.ofString()).body());
        } catch (IOException e) {
            return json.createObjectNode();
        }
    }

    private void pauseUntil(long deadline, String missing) throws InterruptedException {
        if (!jobManager.isAlive() || System.nanoTime() > deadline) {
            throw new OperationException("%s; see the logs in %s".formatted(missing, folder));
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }

    private Path libraries() {
        return home.resolve("quickstart/target/lib");
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    private static List<String> words(String text) {
        return List.of(text.trim().split("\\s+"));
    }
}
