package io.github.wikiflow.bridge;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.github.wikiflow.bridge.kafka.CommitSettings;
import io.github.wikiflow.bridge.kafka.KafkaSettings;
import io.github.wikiflow.bridge.position.StreamPosition;
import io.github.wikiflow.bridge.stream.EnvironmentProxies;
import io.github.wikiflow.bridge.stream.StreamSettings;
import io.github.wikiflow.events.kafka.KafkaOptions;
import io.github.wikiflow.events.options.CommandRunner;
import io.github.wikiflow.events.options.DurationConverter;
import io.github.wikiflow.events.options.UsageException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a user can say of a bridge: a picocli mixin. Nothing is read from it but settings. */
@Command
public final class BridgeOptions {

    /** The contact of a client that names itself and its version, and nobody to reach. */
    public static final String NO_CONTACT = "no contact given";

    private static final String WIKIMEDIA = "wikimedia.org";

    /** While a transaction is being committed so many times the wanted number may wait. */
    private static final int MOST_COMMITS_WAITING = 20;

    private static final long MOST_BYTES_WAITING = 16 << 20;

    @Option(
            names = "--stream-url",
            paramLabel = "URL",
            defaultValue = "https://stream.wikimedia.org/v2/stream",
            description =
                    "Address of the streams, without the stream's name (default: ${DEFAULT-VALUE}).")
    private URI streamUrl;

    @Option(
            names = "--stream",
            paramLabel = "NAME",
            defaultValue = "recentchange",
            description =
                    "Stream to carry; also the key of the resume point (default: ${DEFAULT-VALUE}).")
    private String stream;

