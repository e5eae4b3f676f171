package io.github.wikiflow.dashboard.web;

import io.github.wikiflow.dashboard.standings.Standing;
import io.github.wikiflow.dashboard.standings.WindowState;
import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Ranking;
import io.github.wikiflow.events.ranking.RankingEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A ranking as the API and the page show it.
 *
 * @param watermark null before the first watermark
 * @param hasPrevious whether an earlier pane is known, so that a null {@link Entry#previousRank}
 *     means "not ranked before" and not "unknown"
 */
public record RankingView(
        Dimension dimension,
        Instant windowStart,
        Instant windowEnd,
        WindowState state,
        long revision,
        @Nullable Instant watermark,
        Instant emittedAt,
        long changes,
        long distinct,
        boolean hasPrevious,
        List<Entry> top) {

    /**
     * One place.
     *
     * @param name text from strangers
     * @param wiki database name of the page's wiki; null in other dimensions
     * @param host of the page's wiki, or of the wiki itself; null when it is not known
     * @param url where to read about it, on a host of Wikimedia; null when there is no such place
     * @param bot whether more than half of its changes carry the bot flag
     * @param share of all the window's changes in this dimension, 0 to 1
     * @param previousRank in the pane before; null when it was not ranked or is not known
     */
    public record Entry(
            int rank,
            String name,
            @Nullable String wiki,
            @Nullable String host,
            @Nullable String url,
            long count,
            double share,
            boolean bot,
            @Nullable Integer previousRank) {}

    /** The view of a standing. */
    public static RankingView of(Standing standing) {
        Ranking ranking = standing.ranking();
        List<Entry> top = new ArrayList<>(ranking.top().size());
        for (int i = 0; i < ranking.top().size(); i++) {
            top.add(entry(ranking, ranking.top().get(i), standing.previousRank(i)));
        }
        return new RankingView(
                ranking.dimension(),
                ranking.windowStart(),
                ranking.windowEnd(),
                WindowState.of(ranking),
                ranking.revision(),
                ranking.watermark(),
                ranking.emittedAt(),
                ranking.changes(),
                ranking.distinct(),
                standing.hasPrevious(),
                top);
    }

    private static Entry entry(Ranking ranking, RankingEntry entry, OptionalInt previousRank) {
        Dimension dimension = ranking.dimension();
        String wiki = dimension == Dimension.WIKIS ? entry.name() : entry.wiki();
        return new Entry(
                entry.rank(),
                entry.name(),
                entry.wiki(),
                WikiSites.host(wiki).orElse(null),
                WikiSites.address(dimension, entry.name(), entry.wiki()).orElse(null),
                entry.count(),
                ranking.changes() == 0 ? 0 : (double) entry.count() / ranking.changes(),
                entry.isMostlyBot(),
                previousRank.isPresent() ? Integer.valueOf(previousRank.getAsInt()) : null);
    }
}
