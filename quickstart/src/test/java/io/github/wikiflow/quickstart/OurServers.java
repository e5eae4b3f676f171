package io.github.wikiflow.quickstart;

import io.github.wikiflow.bridge.BridgeHealth;
import io.github.wikiflow.bridge.http.BridgeServer;
import io.github.wikiflow.dashboard.Dashboard;
import io.github.wikiflow.dashboard.DashboardSettings;
import io.github.wikiflow.http.RequestPolicy;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Properties;

/** The three HTTP servers of a pipeline, as {@code up} has them, without Kafka and without jobs. */
final class OurServers implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private URI flink;
    private URI bridge;
    private URI dashboard;

    private OurServers() {}

    static OurServers start(Path folder) throws Exception {
        OurServers servers = new OurServers();
        try {
            servers.startAll(folder);
            return servers;
        } catch (Exception e) {
            servers.close();
            throw e;
        }
    }

    URI flink() {
        return flink;
    }

    URI bridge() {
        return bridge;
    }

    URI dashboard() {
        return dashboard;
    }

    @Override
    public void close() throws IOException {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                throw new IOException(part + " does not close", e);
            }
        }
    }

    private void startAll(Path folder) throws Exception {
        DataFolder data = opened(DataFolder.open(folder.resolve("data"), "cluster"));
        flink = opened(LocalFlink.start(Home.folder().resolve("flink-conf"), data, 0)).address();
        InetSocketAddress anyPort = new InetSocketAddress("127.0.0.1", 0);
        BridgeServer pages =
                opened(
                        BridgeServer.start(
                                anyPort,
                                new RequestPolicy("--allowed-hosts", List.of()),
                                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                                () -> new BridgeHealth(List.of())));
        bridge = URI.create("http://127.0.0.1:" + pages.port());
        Properties noKafka = new Properties();
        noKafka.setProperty("bootstrap.servers", "127.0.0.1:1");
        dashboard =
                opened(
                                Dashboard.start(
                                        DashboardSettings.of(noKafka)
                                                .withHttpAddress(anyPort)
                                                .withSources(flink, bridge)))
                        .uri();
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }
}
