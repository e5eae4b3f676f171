package io.github.wikiflow.rankings.count;

import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.events.change.Utf8;
import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.rankings.change.Change;
import io.github.wikiflow.rankings.time.EventTime;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes counted by dimension, window, bucket and item, until they are drained. Not thread-safe.
 */
public final class LocalCounts {

    private final EventTime eventTime;
    private final Set<Dimension> dimensions;
    private final ItemBytes item = new ItemBytes();
    private final Map<Long, WindowCounts> windows = new HashMap<>();

    /** The window of the last change; null before the first, and after a drain. */
    private @Nullable WindowCounts current;

    private int items;

    public LocalCounts(EventTime eventTime, Set<Dimension> dimensions) {
        this.eventTime = eventTime;
        this.dimensions = EnumSet.copyOf(dimensions);
    }

    public void add(Change change) {
        long windowStart = eventTime.windowStart(change.eventTime());
        WindowCounts window = current;
        if (window == null || window.windowStart != windowStart) {
            window = windows.computeIfAbsent(windowStart, WindowCounts::new);
            current = window;
        }
        count(change.summary(), window);
    }

    /** How many items are held, which is what takes memory. */
    public int items() {
        return items;
    }

    /** Whether there was no change since the last drain. */
    public boolean isEmpty() {
        return windows.isEmpty();
    }

    /** Hands on what has been counted, and forgets it. */
    public void drainTo(Consumer<BucketCounts> consumer) {
        for (WindowCounts window : windows.values()) {
            for (Dimension dimension : dimensions) {
                for (int bucket = 0; bucket < Buckets.NUMBER; bucket++) {
                    ItemCounts counts = window.existing(dimension, bucket);
                    if (counts != null) {
                        consumer.accept(
                                new BucketCounts(
                                        dimension, bucket, window.windowStart, counts, null));
                    }
                }
            }
        }
        windows.clear();
        current = null;
        items = 0;
    }

    private void count(ChangeSummary change, WindowCounts window) {
        for (Dimension dimension : dimensions) {
            switch (dimension) {
                case USERS -> count(window, dimension, change.user(), null, change.bot());
                case HUMANS -> {
                    if (!change.bot()) {
                        count(window, dimension, change.user(), null, false);
                    }
                }
                case PAGES -> count(window, dimension, change.title(), change.wiki(), false);
                case WIKIS -> count(window, dimension, change.wiki(), null, false);
            }
        }
    }

    private void count(
            WindowCounts window,
            Dimension dimension,
            @Nullable Utf8 name,
            @Nullable Utf8 wiki,
            boolean bot) {
        if (name == null) {
            window.counts(dimension, Buckets.NAMELESS).addNameless(1);
            return;
        }
        item.encode(name, wiki);
        ItemCounts counts = window.counts(dimension, Buckets.of(item.hash()));
        int before = counts.size();
        counts.add(item.bytes(), 0, item.length(), item.hash(), 1, bot ? 1 : 0);
        items += counts.size() - before;
    }

    /** What has been counted of one window. */
    private static final class WindowCounts {
        private final long windowStart;
        private final ItemCounts[] byKey =
                new ItemCounts[Dimension.values().length * Buckets.NUMBER];

        private WindowCounts(long windowStart) {
            this.windowStart = windowStart;
        }

        private ItemCounts counts(Dimension dimension, int bucket) {
            int key = Buckets.key(dimension, bucket);
            ItemCounts counts = byKey[key];
            if (counts == null) {
                counts = new ItemCounts();
                byKey[key] = counts;
            }
            return counts;
        }

        private ItemCounts existing(Dimension dimension, int bucket) {
            return byKey[Buckets.key(dimension, bucket)];
        }
    }
}
