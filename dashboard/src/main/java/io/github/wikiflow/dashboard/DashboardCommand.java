package io.github.wikiflow.dashboard;

import io.github.wikiflow.events.kafka.KafkaOptions;
import io.github.wikiflow.events.options.CommandRunner;
import io.github.wikiflow.events.options.DurationConverter;
import io.github.wikiflow.events.options.ListenAddressConverter;
import io.github.wikiflow.events.options.UsageException;
import io.github.wikiflow.http.RequestPolicy;
import io.github.wikiflow.http.jetty.TrustedProxies;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The dashboard as a process; runs until it is told to end. */
@Command(
        name = "wikiflow dashboard",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Shows the rankings and the pipeline's health in a browser.")
public final class DashboardCommand implements Callable<Integer> {

    private static final String LOGGING = "log4j2.configurationFile";

    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(100);

    /** Half of the silence after which the page takes its connection for lost. */
    private static final Duration LONGEST_INTERVAL = Duration.ofSeconds(10);

    @Mixin private KafkaOptions kafka;

    @Option(
            names = "--http-address",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8080",
            converter = ListenAddressConverter.class,
            description =
                    "Where the page is served (default: ${DEFAULT-VALUE}). There is no login:"
                            + " on 0.0.0.0 everyone who reaches the machine can read it.")
    private InetSocketAddress httpAddress;

    @Option(
            names = HttpAccess.ALLOWED_HOSTS,
            paramLabel = "HOST",
            split = ",",
            defaultValue = HttpAccess.DEFAULT_HOST,
            description =
                    "Names by which the page may be asked for beside this machine's own, such as that of a"
                            + " reverse proxy (default: ${DEFAULT-VALUE}).")
    private List<String> allowedHosts;

    @Option(
            names = HttpAccess.TRUSTED_PROXIES,
            paramLabel = "ADDRESS",
            split = ",",
            description =
                    "Reverse proxies, such as 10.1.2.3 or 10.0.0.0/8, whose X-Forwarded-Host and"
                            + " X-Forwarded-For count (default: none).")
    private List<String> trustedProxies = List.of();

    @Option(
            names = "--rankings-topic",
            defaultValue = "wiki-rankings",
            description = "Topic to show (default: ${DEFAULT-VALUE}).")
    private String rankingsTopic;

    @Option(
            names = "--late-topic",
            defaultValue = "wiki-changes-late",
            description = "Topic whose records count as late (default: ${DEFAULT-VALUE}).")
    private String lateTopic;

    @Option(
            names = "--dead-letters-topic",
            defaultValue = "wiki-changes-dead-letters",
            description = "Topic whose records count as dead letters (default: ${DEFAULT-VALUE}).")
    private String deadLettersTopic;

    @Option(
            names = "--flink-url",
            paramLabel = "URL",
            defaultValue = DashboardSettings.DEFAULT_FLINK_URL,
            description = "Flink's REST API (default: ${DEFAULT-VALUE}).")
    private URI flinkUrl;

    @Option(
            names = "--bridge-url",
            paramLabel = "URL",
            defaultValue = DashboardSettings.DEFAULT_BRIDGE_URL,
            description = "The bridge's HTTP address (default: ${DEFAULT-VALUE}).")
    private URI bridgeUrl;

    @Option(
            names = "--max-clients",
            paramLabel = "N",
            defaultValue = "" + DashboardSettings.DEFAULT_MAX_CLIENTS,
            description =
                    "Browsers served at once (default: ${DEFAULT-VALUE}); further ones are asked to come back.")
    private int maxClients;

    @Option(
            names = "--max-clients-per-address",
            paramLabel = "N",
            defaultValue = "" + HttpAccess.DEFAULT_MAX_CLIENTS_PER_ADDRESS,
            description =
                    "Of them, how many from one address (default: ${DEFAULT-VALUE}). All that a proxy"
                            + " serves come from its own unless it is among --trusted-proxies.")
    private int maxClientsPerAddress;

    @Option(
            names = "--max-windows",
            paramLabel = "N",
            defaultValue = "" + DashboardSettings.DEFAULT_MAX_WINDOWS,
            description =
                    "Windows kept in memory, some 10 kB each (default: ${DEFAULT-VALUE}, 30 days of ten minutes).")
    private int maxWindows;

    @Option(
            names = "--status-interval",
            paramLabel = "DURATION",
            defaultValue = "2s",
            converter = DurationConverter.class,
            description =
                    "Pause between two looks at the pipeline's state (default: ${DEFAULT-VALUE}).")
    private Duration statusInterval;

    /** The process's entry. */
    public static void main(String[] arguments) {
        if (System.getProperty(LOGGING) == null
                && System.getenv("LOG4J_CONFIGURATION_FILE") == null) {
            System.setProperty(LOGGING, "log4j2-dashboard.xml");
        }
        System.exit(CommandRunner.run(new DashboardCommand(), arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Dashboard dashboard = Dashboard.start(settings());
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    dashboard.close();
                                    ended.countDown();
                                },
                                "dashboard-shutdown"));
        LoggerFactory.getLogger(DashboardCommand.class)
                .info("The dashboard is at {}", dashboard.uri());
        ended.await();
        return 0;
    }

    /**
     * The settings that the options ask for.
     *
     * @throws UsageException if one cannot be used
     */
    DashboardSettings settings() {
        requireAtLeastOne("--max-clients", maxClients);
        requireAtLeastOne("--max-clients-per-address", maxClientsPerAddress);
        requireAtLeastOne("--max-windows", maxWindows);
        if (statusInterval.compareTo(SHORTEST_INTERVAL) < 0
                || statusInterval.compareTo(LONGEST_INTERVAL) > 0) {
            throw new UsageException(
                    "--status-interval: choose 100ms to 10s; browsers take a longer silence for a lost connection");
        }
        requireHttp("--flink-url", flinkUrl);
        requireHttp("--bridge-url", bridgeUrl);
        requireAccess();
        return new DashboardSettings(
                httpAddress,
                kafka.clientProperties(),
                rankingsTopic,
                lateTopic,
                deadLettersTopic,
                flinkUrl,
                bridgeUrl,
                maxClients,
                maxWindows,
                statusInterval,
                DashboardSettings.DEFAULT_IDLE_TIMEOUT,
                new HttpAccess(allowedHosts, trustedProxies, maxClientsPerAddress));
    }

    private void requireAccess() {
        try {
            new RequestPolicy(HttpAccess.ALLOWED_HOSTS, allowedHosts);
            new TrustedProxies(HttpAccess.TRUSTED_PROXIES, trustedProxies);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static void requireAtLeastOne(String option, int value) {
        if (value < 1) {
            throw new UsageException(option + ": " + value + " is below 1");
        }
    }

    private static void requireHttp(String option, URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new UsageException(
                    option + ": '" + url + "' is not an address such as http://localhost:8081");
        }
    }
}
