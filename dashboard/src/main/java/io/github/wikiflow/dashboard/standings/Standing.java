package io.github.wikiflow.dashboard.standings;

import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingEntry;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A ranking, and where its entries stood in the pane that it replaced. Of that pane only the ranks
 * are kept, so that a standing costs no more memory than its ranking.
 *
 * <p>Immutable.
 */
public final class Standing {

    private static final int NOT_RANKED = 0;

    private final Ranking ranking;

    /** By the entry's index, or null when there was no earlier pane. */
    private final int @Nullable [] previousRanks;

    private Standing(Ranking ranking, int @Nullable [] previousRanks) {
        this.ranking = ranking;
        this.previousRanks = previousRanks;
    }

    /** The first pane that is known of a window. */
    public static Standing first(Ranking ranking) {
        return new Standing(ranking, null);
    }

    /** The standing after this one. */
    public Standing replacedBy(Ranking next) {
        List<RankingEntry> top = next.top();
        int[] ranks = new int[top.size()];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = rankOf(top.get(i));
        }
        return new Standing(next, ranks);
    }

    /** The ranking as it stands. */
    public Ranking ranking() {
        return ranking;
    }

    /** Whether an earlier pane is known, so that the lack of a previous rank means "new here". */
    public boolean hasPrevious() {
        return previousRanks != null;
    }

    /**
     * The rank in the previous pane of the entry at this index; empty if it was not ranked there.
     */
    public OptionalInt previousRank(int index) {
        return previousRanks == null || previousRanks[index] == NOT_RANKED
                ? OptionalInt.empty()
                : OptionalInt.of(previousRanks[index]);
    }

    private int rankOf(RankingEntry item) {
        for (RankingEntry entry : ranking.top()) {
            if (entry.name().equals(item.name()) && Objects.equals(entry.wiki(), item.wiki())) {
                return entry.rank();
            }
        }
        return NOT_RANKED;
    }
}
