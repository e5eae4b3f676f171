package io.github.wikiflow.events.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The ranking of one dimension in one window, as it stands at one moment. Records of the same key
 * replace each other: see {@link #replaces}.
 *
 * @param windowStart inclusive
 * @param windowEnd exclusive
 * @param pane why this record was emitted
 * @param isFinal whether the window's lateness has run out: no record for it follows
 * @param revision the number of this record among those of its key, counted by the job; after a
 *     failure numbers may be used again
 * @param watermark event time up to which the input is complete; null before the first watermark
 * @param emittedAt the emitting machine's clock
 * @param changes all changes in the window that belong to the dimension, those without a name
 *     included
 * @param distinct the number of different items among them
 * @param top the first places in order; not null, as many as asked for or as there are, or as fit
 *     into a record of Kafka
 */
public record Ranking(
        @JsonProperty(required = true) Dimension dimension,
        @JsonProperty(required = true) Instant windowStart,
        @JsonProperty(required = true) Instant windowEnd,
        @JsonProperty(required = true) Pane pane,
        @JsonProperty(value = "isFinal", required = true) boolean isFinal,
        @JsonProperty(required = true) long revision,
        @Nullable Instant watermark,
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

    private static final Comparator<Ranking> OPEN_ORDER =
            Comparator.comparing(Ranking::pane)
                    .thenComparingLong(Ranking::changes)
                    .thenComparingLong(Ranking::revision);

    /**
     * Which of two records of one key knows more, by nothing that depends on a clock: a final one
     * more than all others; else the later pane; else the one that has counted more changes, which
     * within a window only become more; else the later revision. Final ones are equal.
     */
    public static final Comparator<Ranking> ORDER =
            (left, right) ->
                    left.isFinal || right.isFinal
                            ? Boolean.compare(left.isFinal, right.isFinal)
                            : OPEN_ORDER.compare(left, right);

    /**
     * Whether this record takes the place of another one of its key that came before it on the
     * topic. Of equals the later one is valid, so that a ranking can be written anew.
     */
    public boolean replaces(Ranking earlier) {
        return ORDER.compare(this, earlier) >= 0 && !equals(earlier);
    }

    /** The length of the window. */
    public Duration windowLength() {
        return Duration.between(windowStart, windowEnd);
    }

    /**
     * The key of this ranking's records on the topic: {@code <dimension>|<window start>|<length>},
     * such as {@code users|2026-05-01T10:00:00Z|PT10M}.
     */
    public String key() {
        return dimension.label() + "|" + windowStart + "|" + windowLength();
    }

    /** The same with other first places. */
    public Ranking withTop(List<RankingEntry> places) {
        return new Ranking(
                dimension,
                windowStart,
                windowEnd,
                pane,
                isFinal,
                revision,
                watermark,
                emittedAt,
                changes,
                distinct,
                places);
    }
}
