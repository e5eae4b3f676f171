package io.github.wikiflow.dashboard;

import io.github.wikiflow.dashboard.follow.RankingFollower;
import io.github.wikiflow.dashboard.push.Broadcaster;
import io.github.wikiflow.dashboard.standings.RankingStore;
import io.github.wikiflow.events.ranking.MalformedRanking.Flaw;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The dashboard's own metrics.
 *
 * <p>Thread-safe.
 */
final class DashboardMetrics {

    private final Clock clock;
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Counter rankings;
    private final AtomicLong lagMillis = new AtomicLong();

    DashboardMetrics(Clock clock, Broadcaster broadcaster, RankingStore store) {
        this.clock = clock;
        this.rankings =
                Counter.builder("wikiflow.dashboard.rankings")
                        .description("Rankings that were read")
                        .register(registry);
        Gauge.builder("wikiflow.dashboard.lag.ms", lagMillis, AtomicLong::get)
                .description("From a ranking's record time in Kafka to its push, the latest value")
                .register(registry);
        Gauge.builder("wikiflow.dashboard.clients", broadcaster, Broadcaster::clients)
                .description("Browsers that are connected")
                .register(registry);
        Gauge.builder("wikiflow.dashboard.windows", store, RankingStore::size)
                .description("Windows in memory")
                .register(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
    }

    /** Shows what the follower skips. */
    void follow(RankingFollower follower) {
        for (Flaw flaw : Flaw.values()) {
            FunctionCounter.builder(
                            "wikiflow.dashboard.skipped", follower, each -> each.skipped(flaw))
                    .description("Records of the rankings' topic that are no rankings")
                    .tag("reason", flaw.label())
                    .register(registry);
        }
    }

    /**
     * Counts rankings that were read and pushed.
     *
     * @param newestTimestamp the latest record time among them, epoch milliseconds
     */
    void pushed(int count, long newestTimestamp) {
        rankings.increment(count);
        lagMillis.set(clock.millis() - newestTimestamp);
    }

    /** All metrics in Prometheus' text format. */
    String scrape() {
        return registry.scrape();
    }
}
