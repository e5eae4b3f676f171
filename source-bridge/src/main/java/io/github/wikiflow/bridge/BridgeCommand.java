package io.github.wikiflow.bridge;

import io.github.wikiflow.bridge.http.BridgeServer;
import io.github.wikiflow.events.options.CommandRunner;
import io.github.wikiflow.events.options.ListenAddressConverter;
import io.github.wikiflow.events.options.UsageException;
import io.github.wikiflow.http.RequestPolicy;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The bridge as a process: runs until it is stopped by SIGTERM or cannot go on. */
@Command(
        name = "bridge",
        description = "Carries Wikipedia's edit stream into Kafka, every event exactly once.",
        mixinStandardHelpOptions = true,
        versionProvider = BridgeCommand.Version.class)
public final class BridgeCommand implements Callable<Integer> {

    private static final String ALLOWED_HOSTS = "--allowed-hosts";

    private static final String LOGGING = "log4j2.configurationFile";

    @Mixin private BridgeOptions options;

    @Option(
            names = "--http-address",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8082",
            converter = AddressOrNone.class,
            description =
                    "Where /metrics and /healthz are served; 'none' for nowhere (default: ${DEFAULT-VALUE}).")
    private @Nullable InetSocketAddress httpAddress;

    @Option(
            names = ALLOWED_HOSTS,
            paramLabel = "HOST",
            split = ",",
            defaultValue = "bridge",
            description =
                    "Names by which the pages may be asked for beside this machine's own (default: ${DEFAULT-VALUE}).")
    private List<String> allowedHosts;

    /** The process's entry. */
    public static void main(String[] arguments) {
        if (System.getProperty(LOGGING) == null
                && System.getenv("LOG4J_CONFIGURATION_FILE") == null) {
            System.setProperty(LOGGING, "log4j2-bridge.xml");
        }
        System.exit(CommandRunner.run(new BridgeCommand(), arguments));
    }

    @Override
    public Integer call() throws Exception {
        BridgeSettings settings = options.toSettings();
        RequestPolicy policy = policy();
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        AtomicReference<@Nullable Bridge> running = new AtomicReference<>();
        // The port first: with what it cannot have, a bridge must not stop another that works.
        try (BridgeServer server = serve(() -> health(running.get()), policy, registry);
                Bridge bridge = Bridge.start(settings, registry)) {
            running.set(bridge);
            if (server != null) {
                LoggerFactory.getLogger(BridgeCommand.class)
                        .info("/metrics and /healthz are on port {}", server.port());
            }
            Thread stop = new Thread(bridge::close, "bridge-stop");
            Runtime.getRuntime().addShutdownHook(stop);
            bridge.ended().get();
            return 0;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    /** The pages; null if they are not wanted. */
    private @Nullable BridgeServer serve(
            Supplier<BridgeHealth> health, RequestPolicy policy, PrometheusMeterRegistry registry) {
        return httpAddress == null
                ? null
                : BridgeServer.start(httpAddress, policy, registry, health);
    }

    private static BridgeHealth health(@Nullable Bridge bridge) {
        return bridge == null
                ? new BridgeHealth(List.of("the bridge is starting"))
                : bridge.health();
    }

    private RequestPolicy policy() {
        try {
            return new RequestPolicy(ALLOWED_HOSTS, allowedHosts);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private static final class AddressOrNone implements ITypeConverter<InetSocketAddress> {
        @Override
        public @Nullable InetSocketAddress convert(String value) {
            return value.equals("none") ? null : new ListenAddressConverter().convert(value);
        }
    }

    /** Printed by {@code --version}. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"wikiflow bridge " + BridgeVersion.bridge()};
        }
    }
}
