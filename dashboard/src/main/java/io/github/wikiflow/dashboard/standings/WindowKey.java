package io.github.wikiflow.dashboard.standings;

import io.github.wikiflow.events.ranking.Ranking;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * A window by its start and its length, ordered by the start; of windows that start together the
 * shorter is the greater one.
 */
record WindowKey(Instant start, Duration length) implements Comparable<WindowKey> {

    private static final Comparator<WindowKey> ORDER =
            Comparator.comparing(WindowKey::start)
                    .thenComparing(WindowKey::length, Comparator.reverseOrder());

    static WindowKey of(Ranking ranking) {
        return new WindowKey(ranking.windowStart(), ranking.windowLength());
    }

    @Override
    public int compareTo(WindowKey other) {
        return ORDER.compare(this, other);
    }
}
