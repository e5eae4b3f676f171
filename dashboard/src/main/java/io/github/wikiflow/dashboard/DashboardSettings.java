package io.github.wikiflow.dashboard;

import io.github.wikiflow.events.kafka.Topic;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;

/**
 * How a dashboard runs.
 *
 * @param httpAddress where it listens; port 0 for a free one
 * @param kafkaProperties the settings that all Kafka clients share
 * @param rankingsTopic the topic that it shows
 * @param lateTopic the topic whose records it counts as late
 * @param deadLettersTopic the topic whose records it counts as dead letters
 * @param flinkUrl Flink's REST API
 * @param bridgeUrl where the bridge answers {@code /healthz} and {@code /metrics}
 * @param maxClients how many browsers are pushed to at once, at least 1
 * @param maxWindows how many windows are kept in memory, at least 1; about 10 kB each
 * @param statusInterval the pause between two looks at the pipeline's state
 * @param idleTimeout how long a connection may take nothing before it is cut
 * @param access who may ask it
 */
public record DashboardSettings(
        InetSocketAddress httpAddress,
        Properties kafkaProperties,
        String rankingsTopic,
        String lateTopic,
        String deadLettersTopic,
        URI flinkUrl,
        URI bridgeUrl,
        int maxClients,
        int maxWindows,
        Duration statusInterval,
        Duration idleTimeout,
        HttpAccess access) {

    static final int DEFAULT_PORT = 8080;
    static final String DEFAULT_FLINK_URL = "http://localhost:8081";
    static final String DEFAULT_BRIDGE_URL = "http://localhost:8082";
    static final int DEFAULT_MAX_CLIENTS = 1_000;

    /** Thirty days of ten-minute windows: as long as the topic keeps them. */
    static final int DEFAULT_MAX_WINDOWS = 4_320;

    static final Duration DEFAULT_STATUS_INTERVAL = Duration.ofSeconds(2);
    static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(30);

    public DashboardSettings {
        Objects.requireNonNull(httpAddress, "httpAddress");
        Objects.requireNonNull(kafkaProperties, "kafkaProperties");
        requireAtLeastOne("maxClients", maxClients);
        requireAtLeastOne("maxWindows", maxWindows);
    }

    /** The defaults of the command, for a Kafka. */
    public static DashboardSettings of(Properties kafkaProperties) {
        return new DashboardSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), DEFAULT_PORT),
                kafkaProperties,
                Topic.RANKINGS.defaultName(),
                Topic.LATE.defaultName(),
                Topic.DEAD_LETTERS.defaultName(),
                URI.create(DEFAULT_FLINK_URL),
                URI.create(DEFAULT_BRIDGE_URL),
                DEFAULT_MAX_CLIENTS,
                DEFAULT_MAX_WINDOWS,
                DEFAULT_STATUS_INTERVAL,
                DEFAULT_IDLE_TIMEOUT,
                HttpAccess.DEFAULT);
    }

    /** The same, listening elsewhere. */
    public DashboardSettings withHttpAddress(InetSocketAddress address) {
        return new DashboardSettings(
                address,
                kafkaProperties,
                rankingsTopic,
                lateTopic,
                deadLettersTopic,
                flinkUrl,
                bridgeUrl,
                maxClients,
                maxWindows,
                statusInterval,
                idleTimeout,
                access);
    }

    /** The same, with other addresses of Flink's REST API and of the bridge. */
    public DashboardSettings withSources(URI flink, URI bridge) {
        return new DashboardSettings(
                httpAddress,
                kafkaProperties,
                rankingsTopic,
                lateTopic,
                deadLettersTopic,
                flink,
                bridge,
                maxClients,
                maxWindows,
                statusInterval,
                idleTimeout,
                access);
    }

    /** The same, with other limits. */
    public DashboardSettings withLimits(int clients, int windows, Duration idle) {
        return new DashboardSettings(
                httpAddress,
                kafkaProperties,
                rankingsTopic,
                lateTopic,
                deadLettersTopic,
                flinkUrl,
                bridgeUrl,
                clients,
                windows,
                statusInterval,
                idle,
                access);
    }

    /** The same, for others. */
    public DashboardSettings withAccess(HttpAccess other) {
        return new DashboardSettings(
                httpAddress,
                kafkaProperties,
                rankingsTopic,
                lateTopic,
                deadLettersTopic,
                flinkUrl,
                bridgeUrl,
                maxClients,
                maxWindows,
                statusInterval,
                idleTimeout,
                other);
    }

    private static void requireAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + ", below 1");
        }
    }
}
