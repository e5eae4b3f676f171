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
 * dimension and window the one that {@linkplain Ranking#replaces replaces} the other is kept, so
 * that records that are repeated or that overtake each other do no harm.
 *
 * <p>All that is told is of windows of one length: that of the window that starts last, or of
 * several that start then the shortest. So two jobs, or one whose windows have got another length,
 * are never mixed.
 *
 * <p>Its memory is bounded by a number of windows: beyond it the oldest window is forgotten. A
 * window takes some 10 kB: four rankings of ten entries, each with a name of 20 to 255 bytes.
 *
 * <p>Thread-safe.
 */
public final class RankingStore {

    private final int maxWindows;
    private final NavigableMap<WindowKey, Map<Dimension, Standing>> windows = new TreeMap<>();
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
     * @return whether it is news: false for a record that does not replace the known one, and for a
     *     window that is older than all that are kept
     */
    public synchronized boolean apply(Ranking ranking) {
        WindowKey key = WindowKey.of(ranking);
        if (windows.size() >= maxWindows && key.compareTo(windows.firstKey()) < 0) {
            return false;
        }
        Map<Dimension, Standing> window =
                windows.computeIfAbsent(key, unused -> new EnumMap<>(Dimension.class));
        Standing known = window.get(ranking.dimension());
        if (known == null) {
            window.put(ranking.dimension(), Standing.first(ranking));
        } else if (ranking.replaces(known.ranking())) {
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
        for (Map.Entry<WindowKey, Map<Dimension, Standing>> window :
                windows.descendingMap().entrySet()) {
            Standing standing = window.getValue().get(dimension);
            if (standing != null && isTold(window.getKey())) {
                return Optional.of(standing);
            }
        }
        return Optional.empty();
    }

    /** The dimension's standing in the window that starts at this instant. */
    public synchronized Optional<Standing> standing(Dimension dimension, Instant windowStart) {
        return Optional.ofNullable(window(windowStart).get(dimension));
    }

    /** The window that starts at this instant, once the ranking of its users is known. */
    public synchronized Optional<WindowSummary> summary(Instant start) {
        return summary(window(start));
    }

    /**
     * The newest windows, oldest first.
     *
     * @param limit how many at most
     */
    public synchronized List<WindowSummary> newestWindows(int limit) {
        List<WindowSummary> newest = new ArrayList<>(Math.min(limit, windows.size()));
        for (Map.Entry<WindowKey, Map<Dimension, Standing>> window :
                windows.descendingMap().entrySet()) {
            if (newest.size() == limit) {
                break;
            }
            if (isTold(window.getKey())) {
                summary(window.getValue()).ifPresent(newest::add);
            }
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

    private Map<Dimension, Standing> window(Instant start) {
        return windows.isEmpty()
                ? Map.of()
                : windows.getOrDefault(new WindowKey(start, windows.lastKey().length()), Map.of());
    }

    private boolean isTold(WindowKey window) {
        return window.length().equals(windows.lastKey().length());
    }

    private static Optional<WindowSummary> summary(Map<Dimension, Standing> window) {
        Standing users = window.get(Dimension.USERS);
        if (users == null) {
            return Optional.empty();
        }
        Ranking ranking = users.ranking();
        return Optional.of(
                new WindowSummary(
                        ranking.windowStart(),
                        ranking.windowEnd(),
                        ranking.changes(),
                        ranking.distinct(),
                        WindowState.of(ranking)));
    }
}
