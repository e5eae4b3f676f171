package io.github.wikiflow.benchmarks.live;

import io.github.wikiflow.benchmarks.BrokerProcess;
import io.github.wikiflow.benchmarks.Home;
import io.github.wikiflow.benchmarks.JavaProcess;
import io.github.wikiflow.dashboard.DashboardCommand;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.sandbox.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.admin.Admin;

/**
 * The pipeline from Kafka on, each part a process of its own with the settings that are shipped: a
 * broker, a JobManager, a TaskManager with both jobs, and the dashboard. The changes come from
 * {@link Feed} instead of the bridge. Not thread-safe.
 */
final class LivePipeline implements AutoCloseable {

    /** The jobs' names, which are also their consumer groups. */
    static final String ARCHIVE = "wikiflow-archive";

    static final String RANKINGS = "wikiflow-rankings";

    private static final Duration START_WITHIN = Duration.ofMinutes(2);
    private static final long LOOK_MILLIS = 100;

    private final Path folder = Files.createTempDirectory("wikiflow-live");
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final URI dashboard = URI.create("http://127.0.0.1:%d/".formatted(FreePort.find()));
    private String bootstrapServers;
    private FlinkSession flink;

    private LivePipeline() throws IOException {}

    /**
     * Starts all of it; when this returns, both jobs run.
     *
     * @param fileInterval as the archive takes it
     * @param flinkSettings that differ from those that are shipped
     */
    static LivePipeline start(String fileInterval, Map<String, String> flinkSettings)
            throws IOException, InterruptedException, ExecutionException {
        LivePipeline pipeline = new LivePipeline();
        try {
            pipeline.startAll(fileInterval, flinkSettings);
            return pipeline;
        } catch (IOException | InterruptedException | ExecutionException | RuntimeException e) {
            pipeline.close();
            throw e;
        }
    }

    /** What a Kafka client needs. */
    Properties kafkaClient() {
        Properties client = new Properties();
        client.setProperty("bootstrap.servers", bootstrapServers);
        return client;
    }

    Path lake() {
        return folder.resolve("lake");
    }

    /** The dashboard's address. */
    URI dashboard() {
        return dashboard;
    }

    /** Kills the TaskManager's process and starts another at once. */
    void killTaskManager() throws IOException, InterruptedException {
        flink.killTaskManager();
    }

    /** Ends everything, and deletes what it wrote. */
    @Override
    public void close() throws IOException {
        try {
            while (!parts.isEmpty()) {
                parts.pop().close();
            }
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("a part does not end", e);
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
    }

    private void startAll(String fileInterval, Map<String, String> flinkSettings)
            throws IOException, InterruptedException, ExecutionException {
        Files.createDirectory(lake());
        JavaProcess broker =
                opened(
                        JavaProcess.start(
                                BrokerProcess.class,
                                List.of("-Xmx1g"),
                                folder.resolve("kafka").toString()));
        bootstrapServers = broker.readLine();
        try (Admin admin = Admin.create(kafkaClient())) {
            for (Topic topic : Topic.values()) {
                TopicCreation.createIfMissing(admin, topic, topic.defaultName());
            }
        }
        flink = opened(new FlinkSession(Home.folder(), folder, flinkSettings));
        startDashboard();
        flink.run(
                "archive",
                List.of(
                        "--bootstrap-servers=" + bootstrapServers,
                        "--lake=" + lake(),
                        "--file-interval=" + fileInterval));
        flink.run("rankings", List.of("--bootstrap-servers=" + bootstrapServers));
    }

    private void startDashboard() throws IOException, InterruptedException {
        BackgroundProcess process =
                opened(
                        BackgroundProcess.start(
                                List.of(
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx256m",
                                        "-cp",
                                        System.getProperty("java.class.path"),
                                        DashboardCommand.class.getName(),
                                        "--http-address=" + dashboard.getAuthority(),
                                        "--bootstrap-servers=" + bootstrapServers,
                                        "--flink-url=" + flink.address()),
                                Map.of(),
                                folder.resolve("dashboard.out")));
        long deadline = System.nanoTime() + START_WITHIN.toNanos();
        while (!dashboardAnswers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new OperationException("the dashboard does not start at " + dashboard);
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private boolean dashboardAnswers() throws InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(dashboard.resolve("/api/windows"))
                        .timeout(START_WITHIN)
                        .build();
        try {
            return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }
}
