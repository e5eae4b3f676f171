package io.github.wikiflow.bridge;

import static io.github.wikiflow.bridge.position.StreamPosition.UNKNOWN;

import io.github.wikiflow.bridge.kafka.ForwardActivity;
import io.github.wikiflow.bridge.kafka.Forwarding;
import io.github.wikiflow.bridge.kafka.OutboxCounts;
import io.github.wikiflow.bridge.position.Completeness;
import io.github.wikiflow.bridge.stream.StreamActivity;
import io.github.wikiflow.bridge.stream.StreamReader;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries a stream of Server-Sent Events into Kafka, every event exactly once.
 *
 * <p>{@code stream -> read (thread "bridge-reader") -> outbox -> commit (thread "bridge-committer")
 * -> wiki-changes, wiki-changes-dead-letters, wiki-changes-cursor}
 *
 * <p>Thread-safe.
 */
public final class Bridge implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

    /** Of all that a stop may take, 5 s, what the last commit has. */
    private static final Duration LAST_COMMIT = Duration.ofSeconds(3);

    private static final Duration LAST_STEPS = Duration.ofSeconds(1);
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);
    private static final Duration LONGEST_COMMIT = Duration.ofSeconds(15);

    private final Completeness completeness = new Completeness();
    private final OutboxCounts counts = new OutboxCounts();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final BridgeMetrics metrics;
    private final StreamActivity streamActivity;
    private final ForwardActivity forwardActivity;
    private final Forwarding forwarding;
    private final StreamReader reader;
    private final Thread readerThread = new Thread(this::read, "bridge-reader");
    private final Thread committerThread = new Thread(this::commit, "bridge-committer");
    private final RateSampler rate = new RateSampler(System.nanoTime());

    private Bridge(BridgeSettings settings, MeterRegistry registry, InstantSource clock)
            throws InterruptedException {
        this.metrics = new BridgeMetrics(registry);
        this.streamActivity = new StreamActivity();
        this.forwardActivity = new ForwardActivity(metrics::committed);
        this.forwarding =
                settings.dryRun()
                        ? Forwarding.toPrint(
                                System.out,
                                settings.kafka(),
                                settings.commits(),
                                settings.since(),
                                completeness,
                                counts,
                                forwardActivity,
                                clock)
                        : Forwarding.toKafka(
                                settings.kafka(),
                                settings.commits(),
                                settings.since(),
                                completeness,
                                counts,
                                forwardActivity,
                                clock);
        this.reader =
                new StreamReader(settings.stream(), forwarding.outbox(), streamActivity, clock);
        metrics.show(forwarding.outbox());
        metrics.show(streamActivity);
        metrics.show(completeness);
        metrics.show(counts);
        metrics.show(forwardActivity, forwarding.clock());
    }

    /**
     * Starts a bridge, which has taken over from any older one with the same id when this returns.
     *
     * @param registry shows the bridge's numbers as {@code wikiflow.bridge.*} until it is closed
     * @throws io.github.wikiflow.events.options.OperationException if Kafka cannot be used
     */
    public static Bridge start(BridgeSettings settings, MeterRegistry registry)
            throws InterruptedException {
        return start(settings, registry, InstantSource.system());
    }

    /** As {@link #start(BridgeSettings, MeterRegistry)}, by another clock than this computer's. */
    static Bridge start(BridgeSettings settings, MeterRegistry registry, InstantSource clock)
            throws InterruptedException {
        Bridge bridge = new Bridge(settings, registry, clock);
        bridge.readerThread.setDaemon(true);
        bridge.readerThread.start();
        bridge.committerThread.setDaemon(true);
        bridge.committerThread.start();
        return bridge;
    }

    /**
     * Completes when the bridge has ended: normally after {@link #close}, exceptionally if it
     * cannot go on, with an {@link io.github.wikiflow.events.options.OperationException} if the
     * cause is outside.
     */
    public CompletableFuture<Void> ended() {
        return ended.copy();
    }

    /** How the bridge is doing; cheap. */
    public BridgeStatistics statistics() {
        long events = forwardActivity.events();
        long lastEvent = forwardActivity.lastEventTime();
        return new BridgeStatistics(
                forwarding.outbox().kind(),
                events,
                rate.perSecond(events, System.nanoTime()),
                lastEvent == UNKNOWN ? null : Instant.ofEpochMilli(lastEvent),
                lastEvent == UNKNOWN
                        ? null
                        : Duration.ofMillis(forwarding.clock().millis() - lastEvent),
                completeness.missing(),
                completeness.repeatsByIdentity() + completeness.repeatsByOffset());
    }

    /** Whether the bridge does its work, and if not, why; cheap. */
    public BridgeHealth health() {
        List<String> reasons = new ArrayList<>();
        Duration silence = streamActivity.silence();
        if (silence.compareTo(LONGEST_SILENCE) > 0) {
            reasons.add(
                    "neither event nor canary for %d s; the stream is %s"
                            .formatted(
                                    silence.toSeconds(),
                                    streamActivity.isConnected() ? "open" : "not open"));
        }
        if (streamActivity.refusal() != 0) {
            reasons.add(
                    "the stream refuses the resume point, with %d; it is tried again, and --skip-to latest would leave out what came since"
                            .formatted(streamActivity.refusal()));
        }
        Duration waiting = forwardActivity.waiting();
        if (waiting.compareTo(LONGEST_COMMIT) > 0) {
            reasons.add("Kafka has not acknowledged for %d s".formatted(waiting.toSeconds()));
        }
        if (ended.isDone()) {
            reasons.add("the bridge has ended");
        }
        return new BridgeHealth(reasons);
    }

    /**
     * Stops reading, commits what has been read, and returns within 5 seconds; what Kafka does not
     * acknowledge in that time will be read again by the next bridge.
     */
    @Override
    public void close() {
        reader.close();
        forwarding.outbox().close();
        try {
            committerThread.join(LAST_COMMIT.toMillis());
            forwarding.abandon();
            committerThread.join(LAST_STEPS.toMillis());
            readerThread.join(LAST_STEPS.toMillis());
        } catch (InterruptedException e) {
            forwarding.abandon();
            Thread.currentThread().interrupt();
        }
        metrics.close();
        ended.complete(null);
    }

    private void read() {
        try {
            reader.run();
        } catch (InterruptedException | RuntimeException e) {
            fail(e);
        }
    }

    private void commit() {
        try {
            forwarding.run();
        } catch (InterruptedException | RuntimeException e) {
            fail(e);
        }
    }

    private void fail(Exception cause) {
        if (ended.completeExceptionally(cause)) {
            LOG.debug("The bridge cannot go on", cause);
        }
        reader.close();
        forwarding.outbox().close();
    }
}
