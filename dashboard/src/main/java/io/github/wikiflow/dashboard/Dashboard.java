package io.github.wikiflow.dashboard;

import io.github.wikiflow.dashboard.follow.RankingFollower;
import io.github.wikiflow.dashboard.push.Broadcaster;
import io.github.wikiflow.dashboard.push.MessageLog;
import io.github.wikiflow.dashboard.push.Seats;
import io.github.wikiflow.dashboard.standings.RankingStore;
import io.github.wikiflow.dashboard.standings.Standing;
import io.github.wikiflow.dashboard.status.Status;
import io.github.wikiflow.dashboard.status.StatusPoller;
import io.github.wikiflow.dashboard.web.WebServer;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.http.RequestPolicy;
import io.github.wikiflow.http.jetty.TrustedProxies;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The dashboard as a whole: {@code wiki-rankings -> follower -> store -> message log -> browsers},
 * and beside it {@code bridge, Flink, Kafka -> status poller -> message log}.
 *
 * <p>Thread-safe.
 */
public final class Dashboard implements AutoCloseable {

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** Beside those of the clients that are pushed to. */
    private static final int SPARE_CONNECTIONS = 500;

    private final Broadcaster broadcaster;
    private final WebServer server;
    private final RankingFollower follower;
    private final StatusPoller poller;

    private Dashboard(
            Broadcaster broadcaster,
            WebServer server,
            RankingFollower follower,
            StatusPoller poller) {
        this.broadcaster = broadcaster;
        this.server = server;
        this.follower = follower;
        this.poller = poller;
    }

    /**
     * Starts a dashboard; it serves its page at once and waits for whatever else is not there yet.
     *
     * @throws OperationException if it cannot listen at its address
     */
    public static Dashboard start(DashboardSettings settings) {
        return start(settings, Clock.systemUTC());
    }

    /**
     * As {@link #start(DashboardSettings)}, by this clock, which the page is told too.
     *
     * @throws OperationException if it cannot listen at its address
     */
    public static Dashboard start(DashboardSettings settings, Clock clock) {
        RankingStore store = new RankingStore(settings.maxWindows());
        MessageLog log = new MessageLog(Long.toString(clock.millis(), Character.MAX_RADIX));
        Broadcaster broadcaster = new Broadcaster(log, HEARTBEAT);
        LiveFeed feed = new LiveFeed(store, log, broadcaster);
        AtomicReference<Status> status = new AtomicReference<>();
        DashboardMetrics metrics = new DashboardMetrics(clock, broadcaster, store);
        WebServer server;
        try {
            server =
                    WebServer.start(
                            settings.httpAddress(),
                            settings.idleTimeout(),
                            new RequestPolicy(
                                    HttpAccess.ALLOWED_HOSTS + " of ./wikiflow dashboard",
                                    settings.access().allowedHosts()),
                            new TrustedProxies(
                                    HttpAccess.TRUSTED_PROXIES, settings.access().trustedProxies()),
                            store,
                            broadcaster,
                            new Seats(
                                    settings.maxClients(),
                                    settings.access().maxClientsPerAddress()),
                            settings.maxClients() + SPARE_CONNECTIONS,
                            () -> Optional.ofNullable(status.get()),
                            metrics::scrape);
        } catch (RuntimeException e) {
            broadcaster.close();
            throw e;
        }
        RankingFollower follower =
                RankingFollower.start(
                        settings.kafkaProperties(),
                        settings.rankingsTopic(),
                        (rankings, newestTimestamp) -> {
                            feed.rankings(rankings);
                            metrics.pushed(rankings.size(), newestTimestamp);
                        });
        metrics.follow(follower);
        StatusPoller poller =
                new StatusPoller(
                        clock,
                        settings.bridgeUrl(),
                        settings.flinkUrl(),
                        settings.kafkaProperties(),
                        settings.lateTopic(),
                        settings.deadLettersTopic(),
                        () -> progress(follower, store),
                        news -> {
                            status.set(news);
                            feed.status(news);
                        });
        poller.start(settings.statusInterval());
        return new Dashboard(broadcaster, server, follower, poller);
    }

    /** The address of the page, with the port that was taken. */
    public URI uri() {
        return server.uri();
    }

    /** How the pipeline is; empty before the first look. */
    public Optional<Status> status() {
        return poller.latest();
    }

    /** Stops everything and cuts all connections. */
    @Override
    public void close() {
        follower.close();
        poller.close();
        broadcaster.close();
        server.close();
    }

    private static StatusPoller.Progress progress(RankingFollower follower, RankingStore store) {
        Ranking newest = store.current(Dimension.USERS).map(Standing::ranking).orElse(null);
        return new StatusPoller.Progress(
                follower.state(),
                newest == null ? null : newest.watermark(),
                newest == null ? null : newest.emittedAt());
    }
}