    @Option(
            names = "--contact",
            paramLabel = "MAIL|URL",
            description =
                    "How Wikimedia can reach you if your client misbehaves; part of the User-Agent and"
                            + " required for the live stream.")
    private @Nullable String contact;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description =
                    "Where a bridge that has never run begins, such as 2026-11-20T00:00:00Z; the live stream"
                            + " keeps 7 days or more. Without it: with what comes next. A resume point goes first.")
    private @Nullable String since;

    @Option(
            names = "--topic",
            paramLabel = "NAME",
            defaultValue = "wiki-changes",
            description = "Kafka topic of the events (default: ${DEFAULT-VALUE}).")
    private String topic;

    @Option(
            names = "--cursor-topic",
            paramLabel = "NAME",
            defaultValue = "wiki-changes-cursor",
            description = "Kafka topic of the resume point (default: ${DEFAULT-VALUE}).")
    private String cursorTopic;

    @Option(
            names = "--dead-letters-topic",
            paramLabel = "NAME",
            defaultValue = "wiki-changes-dead-letters",
            description = "Kafka topic of data that is no event (default: ${DEFAULT-VALUE}).")
    private String deadLettersTopic;

    @Option(
            names = "--no-create-topics",
            description = "Fail if a topic is missing, instead of creating it.")
    private boolean noCreateTopics;

    @Option(
            names = "--bridge-id",
            paramLabel = "ID",
            defaultValue = "wikiflow-source-bridge",
            description =
                    "Kafka transactional id: of two bridges with the same one the newer stops the older"
                            + " (default: ${DEFAULT-VALUE}).")
    private String bridgeId;

    @Option(
            names = "--commit-interval",
            paramLabel = "DURATION",
            defaultValue = "100ms",
            converter = DurationConverter.class,
            description =
                    "How long an event waits for others in its transaction (default: ${DEFAULT-VALUE}).")
    private Duration commitInterval;

    @Option(
            names = "--commit-events",
            paramLabel = "NUMBER",
            defaultValue = "500",
            description =
                    "How many waiting events make a transaction at once; while one is being committed more"
                            + " may gather, up to 20 times as many (default: ${DEFAULT-VALUE}).")
    private int commitEvents;

    @Option(
            names = "--read-timeout",
            paramLabel = "DURATION",
            defaultValue = "60s",
            converter = DurationConverter.class,
            description =
                    "After so long without anything from the stream, connect again (default: ${DEFAULT-VALUE}).")
    private Duration readTimeout;

    @Option(
            names = "--reconnect-delay",
            paramLabel = "DURATION",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description =
                    "Delay before connecting again, shortened at random by up to a half, and doubled each"
                            + " time until a connection has held for a minute (default: ${DEFAULT-VALUE}).")
    private Duration reconnectDelay;

    @Option(
            names = "--max-reconnect-delay",
            paramLabel = "DURATION",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "The longest delay before connecting again (default: ${DEFAULT-VALUE}).")
    private Duration maxReconnectDelay;

    @Option(
            names = "--max-event-bytes",
            paramLabel = "NUMBER",
            defaultValue = "1000000",
            description =
                    "Larger events go to the dead letters, cut to 64 KiB (default: ${DEFAULT-VALUE}).")
    private int maxEventBytes;

    @Option(
            names = "--skip-to",
            paramLabel = "PLACE",
            description =
                    "latest: where the service refuses the resume point, go on with what comes next, so that"
                            + " what came meanwhile is missing. Without it the bridge tries again and again.")
    private @Nullable Place skipTo;

    @Option(names = "--dry-run", description = "Print events, one a line, and leave Kafka alone.")
    private boolean dryRun;

    @Mixin private KafkaOptions kafka;

    /** Where a bridge may go on whose resume point is refused. */
    private enum Place {
        LATEST
    }

    /**
     * The settings that these arguments make, for a bridge inside another process. Of the
     * environment only the proxies are read.
     *
     * @param arguments as on the command line
     * @throws UsageException if they cannot be used
     */
    public static BridgeSettings settings(String... arguments) {
        BridgeOptions options = new BridgeOptions();
        try {
            CommandRunner.commandLine(options, Map.of()).parseArgs(arguments);
        } catch (ParameterException e) {
            throw new UsageException(e.getMessage());
        }
        return options.toSettings();
    }

    /** As {@link #toSettings(InstantSource, Map)}, with what this process has of both. */
    BridgeSettings toSettings() {
        return toSettings(InstantSource.system(), System.getenv());
    }

    /**
     * Checks what was given.
     *
     * @param environment names the proxies
     * @throws UsageException naming the option, its value and the remedy
     */
    BridgeSettings toSettings(InstantSource clock, Map<String, String> environment) {
        requireFrom1To("--commit-events", commitEvents, 100_000);
        requireFrom1To("--max-event-bytes", maxEventBytes, 100_000_000);
        requirePositive("--commit-interval", commitInterval);
        requirePositive("--read-timeout", readTimeout);
        requirePositive("--reconnect-delay", reconnectDelay);
        requirePositive("--max-reconnect-delay", maxReconnectDelay);
        if (!stream.matches("[A-Za-z0-9._-]+")) {
            throw new UsageException(
                    "--stream: '%s' is no name of a stream; use letters, digits, '.', '_' and '-'"
                            .formatted(stream));
        }
        return new BridgeSettings(
                new StreamSettings(
                        url(),
                        userAgent(),
                        readTimeout,
                        reconnectDelay,
                        maxReconnectDelay,
                        EnvironmentProxies.of(environment),
                        skipTo == Place.LATEST,
                        maxEventBytes),
                new KafkaSettings(
                        kafka.clientProperties(),
                        bridgeId,
                        stream,
                        topic,
                        cursorTopic,
                        deadLettersTopic,
                        !noCreateTopics),
                new CommitSettings(
                        commitInterval,
                        commitEvents,
                        commitEvents * MOST_COMMITS_WAITING,
                        MOST_BYTES_WAITING),
                sinceMillis(clock),
                dryRun);
    }

    private URI url() {
        String scheme = streamUrl.getScheme();
        if (streamUrl.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new UsageException(
                    "--stream-url: '%s' is no http or https address; write it such as https://stream.wikimedia.org/v2/stream"
                            .formatted(streamUrl));
        }
        String base = streamUrl.toString();
        return URI.create((base.endsWith("/") ? base : base + "/") + stream);
    }

    private String userAgent() {
        String host = streamUrl.getHost().toLowerCase(Locale.ROOT);
        boolean live = host.equals(WIKIMEDIA) || host.endsWith("." + WIKIMEDIA);
        String given = contact == null ? "" : contact.strip();
        if (live && given.isEmpty()) {
            throw new UsageException(
                    "--contact is missing: Wikimedia asks clients of its live stream whom it can reach; give a mail address or a page");
        }
        String said = given.isEmpty() ? NO_CONTACT : given;
        if (!said.matches("[\\x20-\\x7E&&[^()]]+")) {
            throw new UsageException(
                    "--contact: '%s' has parentheses, or characters that no HTTP header can have; use plain ASCII"
                            .formatted(said));
        }
        return "wikiflow-source-bridge/%s (%s) okhttp-eventsource/%s"
                .formatted(BridgeVersion.bridge(), said, BridgeVersion.eventSource());
    }

    private long sinceMillis(InstantSource clock) {
        if (since == null) {
            return StreamPosition.UNKNOWN;
        }
        try {
            long millis = Instant.parse(since).toEpochMilli();
            if (millis > clock.millis()) {
                throw new UsageException(
                        "--since: '%s' is in the future, as it is %s here; choose an earlier time"
                                .formatted(since, clock.instant().truncatedTo(SECONDS)));
            }
            return millis;
        } catch (DateTimeException | ArithmeticException e) {
            throw new UsageException(
                    "--since: '%s' is no time in UTC; write it such as 2026-11-20T00:00:00Z"
                            .formatted(since));
        }
    }

    private static void requireFrom1To(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new UsageException(
                    "%s: %d is out of range; give 1 to %d".formatted(option, value, most));
        }
    }

    private static void requirePositive(String option, Duration value) {
        if (value.isZero()) {
            throw new UsageException("%s: 0 is too short; give 1ms or more".formatted(option));
        }
    }
}
