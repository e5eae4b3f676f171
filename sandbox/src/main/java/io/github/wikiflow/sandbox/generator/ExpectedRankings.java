package io.github.wikiflow.sandbox.generator;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.events.ranking.RankingEntry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the rankings should be in the end: plain counting in maps, and sorting. Of the product it
 * uses only the names of dimensions and entries. Not thread-safe.
 *
 * <p>Late is an event whose window ended, allowed lateness included, before the watermark of its
 * partition, which is made by the events of that partition before it. An event whose type does not
 * count is never late, but it moves the watermark.
 */
public final class ExpectedRankings {

    /** The length of a name in a record. */
    private static final int MOST_BYTES = 1_024;

    private final RankingRules rules;
    private final long windowMillis;
    private final Map<Integer, Long> newestByPartition = new HashMap<>();
    private final Map<Long, Map<Dimension, Tally>> windows = new TreeMap<>();
    private final List<LandedEvent> late = new ArrayList<>();
    private long counted;

    public ExpectedRankings(RankingRules rules) {
        this.rules = rules;
        windowMillis = rules.window().toMillis();
    }

    /** Takes the next event of its partition; partitions may interleave in any way. */
    public void add(LandedEvent landed) {
        if (landed.isMalformed() || landed.isPoisoned(rules.futureTolerance())) {
            return;
        }
        EventContent content = landed.event().change();
        long time = content.timestamp() * 1000;
        Long newest = newestByPartition.get(landed.partition());
        newestByPartition.merge(landed.partition(), time, Math::max);
        if (!rules.types().isEmpty() && !rules.types().contains(content.type())) {
            return;
        }
        long windowStart = Math.floorDiv(time, windowMillis) * windowMillis;
        if (newest != null && isLate(windowStart, newest)) {
            late.add(landed);
            if (rules.dropsLate()) {
                return;
            }
        }
        counted++;
        count(
                content,
                windows.computeIfAbsent(windowStart, start -> new EnumMap<>(Dimension.class)));
    }

    /** The last record of each dimension and window that has changes: by window, then dimension. */
    public List<ExpectedRanking> rankings() {
        List<ExpectedRanking> result = new ArrayList<>();
        windows.forEach(
                (start, dimensions) -> {
                    Map<Dimension, Tally> windowBefore =
                            windows.getOrDefault(start - windowMillis, Map.of());
                    dimensions.forEach(
                            (dimension, tally) -> {
                                Tally before = windowBefore.getOrDefault(dimension, new Tally());
                                result.add(
                                        new ExpectedRanking(
                                                dimension,
                                                Instant.ofEpochMilli(start),
                                                Instant.ofEpochMilli(start + windowMillis),
                                                tally.changes,
                                                tally.items.size(),
                                                tally.top(
                                                        rules.top(), before.places(rules.top()))));
                            });
                });
        return result;
    }

    /** The events that come too late for their window, in the order in which they were added. */
    public List<LandedEvent> late() {
        return List.copyOf(late);
    }

    /** Whether a window is over by the watermark of each partition, so that it must be final. */
    public boolean isOver(Instant windowStart) {
        return !newestByPartition.isEmpty()
                && newestByPartition.values().stream()
                        .allMatch(newest -> isLate(windowStart.toEpochMilli(), newest));
    }

    /**
     * Whether a window is over by the watermark of a partition at least, so that it may be final:
     * the others may have been idle.
     */
    public boolean mayBeOver(Instant windowStart) {
        return newestByPartition.values().stream()
                .anyMatch(newest -> isLate(windowStart.toEpochMilli(), newest));
    }

    /** How many changes are in the rankings of all users. */
    public long counted() {
        return counted;
    }

    private boolean isLate(long windowStart, long newest) {
        long lastMoment = windowStart + windowMillis - 1;
        long watermark = newest - rules.outOfOrderness().toMillis() - 1;
        return lastMoment + rules.allowedLateness().toMillis() <= watermark;
    }

