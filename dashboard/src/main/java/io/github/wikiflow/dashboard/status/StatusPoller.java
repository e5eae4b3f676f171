package io.github.wikiflow.dashboard.status;

import io.github.wikiflow.dashboard.follow.FollowerState;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the bridge, Flink and Kafka how they are, again and again. Whatever does not answer is
 * unknown; it never stops the rest.
 *
 * <p>Owns one thread, on which the listener is called.
 */
public final class StatusPoller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusPoller.class);

    /** The jobs' names in Flink. */
    private static final List<String> JOBS = List.of("wikiflow-archive", "wikiflow-rankings");

    private static final int RATES_KEPT = 90;
    private static final Duration CLOSE = Duration.ofSeconds(10);

    /**
     * How far the rankings are.
     *
     * @param watermark null before the first
     * @param emittedAt null before the first ranking
     */
    public record Progress(
            FollowerState state, @Nullable Instant watermark, @Nullable Instant emittedAt) {}

    private final Clock clock;
    private final BridgeSource bridge;
    private final FlinkSource flink;
    private final KafkaSource kafka;
    private final Supplier<Progress> progress;
    private final Consumer<Status> listener;
    private final EventRate rate = new EventRate(RATES_KEPT);
    private final LastNews news = new LastNews();
    private final TroubleWatch troubles = new TroubleWatch();

    /** Written by the poller's thread; null before the first poll. */
    private volatile @Nullable Status latest;

    private final ScheduledExecutorService executor =
            Executors.newSingleThreadScheduledExecutor(
                    task -> new Thread(task, "dashboard-status"));

    /**
     * Does nothing before {@link #start}.
     *
     * @param progress asked at every poll
     * @param listener told after every poll
     */
    public StatusPoller(
            Clock clock,
            URI bridge,
            URI flink,
            Properties kafkaProperties,
            String lateTopic,
            String deadLettersTopic,
            Supplier<Progress> progress,
            Consumer<Status> listener) {
        this.clock = clock;
        this.bridge = new BridgeSource(bridge, clock);
        this.flink = new FlinkSource(flink, JOBS, clock);
        this.kafka = new KafkaSource(kafkaProperties, lateTopic, deadLettersTopic);
        this.progress = progress;
        this.listener = listener;
    }

    /** Starts to poll, at once and then with this pause between two polls. */
    public void start(Duration pause) {
        executor.scheduleWithFixedDelay(this::poll, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What the last poll found; empty before the first. */
    public Optional<Status> latest() {
        return Optional.ofNullable(latest);
    }

    @Override
    public void close() {
        executor.shutdownNow();
        try {
            executor.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        kafka.close();
    }

    private void poll() {
        try {
            BridgeStatus bridgeStatus = bridge.poll();
            rate.read(clock.instant(), bridgeStatus.events());
            KafkaStatus kafkaStatus = kafka.poll();
            List<JobStatus> jobs = flink.poll();
            Progress rankings = progress.get();
            Instant now = clock.instant();
            Status status =
                    new Status(
                            now,
                            rankings.state(),
                            rankings.watermark(),
                            rankings.emittedAt(),
                            news.read(now, bridgeStatus.events(), rankings.emittedAt()),
                            troubles.look(now, kafkaStatus, bridgeStatus, jobs),
                            rate.perSecond(),
                            rate.course(),
                            bridgeStatus,
                            kafkaStatus,
                            jobs);
            latest = status;
            listener.accept(status);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("The status could not be read; trying again", e);
        }
    }
}
