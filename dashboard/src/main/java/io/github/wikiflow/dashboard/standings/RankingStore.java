package io.github.wikiflow.dashboard.standings;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.Ranking;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The newest ranking of every dimension in every recent window. Of two records for the same
 * dimension and window the one with the higher revision is kept, in whatever order they come, so
 * that records that are repeated or that overtake each other do no harm.
 *
 * <p>Its memory is bounded by a number of windows: beyond it the oldest window is forgotten. A
 * window takes some 10 kB: four rankings of ten entries, each with a name of 20 to 255 bytes.
 *
 * <p>Thread-safe.
 */
public final class RankingStore {

    private final int maxWindows;
    private final NavigableMap<Instant, Map<Dimension, Standing>> windows = new TreeMap<>();
    private long version;

    /**
     * @param maxWindows how many windows are kept, at least 1
     */
    public RankingStore(int maxWindows) {
        if (maxWindows < 1) {
            throw new IllegalArgumentException("maxWindows is " + maxWindows);
        }
        this.maxWindows = maxWindows;
    }

    /**
     * Takes a ranking in.
     *
     * @return whether it is news: false for a revision that is not above the known one, and for a
     *     window that is older than all that are kept
     */
    public synchronized boolean apply(Ranking ranking) {
        Instant start = ranking.windowStart();
        if (windows.size() >= maxWindows && start.isBefore(windows.firstKey())) {
            return false;
        }
        Map<Dimension, Standing> window =
                windows.computeIfAbsent(start, unused -> new EnumMap<>(Dimension.class));
        Standing known = window.get(ranking.dimension());
        if (known == null) {
            window.put(ranking.dimension(), Standing.first(ranking));
        } else if (ranking.revision() > known.ranking().revision()) {
            window.put(ranking.dimension(), known.replacedBy(ranking));
        } else {
            return false;
        }
        if (windows.size() > maxWindows) {
            windows.pollFirstEntry();
        }
        version++;
        return true;
    }

    /** The dimension's standing in the newest window that has one. */
    public synchronized Optional<Standing> current(Dimension dimension) {
        for (Map<Dimension, Standing> window : windows.descendingMap().values()) {
            Standing standing = window.get(dimension);
            if (standing != null) {
                return Optional.of(standing);
            }
        }
        return Optional.empty();
    }

    /** The dimension's standing in the window that starts at this instant. */
    public synchronized Optional<Standing> standing(Dimension dimension, Instant windowStart) {
        return Optional.ofNullable(windows.getOrDefault(windowStart, Map.of()).get(dimension));
    }

    /** The window that starts at this instant, once the ranking of its users is known. */
    public synchronized Optional<WindowSummary> window(Instant start) {
        return summary(windows.getOrDefault(start, Map.of()));
    }

    /**
     * The newest windows, oldest first.
     *
     * @param limit how many at most
     */
    public synchronized List<WindowSummary> newestWindows(int limit) {
        List<WindowSummary> newest = new ArrayList<>(Math.min(limit, windows.size()));
        for (Map<Dimension, Standing> window : windows.descendingMap().values()) {
            if (newest.size() == limit) {
                break;
            }
            summary(window).ifPresent(newest::add);
        }
        Collections.reverse(newest);
        return newest;
    }

    /** Grows with each change. */
    public synchronized long version() {
        return version;
    }

    /** How many windows are known. */
    public synchronized int size() {
        return windows.size();
    }

    private static Optional<WindowSummary> summary(Map<Dimension, Standing> window) {
        Standing users = window.get(Dimension.USERS);
        if (users == null) {
            return Optional.empty();
        }
        long revision = Long.MIN_VALUE;
        for (Standing standing : window.values()) {
            revision = Math.max(revision, standing.ranking().revision());
        }
        Ranking ranking = users.ranking();
        return Optional.of(
                new WindowSummary(
                        ranking.windowStart(),
                        ranking.windowEnd(),
                        ranking.changes(),
                        ranking.distinct(),
                        WindowState.of(ranking),
                        revision));
    }
}