    private static void count(EventContent content, Map<Dimension, Tally> window) {
        String user = content.user();
        String wiki = content.page().wiki().name();
        tally(window, Dimension.USERS).count(item(user, null), content.bot());
        if (!content.bot()) {
            tally(window, Dimension.HUMANS).count(item(user, null), false);
        }
        tally(window, Dimension.PAGES).count(item(content.page().title(), wiki), false);
        tally(window, Dimension.WIKIS).count(item(wiki, null), false);
    }

    private static Tally tally(Map<Dimension, Tally> window, Dimension dimension) {
        return window.computeIfAbsent(dimension, each -> new Tally());
    }

    private static @Nullable Item item(@Nullable String name, @Nullable String wiki) {
        return name == null ? null : new Item(name, wiki);
    }

    private static int compareCodePoints(String left, String right) {
        int i = 0;
        while (i < left.length() && i < right.length()) {
            int difference = Integer.compare(left.codePointAt(i), right.codePointAt(i));
            if (difference != 0) {
                return difference;
            }
            i += Character.charCount(left.codePointAt(i));
        }
        return Integer.compare(left.length(), right.length());
    }

    /** What is ranked; the wiki is null unless it is a page. */
    private record Item(String name, @Nullable String wiki) {}

    /** How often an item was seen. */
    private static final class Count {
        private long changes;
        private long botChanges;
    }

    /** All counts of a dimension in a window. */
    private static final class Tally {
        private final Map<Item, Count> items = new HashMap<>();
        private long changes;

        private void count(@Nullable Item item, boolean bot) {
            changes++;
            if (item != null) {
                Count count = items.computeIfAbsent(item, each -> new Count());
                count.changes++;
                count.botChanges += bot ? 1 : 0;
            }
        }

        private List<Map.Entry<Item, Count>> first(int places) {
            List<Map.Entry<Item, Count>> sorted = new ArrayList<>(items.entrySet());
            sorted.sort(
                    Comparator.comparing(
                                    (Map.Entry<Item, Count> entry) -> -entry.getValue().changes)
                            .thenComparing(
                                    entry -> entry.getKey().name(),
                                    ExpectedRankings::compareCodePoints)
                            .thenComparing(
                                    entry -> entry.getKey().wiki(),
                                    Comparator.nullsFirst(ExpectedRankings::compareCodePoints)));
            return sorted.subList(0, Math.min(places, sorted.size()));
        }

        private Map<Item, RankingEntry.Place> places(int places) {
            Map<Item, RankingEntry.Place> result = new HashMap<>();
            for (Map.Entry<Item, Count> entry : first(places)) {
                result.put(
                        entry.getKey(),
                        new RankingEntry.Place(result.size() + 1, entry.getValue().changes));
            }
            return result;
        }

        private List<RankingEntry> top(int places, Map<Item, RankingEntry.Place> before) {
            List<RankingEntry> result = new ArrayList<>();
            for (Map.Entry<Item, Count> entry : first(places)) {
                Item item = entry.getKey();
                result.add(
                        new RankingEntry(
                                result.size() + 1,
                                cut(item.name()),
                                entry.getValue().changes,
                                entry.getValue().botChanges,
                                item.wiki() == null ? null : cut(item.wiki()),
                                isCut(item.name()) || isCut(item.wiki()),
                                before.get(item)));
            }
            return result;
        }
    }

    private static boolean isCut(@Nullable String text) {
        return text != null && !text.equals(cut(text));
    }

    /** As many whole characters as {@link #MOST_BYTES} of UTF-8 have room for. */
    private static String cut(String text) {
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            bytes += text.substring(end, next).getBytes(StandardCharsets.UTF_8).length;
            if (bytes > MOST_BYTES) {
                return text.substring(0, end);
            }
            end = next;
        }
        return text;
    }
}
