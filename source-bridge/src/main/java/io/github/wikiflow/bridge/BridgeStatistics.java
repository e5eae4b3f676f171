package io.github.wikiflow.bridge;

import io.github.wikiflow.events.source.SourceKind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a bridge is doing, at one moment.
 *
 * @param source of which kind its events are; null before the first connection
 * @param eventsForwarded committed since it was started
 * @param eventsPerSecond over the last seconds
 * @param lastEventTime when the newest committed event entered the source; null if there is none
 * @param lag from then to now; null if there is none
 * @param missing events that the source has numbered and the stream has not sent
 * @param repeats events that came again and were dropped
 */
public record BridgeStatistics(
        @Nullable SourceKind source,
        long eventsForwarded,
        double eventsPerSecond,
        @Nullable Instant lastEventTime,
        @Nullable Duration lag,
        long missing,
        long repeats) {}
