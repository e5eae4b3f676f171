package io.github.wikiflow.benchmarks.live;

import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.harness.pipeline.Deployment;
import io.github.wikiflow.harness.pipeline.SupervisedJob;
import io.github.wikiflow.harness.process.SupervisedProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.util.FileUtils;

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
    private final Deployment deployment = new Deployment(folder, List.of());
    private final Arrivals arrivals = new Arrivals(Topic.CHANGES.partitions());

    /** Set before anybody else sees this object. */
    @SuppressWarnings("NullAway.Init")
    private SupervisedProcess taskManager;

    private LivePipeline() throws IOException {}

    /**
     * Starts all of it; when this returns, both jobs run.
     *
     * @param fileInterval as the archive takes it
     * @param flinkSettings that differ from those that are shipped
     */
    static LivePipeline start(String fileInterval, Map<String, String> flinkSettings)
            throws IOException, InterruptedException, TimeoutException {
        LivePipeline pipeline = new LivePipeline();
        try {
            pipeline.startAll(fileInterval, flinkSettings);
            return pipeline;
        } catch (IOException | InterruptedException | TimeoutException | RuntimeException e) {
            pipeline.close();
            throw e;
        }
    }

    private void startAll(String fileInterval, Map<String, String> flinkSettings)
            throws IOException, InterruptedException, TimeoutException {
        deployment.startBroker(Map.of());
        deployment.startJobManager(flinkSettings);
        taskManager = deployment.startTaskManager(1);
        deployment.startDashboard(List.of(), Map.of());
        SupervisedJob archive = deployment.startArchive(List.of("--file-interval=" + fileInterval));
        SupervisedJob rankings = deployment.startRankings(List.of());
        archive.awaitRunning();
        rankings.awaitRunning();
        awaitDashboard();
    }

    /** Every change that has been fed into it. */
    Arrivals arrivals() {
        return arrivals;
    }

    /** What a Kafka client needs. */
    Properties kafkaClient() {
        return deployment.kafkaClient();
    }

    Path lake() {
        return deployment.lake();
    }

    /** The dashboard's address. */
    URI dashboard() {
        return deployment.dashboardUri();
    }

    /** SIGKILL; another starts at once. */
    void killTaskManager() throws InterruptedException {
        taskManager.kill();
    }

    /** Ends everything, and deletes what it wrote. */
    @Override
    public void close() throws IOException {
        try {
            deployment.close();
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
    }

    private void awaitDashboard() throws InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(dashboard().resolve("/api/windows"))
                        .timeout(START_WITHIN)
                        .build();
        long deadline = System.nanoTime() + START_WITHIN.toNanos();
        while (!answers(http, request)) {
            if (System.nanoTime() > deadline) {
                throw new OperationException("the dashboard does not start at " + dashboard());
            }
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }

    private static boolean answers(HttpClient http, HttpRequest request)
            throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }
}
