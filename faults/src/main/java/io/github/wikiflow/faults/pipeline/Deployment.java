package io.github.wikiflow.faults.pipeline;

import io.github.wikiflow.bridge.BridgeCommand;
import io.github.wikiflow.dashboard.DashboardCommand;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.faults.process.BrokerProcess;
import io.github.wikiflow.faults.process.JavaCommand;
import io.github.wikiflow.faults.process.Load;
import io.github.wikiflow.faults.process.SourceProcess;
import io.github.wikiflow.faults.process.SupervisedProcess;
import io.github.wikiflow.quickstart.JobSubmission;
import io.github.wikiflow.quickstart.JobSubmission.Output;
import io.github.wikiflow.sandbox.FreePort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;

/**
 * The whole pipeline, every part a process of its own on this machine, started again when it ends:
 * the simulated stream, a broker, the bridge, a JobManager, two TaskManagers and the dashboard; and
 * both jobs, submitted again when the JobManager has lost them. All with the settings that are
 * shipped, but for shorter timeouts.
 */
public final class Deployment implements AutoCloseable {

    /** After so long without a heartbeat Flink takes a process for dead. */
    public static final Duration HEARTBEAT_TIMEOUT = FlinkProcesses.HEARTBEAT_TIMEOUT;

    private static final Duration BROKER_WITHIN = Duration.ofMinutes(4);
    private static final int TASK_MANAGERS = 2;
    private static final String HOST = "127.0.0.1";

    private final Path folder;
    private final Path home;
    private final Load load;
    private final int sourcePort = FreePort.find();
    private final int kafkaPort = FreePort.find();
    private final int bridgePort = FreePort.find();
    private final int dashboardPort = FreePort.find();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final FlinkProcesses flinkProcesses;
    private final FlinkCluster flink;
    private final List<SupervisedProcess> taskManagers = new ArrayList<>();
    private SupervisedProcess source;
    private SupervisedProcess broker;
    private SupervisedProcess bridge;
    private SupervisedProcess jobManager;
    private SupervisedProcess dashboard;
    private SupervisedJob archive;
    private SupervisedJob rankings;

    private Deployment(Path folder, Path home, Load load) {
        this.folder = folder;
        this.home = home;
        this.load = load;
        this.flinkProcesses = new FlinkProcesses(folder, home, load);
        this.flink = new FlinkCluster(flinkProcesses.address());
    }

    /**
     * Starts everything.
     *
     * @param folder for all its data and logs; empty
     * @param home the folder of wikiflow, in which it has been built
     * @param load what the log of events is like
     * @param seed of the log of events
     * @param start of the log of events
     * @param published until when the log is published, in epoch milliseconds; asked at each start
     *     of the simulated stream
     */
    public static Deployment start(
            Path folder, Path home, Load load, long seed, Instant start, LongSupplier published)
            throws IOException, InterruptedException {
        Deployment deployment = new Deployment(folder, home, load);
        try {
            deployment.startAll(seed, start, published);
            return deployment;
        } catch (IOException | InterruptedException | RuntimeException e) {
            deployment.close();
            throw e;
        }
    }

    public SupervisedProcess source() {
        return source;
    }

    public SupervisedProcess broker() {
        return broker;
    }

    public SupervisedProcess bridge() {
        return bridge;
    }

    public SupervisedProcess jobManager() {
        return jobManager;
    }

    public List<SupervisedProcess> taskManagers() {
        return Collections.unmodifiableList(taskManagers);
    }

    public SupervisedProcess dashboard() {
        return dashboard;
    }

    /** All of them. */
    public List<SupervisedProcess> processes() {
        List<SupervisedProcess> all =
                new ArrayList<>(List.of(source, broker, bridge, jobManager, dashboard));
        all.addAll(taskManagers);
        return all;
    }

    public SupervisedJob archive() {
        return archive;
    }

    public SupervisedJob rankings() {
        return rankings;
    }

    public FlinkCluster flink() {
        return flink;
    }

    /** The dashboard's address. */
    public URI dashboardUri() {
        return http(dashboardPort);
    }

