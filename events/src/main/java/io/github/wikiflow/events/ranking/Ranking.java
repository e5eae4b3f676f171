package io.github.wikiflow.events.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

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
        @JsonProperty(required = true) Dimension dimension,
        @JsonProperty(required = true) Instant windowStart,
        @JsonProperty(required = true) Instant windowEnd,
        @JsonProperty(required = true) Pane pane,
        @JsonProperty(value = "isFinal", required = true) boolean isFinal,
        @JsonProperty(required = true) long revision,
        Instant watermark,
        @JsonProperty(required = true) Instant emittedAt,
        @JsonProperty(required = true) long changes,
        @JsonProperty(required = true) long distinct,
        @JsonProperty(required = true) List<RankingEntry> top) {

    /**
     * Nothing that reads a ranking needs to doubt it.
     *
     * @throws NullPointerException if anything but the watermark is null
     * @throws IllegalArgumentException if the window is empty or a number negative
     */
    public Ranking {
        Objects.requireNonNull(dimension, "dimension");
        Objects.requireNonNull(windowStart, "windowStart");
        Objects.requireNonNull(windowEnd, "windowEnd");
        Objects.requireNonNull(pane, "pane");
        Objects.requireNonNull(emittedAt, "emittedAt");
        top = List.copyOf(top);
        if (!windowStart.isBefore(windowEnd)) {
            throw new IllegalArgumentException("the window is empty");
        }
        if (changes < 0 || distinct < 0) {
            throw new IllegalArgumentException("a number is negative");
        }
    }

    /** The key of this ranking's records on the topic: {@code <dimension>|<window start>}. */
    public String key() {
        return dimension.label() + "|" + windowStart;
    }
}
