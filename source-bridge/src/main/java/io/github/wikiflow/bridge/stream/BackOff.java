package io.github.wikiflow.bridge.stream;

import com.launchdarkly.eventsource.RetryDelayStrategy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long to wait before the next connection: doubling from the first delay to the longest, each
 * shortened at random by up to a half, and from the beginning again after a healthy connection.
 *
 * <p>Used by one thread.
 */
final class BackOff {

    /** A connection that held so long was healthy. */
    private static final Duration HEALTHY = Duration.ofMinutes(1);

    private final long firstDelayMillis;
    private final RetryDelayStrategy beginning;
    private RetryDelayStrategy next;

    BackOff(Duration firstDelay, Duration longestDelay) {
        this.firstDelayMillis = firstDelay.toMillis();
        this.beginning =
                RetryDelayStrategy.defaultStrategy()
                        .maxDelay(longestDelay.toMillis(), TimeUnit.MILLISECONDS);
        this.next = beginning;
    }

    /** The delay after a connection that held so long; 0 if there was none. */
    Duration afterConnectionOf(Duration held) {
        if (held.compareTo(HEALTHY) >= 0) {
            next = beginning;
        }
        RetryDelayStrategy.Result delay = next.apply(firstDelayMillis);
        next = delay.getNext();
        return Duration.ofMillis(delay.getDelayMillis());
    }
}
