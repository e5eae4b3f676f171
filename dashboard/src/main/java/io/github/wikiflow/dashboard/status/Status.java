package io.github.wikiflow.dashboard.status;

import io.github.wikiflow.dashboard.follow.FollowerState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of the whole pipeline at one moment.
 *
 * @param at the dashboard's clock
 * @param rankings how far the dashboard has read
 * @param watermark of the newest ranking; null before the first
 * @param rankedAt when the newest ranking was emitted; null before the first
 * @param newsAt when an event last reached the bridge or a ranking was emitted, as far as the
 *     dashboard knows; null before the first
 * @param trouble what is wrong first of all; null if nothing is
 * @param eventsPerSecond from the stream, averaged over some ten seconds; null while unknown
 * @param recentEventsPerSecond the latest values of it, oldest first, one per poll
 */
public record Status(
        Instant at,
        FollowerState rankings,
        @Nullable Instant watermark,
        @Nullable Instant rankedAt,
        @Nullable Instant newsAt,
        @Nullable Trouble trouble,
        @Nullable Double eventsPerSecond,
        List<Double> recentEventsPerSecond,
        BridgeStatus bridge,
        KafkaStatus kafka,
        List<JobStatus> jobs) {}
