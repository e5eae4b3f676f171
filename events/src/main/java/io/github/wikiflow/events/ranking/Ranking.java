package io.github.wikiflow.events.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;

/**
 * The ranking of one dimension in one window, as it stands at one moment. Records of the same
 * dimension and window replace each other; the one with the highest revision is the valid one.
 *
 * @param windowStart inclusive
 * @param windowEnd exclusive
 * @param pane why this record was emitted
 * @param isFinal whether the window's lateness has run out: no record for it follows
 * @param revision rises from record to record of the same dimension and window, also across
 *     restarts; not contiguous
 * @param watermark event time up to which the input is complete; null before the first watermark
 * @param emittedAt the emitting machine's clock
 * @param changes all changes in the window that belong to the dimension, those without a name
 *     included
 * @param distinct the number of different items among them
 * @param top the first places in order; not null, as many as asked for or as there are
 */
public record Ranking(
        Dimension dimension,
        Instant windowStart,
        Instant windowEnd,
        Pane pane,
        @JsonProperty("isFinal") boolean isFinal,
        long revision,
        Instant watermark,
        Instant emittedAt,
        long changes,
        long distinct,
        List<RankingEntry> top) {

    /** The key of this ranking's records on the topic: {@code <dimension>|<window start>}. */
    public String key() {
        return dimension.label() + "|" + windowStart;
    }
}
