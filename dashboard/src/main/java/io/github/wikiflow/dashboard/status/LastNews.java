package io.github.wikiflow.dashboard.status;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When the pipeline last had something new. Not thread-safe. */
final class LastNews {

    private @Nullable Long events;
    private @Nullable Instant at;

    /**
     * Takes in what was just found.
     *
     * @param counted the bridge's events so far; null while unknown
     * @param rankedAt when the newest ranking was emitted; null before the first
     * @return when an event last reached the bridge, or a ranking was emitted; null if neither has
     *     happened since the dashboard's start
     */
    @Nullable Instant read(Instant now, @Nullable Long counted, @Nullable Instant rankedAt) {
        if (counted != null) {
            // The first count says nothing of when; a lower one is of a bridge that began anew.
            boolean isNew = events != null && !events.equals(counted) && counted > 0;
            events = counted;
            at = isNew ? now : at;
        }
        if (rankedAt != null && (at == null || rankedAt.isAfter(at))) {
            at = rankedAt;
        }
        return at;
    }
}
