package io.github.wikiflow.events.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.Objects;

/**
 * One place of a {@link Ranking}.
 *
 * @param rank 1 for the first; entries with equal counts have ranks of their own
 * @param name user, page title or wiki; text from strangers
 * @param count how many of the window's changes are the entry's, at least 1
 * @param bot for users: whether any of these changes carried the bot flag; false for pages and
 *     wikis
 * @param wiki the page's wiki; null in every other dimension, and for an event that names none
 */
public record RankingEntry(
        @JsonProperty(required = true) int rank,
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) long count,
        @JsonProperty(required = true) boolean bot,
        String wiki) {

    /**
     * @throws NullPointerException if the name is null
     * @throws IllegalArgumentException if rank or count is not positive
     */
    public RankingEntry {
        Objects.requireNonNull(name, "name");
        if (rank < 1 || count < 1) {
            throw new IllegalArgumentException("rank or count is not positive");
        }
    }

    /**
     * The order of a ranking: count descending, then name and wiki ascending by code point; total
     * over items.
     */
    public static final Comparator<RankingEntry> ORDER =
            Comparator.comparingLong(RankingEntry::count)
                    .reversed()
                    .thenComparing(RankingEntry::name, CodePointOrder.INSTANCE)
                    .thenComparing(
                            RankingEntry::wiki, Comparator.nullsFirst(CodePointOrder.INSTANCE));
}