    /** The lake's folder in a deployment's folder. */
    public static Path lake(Path folder) {
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

    private void startAll(long seed, Instant start, LongSupplier published)
            throws IOException, InterruptedException {
        for (String name : List.of("lake", "log", "state/archive", "state/rankings", "temporary")) {
            Files.createDirectories(folder.resolve(name));
        }
        broker =
                process(
                        "broker",
                        () ->
                                new JavaCommand(
                                        BrokerProcess.class,
                                        512,
                                        logging("broker"),
                                        List.of(
                                                folder.resolve("kafka").toString(),
                                                Integer.toString(kafkaPort))));
        createTopics();
        jobManager = process("job-manager", flinkProcesses::jobManager);
        for (int i = 1; i <= TASK_MANAGERS; i++) {
            String name = "task-manager-" + i;
            taskManagers.add(process(name, () -> flinkProcesses.taskManager(name)));
        }
        source =
                process(
                        "source",
                        () ->
                                new JavaCommand(
                                        SourceProcess.class,
                                        192,
                                        logging("source"),
                                        List.of(
                                                Integer.toString(sourcePort),
                                                load.name(),
                                                Long.toString(seed),
                                                Long.toString(start.toEpochMilli()),
                                                Long.toString(published.getAsLong()))));
        bridge = process("bridge", this::bridgeCommand);
        dashboard = process("dashboard", this::dashboardCommand);
        archive =
                job(
                        "archive",
                        Output.ADDS,
                        List.of(
                                "--lake",
                                lake(folder).toString(),
                                "--file-interval=" + load.fileInterval()));
        // A partition is only as idle as the stream: an outage must not end a window early.
        rankings = job("rankings", Output.REPLACES, List.of("--idleness=1h"));
    }

    private void createTopics() throws InterruptedException, IOException {
        Properties patient = kafkaClient();
        patient.setProperty("default.api.timeout.ms", Long.toString(BROKER_WITHIN.toMillis()));
        try (Admin admin = Admin.create(patient)) {
            for (Topic topic : Topic.values()) {
                TopicCreation.createIfMissing(admin, topic, topic.defaultName());
            }
        } catch (ExecutionException e) {
            throw new IOException("cannot create the topics", e);
        }
    }

    private SupervisedProcess process(String name, Supplier<JavaCommand> command)
            throws IOException {
        SupervisedProcess process =
                SupervisedProcess.start(
                        name,
                        () -> command.get().with(load.jvmOptions()),
                        folder.resolve("log/" + name + ".out"));
        parts.push(process);
        return process;
    }

    private SupervisedJob job(String module, Output output, List<String> options) {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("--bootstrap-servers", kafka()));
        String name = "wikiflow-" + module;
        Path jar = home.resolve("jobs/%1$s/target/wikiflow-%1$s.jar".formatted(module));
        SupervisedJob job =
                new SupervisedJob(
                        name,
                        new JobSubmission(name, jar, output, arguments),
                        output,
                        flinkProcesses.configuration(),
                        flink,
                        folder.resolve("state/" + module));
        parts.push(job);
        return job;
    }

    private JavaCommand bridgeCommand() {
        return new JavaCommand(
                BridgeCommand.class,
                192,
                List.of(),
                List.of(
                        "--stream-url=http://%s:%d/v2/stream".formatted(HOST, sourcePort),
                        "--bootstrap-servers=" + kafka(),
                        "--http-address=%s:%d".formatted(HOST, bridgePort),
                        "--read-timeout=5s",
                        "--reconnect-delay=100ms",
                        "--max-reconnect-delay=1s"));
    }

    private JavaCommand dashboardCommand() {
        return new JavaCommand(
                DashboardCommand.class,
                256,
                List.of(),
                List.of(
                        "--bootstrap-servers=" + kafka(),
                        "--http-address=%s:%d".formatted(HOST, dashboardPort),
                        "--flink-url=" + flinkProcesses.address(),
                        "--bridge-url=" + http(bridgePort),
                        // Every window of the attack is compared.
                        "--max-windows=100000"));
    }

    private List<String> logging(String name) {
        return FlinkProcesses.logging(folder, home, name);
    }

    private String kafka() {
        return HOST + ":" + kafkaPort;
    }

    private static URI http(int port) {
        return URI.create("http://%s:%d".formatted(HOST, port));
    }
}
