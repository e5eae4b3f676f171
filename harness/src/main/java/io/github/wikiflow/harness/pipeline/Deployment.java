package io.github.wikiflow.harness.pipeline;

import io.github.wikiflow.bridge.BridgeCommand;
import io.github.wikiflow.dashboard.DashboardCommand;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.harness.process.JavaCommand;
import io.github.wikiflow.harness.process.JavaProcess;
import io.github.wikiflow.harness.process.SupervisedProcess;
import io.github.wikiflow.quickstart.Home;
import io.github.wikiflow.quickstart.JobSubmission;
import io.github.wikiflow.quickstart.JobSubmission.Output;
import io.github.wikiflow.sandbox.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.kafka.clients.admin.Admin;

/**
 * The pipeline, or as much of it as is started, every part a process of its own on this machine,
 * started again when it ends; and its jobs, submitted again when the JobManager has lost them. All
 * with the settings that are shipped, but for what the caller wants otherwise. Not thread-safe; its
 * parts are.
 */
public final class Deployment implements AutoCloseable {

    private static final Duration BROKER_WITHIN = Duration.ofMinutes(4);
    private static final String HOST = "127.0.0.1";

    /** A heap of a few hundred megabytes needs no more. */
    private static final String COLLECTOR = "-XX:+UseSerialGC";

    private final Path folder;
    private final List<String> jvmOptions;
    private final int sourcePort = FreePort.find();
    private final int kafkaPort = FreePort.find();
    private final int bridgePort = FreePort.find();
    private final int dashboardPort = FreePort.find();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<SupervisedProcess> processes = new ArrayList<>();

    /** Of {@link #startJobManager}, which comes before all that speaks to Flink. */
    @SuppressWarnings("NullAway.Init")
    private FlinkProcesses flink;

    /**
     * A deployment without any part.
     *
     * @param folder for all its data and logs; empty
     * @param jvmOptions of every process
     */
    public Deployment(Path folder, List<String> jvmOptions) throws IOException {
        this.folder = folder;
        this.jvmOptions = List.copyOf(jvmOptions);
        for (String name : List.of("lake", "log", "temporary")) {
            Files.createDirectories(folder.resolve(name));
        }
    }

    /**
     * Starts a broker, and waits until it has the pipeline's topics.
     *
     * @param settings of the broker that differ from those of the sandbox's
     */
    public SupervisedProcess startBroker(Map<String, String> settings)
            throws IOException, InterruptedException {
        SupervisedProcess broker =
                start(
                        "broker",
                        () ->
                                BrokerProcess.command(
                                        folder.resolve("kafka"),
                                        kafkaPort,
                                        settings,
                                        logged("broker", 1024)));
        Properties patient = kafkaClient();
        patient.setProperty("default.api.timeout.ms", Long.toString(BROKER_WITHIN.toMillis()));
        try (Admin admin = Admin.create(patient)) {
            for (Topic topic : Topic.values()) {
                TopicCreation.createIfMissing(admin, topic, topic.defaultName());
            }
        } catch (ExecutionException e) {
            throw new IOException("cannot create the topics", e);
        }
        return broker;
    }

    /**
     * Starts a JobManager; {@link #startTaskManager} are next.
     *
     * @param settings of Flink that differ from {@code config.yaml}
     */
    public SupervisedProcess startJobManager(Map<String, String> settings) throws IOException {
        flink = new FlinkProcesses(folder, settings);
        return start("job-manager", flink::jobManager);
    }

    /**
     * Starts a TaskManager.
     *
     * @param number that no other of this deployment has
     */
    public SupervisedProcess startTaskManager(int number) throws IOException {
        String name = "task-manager-" + number;
        return start(name, () -> flink.taskManager(name));
    }

    /**
     * Starts what stands in for Wikimedia.
     *
     * @param command its command, by the port on which it is to listen; asked at each start
     */
    public SupervisedProcess startSource(IntFunction<JavaCommand> command) throws IOException {
        return start(
                "source", () -> command.apply(sourcePort).withJvmOptions(logged("source", 192)));
    }

    /**
     * Starts a bridge that carries the source's stream.
     *
     * @param environment added to ours
     */
    public SupervisedProcess startBridge(List<String> options, Map<String, String> environment)
            throws IOException {
        return start("bridge", () -> bridge(bridgePort, options).withEnvironment(environment));
    }

