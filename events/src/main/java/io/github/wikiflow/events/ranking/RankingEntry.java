package io.github.wikiflow.events.ranking;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Comparator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One place of a {@link Ranking}.
 *
 * @param rank 1 for the first; entries with equal counts have ranks of their own
 * @param name user, page title or wiki; text from strangers
 * @param count how many of the window's changes are the entry's, at least 1
 * @param botCount for users: how many of these changes carried the bot flag; 0 for pages and wikis
 * @param wiki the page's wiki; null in every other dimension, and for an event that names none
 * @param cut whether {@code name} or {@code wiki} is only the beginning of a longer one
 * @param before the place of the same name in the window before this one; null if it had none of
 *     the first places there
 */
public record RankingEntry(
        @JsonProperty(required = true) int rank,
        @JsonProperty(required = true) String name,
        @JsonProperty(required = true) long count,
        @JsonProperty(required = true) long botCount,
        @Nullable String wiki,
        @JsonProperty(required = true) boolean cut,
        @Nullable Place before) {

    /** A name or a wiki that takes more bytes as UTF-8 is cut, between two characters. */
    public static final int MAX_NAME_BYTES = 1_024;

    /**
     * The order of a ranking: count descending, then name and wiki ascending by code point, whole
     * names before cut ones.
     */
    public static final Comparator<RankingEntry> ORDER =
            Comparator.comparingLong(RankingEntry::count)
                    .reversed()
                    .thenComparing(RankingEntry::name, CodePointOrder.INSTANCE)
                    .thenComparing(
                            RankingEntry::wiki, Comparator.nullsFirst(CodePointOrder.INSTANCE))
                    .thenComparing(RankingEntry::cut);

    /**
     * A place in another window.
     *
     * @param rank 1 for the first
     * @param count at least 1
     */
    public record Place(
            @JsonProperty(required = true) int rank, @JsonProperty(required = true) long count) {

        /**
         * @throws IllegalArgumentException if rank or count is not positive
         */
        public Place {
            requirePositive(rank, count);
        }
    }

    /**
     * @throws NullPointerException if the name is null
     * @throws IllegalArgumentException if rank or count is not positive, or the bot count is not 0
     *     to the count
     */
    public RankingEntry {
        Objects.requireNonNull(name, "name");
        requirePositive(rank, count);
        if (botCount < 0 || botCount > count) {
            throw new IllegalArgumentException("botCount is not 0 to count");
        }
    }

    /** An entry with a whole name, of which nothing is known in the window before. */
    public RankingEntry(int rank, String name, long count, long botCount, @Nullable String wiki) {
        this(rank, name, count, botCount, wiki, false, null);
    }

    private static void requirePositive(int rank, long count) {
        if (rank < 1 || count < 1) {
            throw new IllegalArgumentException("rank or count is not positive");
        }
    }

    /** The same item at another place. */
    public RankingEntry at(int otherRank, @Nullable Place otherBefore) {
        return new RankingEntry(otherRank, name, count, botCount, wiki, cut, otherBefore);
    }

    /** Whether a person should be told that this is a bot: it is, by most of its changes. */
    public boolean isMostlyBot() {
        return botCount > count - botCount;
    }
}
