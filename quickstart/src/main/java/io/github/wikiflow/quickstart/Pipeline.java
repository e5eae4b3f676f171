package io.github.wikiflow.quickstart;

import io.github.wikiflow.bridge.Bridge;
import io.github.wikiflow.bridge.BridgeOptions;
import io.github.wikiflow.bridge.http.BridgeServer;
import io.github.wikiflow.dashboard.Dashboard;
import io.github.wikiflow.dashboard.DashboardSettings;
import io.github.wikiflow.http.RequestPolicy;
import io.github.wikiflow.quickstart.JobSubmission.Output;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;

/**
 * The whole pipeline in this JVM. Started in the order in which the parts need each other, closed
 * in the opposite one.
 *
 * <pre>
 * Kafka, Flink -> source -> bridge -> dashboard -> rankings, archive -> heartbeat
 * </pre>
 */
final class Pipeline implements AutoCloseable {

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final LocalCluster cluster;

    // Set before anybody else sees this object.
    @SuppressWarnings("NullAway.Init")
    private Bridge bridge;

    @SuppressWarnings("NullAway.Init")
    private BridgeServer bridgePages;

    @SuppressWarnings("NullAway.Init")
    private Dashboard dashboard;

    private Pipeline(LocalCluster cluster) {
        this.cluster = opened(cluster);
    }

    /**
     * Starts everything.
     *
     * @param data where everything is kept; closed with the pipeline, and also if it does not start
     * @param source that the folder is for
     * @param dashboardAddress where the page is served; port 0 for a free one
     * @param bridgePort of the bridge's pages; 0 for a free one
     * @param fileInterval the archive's option of that name
     * @param console where progress is printed
     * @throws io.github.wikiflow.events.options.OperationException if a part cannot start
     */
    static Pipeline start(
            DataFolder data,
            ClusterOptions clusterOptions,
            EventSource source,
            InetSocketAddress dashboardAddress,
            int bridgePort,
            String fileInterval,
            PrintStream console)
            throws Exception {
        Pipeline pipeline =
                new Pipeline(LocalCluster.start(data, clusterOptions, Home.configuration()));
        try {
            console.println("  Kafka and Flink run");
            pipeline.startBridge(source, bridgePort);
            console.println("  the bridge reads " + source.description());
            // The page shows what is being started, and the first thing that it waits for comes
            // first.
            pipeline.startDashboard(dashboardAddress);
            console.println("  the page is at " + pipeline.dashboard());
            // An option of up, too: WIKIFLOW_SOURCE, which the job reads as well, is meant for
            // that.
            pipeline.submit("rankings", Output.REPLACES, List.of("--source", "kafka"), console);
            pipeline.submit(
                    "archive", Output.TAKES_BACK, pipeline.archiveArguments(fileInterval), console);
            pipeline.opened(
                    FirstCheckpoint.start(
                            new FlinkRest(pipeline.cluster.flink().address()),
                            JobSubmission.jobId("wikiflow-archive"),
                            () -> pipeline.bridge.statistics().eventsForwarded(),
                            new LakeRows(data.lake())));
            pipeline.opened(
                    Heartbeat.start(
                            source.kind(),
                            () -> pipeline.bridge.statistics().eventsForwarded(),
                            new LakeRows(data.lake()),
                            new Problems(pipeline.dashboard, data)::now,
                            pipeline.kafkaProperties(),
                            HEARTBEAT,
                            console));
            return pipeline;
        } catch (Exception e) {
            try {
                pipeline.close();
            } catch (IOException closing) {
                e.addSuppressed(closing);
            }
            throw e;
        }
    }

    LocalCluster cluster() {
        return cluster;
    }

    /** The page. */
    URI dashboard() {
        return dashboard.uri();
    }

    /** Where the bridge's pages are. */
    URI bridge() {
        return URI.create("http://127.0.0.1:" + bridgePages.port());
    }

    /** Completes if the pipeline cannot go on. */
    CompletableFuture<Void> failure() {
        return bridge.ended();
    }

    /**
     * Closes every part, also when one of them fails.
     *
     * @throws IOException what the first failed part said
     */
    @Override
    public void close() throws IOException {
        IOException failed = null;
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                IOException reason =
                        new IOException(part.getClass().getSimpleName() + ": " + e.getMessage(), e);
                if (failed == null) {
                    failed = reason;
                } else {
                    failed.addSuppressed(reason);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    private void startBridge(EventSource source, int port) throws InterruptedException {
        EventSource.Stream stream = opened(source.open(cluster.data()));
        List<String> arguments = new ArrayList<>(stream.bridgeArguments());
        arguments.add("--bootstrap-servers");
        arguments.add(cluster.kafka().bootstrapServers());
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        bridge =
                opened(
                        Bridge.start(
                                BridgeOptions.settings(arguments.toArray(String[]::new)),
                                registry));
        bridgePages =
                opened(
                        BridgeServer.start(
                                new InetSocketAddress(LocalPort.HOST, port),
                                new RequestPolicy(
                                        "--allowed-hosts of ./wikiflow bridge", List.of()),
                                registry,
                                () -> bridge.health()));
    }

    private void submit(
            String job, Output output, List<String> furtherArguments, PrintStream console) {
        List<String> arguments = new ArrayList<>(furtherArguments);
        arguments.add("--bootstrap-servers");
        arguments.add(cluster.kafka().bootstrapServers());
        Path restored =
                new JobSubmission("wikiflow-" + job, Home.jobJar(job), output, arguments)
                        .submit(cluster.flink().clientConfiguration(), cluster.data());
        console.printf(
                "  the %s job runs%s%n",
                job, restored == null ? "" : ", from its " + restored.getFileName());
    }

    private List<String> archiveArguments(String fileInterval) {
        return List.of("--lake", cluster.data().lake().toString(), "--file-interval", fileInterval);
    }

    private void startDashboard(InetSocketAddress address) {
        dashboard =
                opened(
                        Dashboard.start(
                                DashboardSettings.of(kafkaProperties())
                                        .withHttpAddress(address)
                                        .withSources(cluster.flink().address(), bridge())));
    }

    private Properties kafkaProperties() {
        Properties properties = new Properties();
        properties.setProperty("bootstrap.servers", cluster.kafka().bootstrapServers());
        return properties;
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }
}