    /**
     * Starts one more bridge, which nobody supervises.
     *
     * @param sameHost whether it wants to listen where the first does
     */
    public JavaProcess startSecondBridge(List<String> options, boolean sameHost)
            throws IOException {
        return JavaProcess.start(
                bridge(sameHost ? bridgePort : FreePort.find(), options).withJvmOptions(jvmOptions),
                folder.resolve("log/second-bridge.out"));
    }

    private JavaCommand bridge(int port, List<String> options) {
        List<String> arguments = new ArrayList<>();
        arguments.add("--stream-url=%s/v2/stream".formatted(http(sourcePort)));
        arguments.add("--bootstrap-servers=" + kafka());
        arguments.add("--http-address=%s:%d".formatted(HOST, port));
        arguments.addAll(options);
        return JavaCommand.of(BridgeCommand.class, own(192), arguments);
    }

    /**
     * Starts a dashboard.
     *
     * @param environment added to ours
     */
    public SupervisedProcess startDashboard(List<String> options, Map<String, String> environment)
            throws IOException {
        List<String> arguments = new ArrayList<>();
        arguments.add("--bootstrap-servers=" + kafka());
        arguments.add("--http-address=%s:%d".formatted(HOST, dashboardPort));
        arguments.add("--flink-url=" + flink.address());
        arguments.add("--bridge-url=" + bridgeUri());
        arguments.addAll(options);
        return start(
                "dashboard",
                () ->
                        JavaCommand.of(DashboardCommand.class, own(256), arguments)
                                .withEnvironment(environment));
    }

    /** Starts the archive, into {@link #lake}. */
    public SupervisedJob startArchive(List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("--lake", lake().toString()));
        arguments.addAll(options);
        return start("archive", Output.TAKES_BACK, arguments);
    }

    /** Starts the rankings. */
    public SupervisedJob startRankings(List<String> options) {
        return start("rankings", Output.REPLACES, options);
    }

    /** All that has been started. */
    public List<SupervisedProcess> processes() {
        return List.copyOf(processes);
    }

    /** The cluster of the JobManager. */
    public FlinkCluster flink() {
        return new FlinkCluster(flink.address());
    }

    /** The dashboard's address. */
    public URI dashboardUri() {
        return http(dashboardPort);
    }

    /** The bridge's address. */
    public URI bridgeUri() {
        return http(bridgePort);
    }

    /** The lake's folder. */
    public Path lake() {
        return folder.resolve("lake");
    }

    /** What a Kafka client needs. */
    public Properties kafkaClient() {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", kafka());
        return client;
    }

    /** Kills everything. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a part does not close", e);
            }
        }
    }

    private SupervisedProcess start(String name, Supplier<JavaCommand> command) throws IOException {
        SupervisedProcess process =
                SupervisedProcess.start(
                        name,
                        () -> command.get().withJvmOptions(jvmOptions),
                        folder.resolve("log/" + name + ".out"));
        parts.push(process);
        processes.add(process);
        return process;
    }

    private SupervisedJob start(String module, Output output, List<String> options) {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("--bootstrap-servers", kafka()));
        String name = "wikiflow-" + module;
        Configuration client = flink.configuration();
        // A job's main method runs in this JVM, which may have the job's libraries already, and two
        // copies of one do not mix.
        client.set(CoreOptions.CLASSLOADER_RESOLVE_ORDER, "parent-first");
        SupervisedJob job =
                new SupervisedJob(
                        name,
                        new JobSubmission(name, Home.jobJar(module), output, arguments),
                        client,
                        flink(),
                        folder.resolve("state/" + module));
        parts.push(job);
        return job;
    }

    /** The JVM options of a process that is not Flink's. */
    private static List<String> own(int heapMegabytes) {
        return List.of(COLLECTOR, "-Xmx" + heapMegabytes + "m");
    }

    /** The same for one that has no log by itself. */
    private List<String> logged(String name, int heapMegabytes) {
        List<String> options = new ArrayList<>(own(heapMegabytes));
        options.addAll(FlinkProcesses.logging(folder, name));
        return options;
    }

    private String kafka() {
        return HOST + ":" + kafkaPort;
    }

    private static URI http(int port) {
        return URI.create("http://%s:%d".formatted(HOST, port));
    }
}
