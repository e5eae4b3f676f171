package io.github.wikiflow.benchmarks.dashboard;

import io.github.wikiflow.benchmarks.Latencies;
import io.github.wikiflow.benchmarks.dashboard.BrowserWatch.Painted;
import io.github.wikiflow.dashboard.DashboardCommand;
import io.github.wikiflow.events.kafka.Topic;
import io.github.wikiflow.events.kafka.TopicCreation;
import io.github.wikiflow.events.options.DurationConverter;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.options.UsageException;
import io.github.wikiflow.harness.process.JavaCommand;
import io.github.wikiflow.harness.process.JavaProcess;
import io.github.wikiflow.sandbox.FreePort;
import io.github.wikiflow.sandbox.kafka.EmbeddedKafka;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.util.FileUtils;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Measures how fresh the dashboard is: from the moment a ranking is handed to a Kafka producer
 * until each of many clients has it, and until a browser has painted it. The dashboard is a process
 * of its own, which on Linux gets one core; the clients and the broker are in this one.
 */
@Command(
        name = "dashboard",
        mixinStandardHelpOptions = true,
        description = "Freshness of the dashboard with many browsers, and what they cost.")
public final class DashboardBenchmarkCommand implements Callable<Integer> {

    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration START = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 100;
    private static final String FIRST_CORE = "0";

    @Spec private CommandSpec spec;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "500",
            description = "Connected clients (default: ${DEFAULT-VALUE}).")
    private int clients;

    @Option(
            names = "--pane-interval",
            paramLabel = "DURATION",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description =
                    "Pause between two panes of all four dimensions (default: ${DEFAULT-VALUE};"
                            + " the rankings job makes one every 10s).")
    private Duration paneInterval;

    @Option(
            names = "--duration",
            paramLabel = "DURATION",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "How long to measure (default: ${DEFAULT-VALUE}).")
    private Duration duration;

    @Option(
            names = "--browser",
            description = "Measure up to the pixel too, in the chromium that chromedriver finds.")
    private boolean browser;

    @Override
    public Integer call() throws Exception {
        if (clients < 1) {
            throw new UsageException("--clients: cannot be %d; give 1 or more".formatted(clients));
        }
        if (paneInterval.isZero()) {
            throw new UsageException("--pane-interval: cannot be 0; give 1ms or more");
        }
        Path folder = Files.createTempDirectory("wikiflow-benchmark");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder)) {
            try (Admin admin =
                    Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
                TopicCreation.createIfMissing(admin, Topic.RANKINGS, Topic.RANKINGS.defaultName());
            }
            URI uri = URI.create("http://127.0.0.1:" + FreePort.find() + "/");
            try (JavaProcess dashboard =
                            startDashboard(
                                    uri,
                                    kafka.bootstrapServers(),
                                    folder.resolve("dashboard.out"));
                    SentRankings rankings = new SentRankings(kafka.bootstrapServers())) {
                awaitAnswer(uri, dashboard);
                measure(uri, dashboard, rankings);
            }
        } finally {
            FileUtils.deleteDirectory(folder.toFile());
        }
        return 0;
    }

    private void measure(URI uri, JavaProcess dashboard, SentRankings rankings) throws Exception {
        Latencies toClient = new Latencies();
        Latencies toPixel = new Latencies();
        ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();
        try (EventClients connected = new EventClients(uri, clients, rankings, toClient);
                BrowserWatch watch = browser ? BrowserWatch.open(uri) : null) {
            sender.scheduleAtFixedRate(
                    rankings::sendPane, 0, paneInterval.toMillis(), TimeUnit.MILLISECONDS);
            TimeUnit.MILLISECONDS.sleep(WARM_UP.toMillis());
            toClient.clear();
            long startNanos = System.nanoTime();
            Duration cpuBefore = dashboard.cpuTime();
            TimeUnit.MILLISECONDS.sleep(duration.toMillis());
            double cpuSeconds = dashboard.cpuTime().minus(cpuBefore).toMillis() / 1e3;
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            sender.shutdown();
            sender.awaitTermination(10, TimeUnit.SECONDS);
            if (watch != null) {
                addPainted(watch.painted(), rankings, startNanos, toPixel);
            }
            report(toClient, toPixel, connected.lost(), cpuSeconds, seconds);
        } finally {
            sender.shutdownNow();
        }
    }

    private void report(
            Latencies toClient, Latencies toPixel, int lost, double cpuSeconds, double seconds) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf(
                "%d clients, four rankings every %d ms, %.0f s%n",
                clients, paneInterval.toMillis(), seconds);
        out.println(toClient.toRow("Kafka to client"));
        if (browser) {
            out.println(toPixel.toRow("Kafka to pixel"));
        }
        out.printf(
                Locale.ROOT,
                "%-28s %.1f %% of one core, %d connections lost%n",
                "dashboard",
                100 * cpuSeconds / seconds,
                lost);
        out.flush();
    }

    /** The browser's clock is this machine's wall clock, the sender's its monotonic one. */
    private static void addPainted(
            List<Painted> painted, SentRankings rankings, long fromNanos, Latencies toPixel) {
        double offsetMillis = System.currentTimeMillis() - System.nanoTime() / 1e6;
        for (Painted pixel : painted) {
            Long sentNanos = rankings.sentNanos(pixel.changes());
            if (sentNanos != null && sentNanos >= fromNanos) {
                double millis = pixel.epochMillis() - (sentNanos / 1e6 + offsetMillis);
                toPixel.add(Math.round(millis * 1e6));
            }
        }
    }

    private JavaProcess startDashboard(URI uri, String bootstrapServers, Path output)
            throws IOException {
        // And the browser, which may open two while it reloads.
        int seats = clients + 2;
        return JavaProcess.start(
                JavaCommand.of(
                                DashboardCommand.class,
                                List.of(),
                                List.of(
                                        "--http-address=" + uri.getAuthority(),
                                        "--bootstrap-servers=" + bootstrapServers,
                                        "--max-clients=" + seats,
                                        "--max-clients-per-address=" + seats))
                        .withWrapper(
                                System.getProperty("os.name").equals("Linux")
                                        ? List.of("taskset", "--cpu-list", FIRST_CORE)
                                        : List.of()),
                output);
    }

    private static void awaitAnswer(URI uri, JavaProcess dashboard)
            throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        HttpRequest request =
                HttpRequest.newBuilder(uri.resolve("/healthz")).timeout(START).build();
        long deadline = System.nanoTime() + START.toNanos();
        while (true) {
            try {
                http.send(request, HttpResponse.BodyHandlers.discarding());
                return;
            } catch (ConnectException e) {
                if (System.nanoTime() > deadline || !dashboard.isAlive()) {
                    throw new OperationException("the dashboard does not start at " + uri, e);
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
        }
    }
}
