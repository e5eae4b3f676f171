package io.github.wikiflow.rankings.count;

import io.github.wikiflow.events.ranking.RankingEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * Selects the first places of many counts: a heap of entry numbers with the worst place kept on
 * top, so that nearly every item is dismissed by one comparison. The order is {@link
 * RankingEntry#ORDER}.
 */
public final class FirstPlaces {

    private final ItemCounts counts;
    private final int[] heap;
    private int size;

    private FirstPlaces(ItemCounts counts, int places) {
        this.counts = counts;
        this.heap = new int[Math.min(places, counts.size())];
    }

    /** The first places, as many as asked for or as there are items, in order. */
    public static List<RankingEntry> of(ItemCounts counts, int places) {
        FirstPlaces first = new FirstPlaces(counts, places);
        for (int entry = 0; entry < counts.size(); entry++) {
            first.offer(entry);
        }
        return first.inOrder();
    }

    private void offer(int entry) {
        if (size < heap.length) {
            siftUp(size++, entry);
        } else if (isBefore(entry, heap[0])) {
            siftDown(entry);
        }
    }

    private List<RankingEntry> inOrder() {
        int[] ordered = new int[size];
        for (int place = ordered.length - 1; place >= 0; place--) {
            ordered[place] = heap[0];
            siftDown(heap[--size]);
        }
        List<RankingEntry> entries = new ArrayList<>(ordered.length);
        for (int place = 0; place < ordered.length; place++) {
            int entry = ordered[place];
            entries.add(
                    ItemBytes.decode(
                            counts.items(),
                            counts.start(entry),
                            counts.end(entry),
                            place + 1,
                            counts.count(entry),
                            counts.botCount(entry)));
        }
        return entries;
    }

    /** Puts an entry on a free leaf and lets it rise above better ones. */
    private void siftUp(int leaf, int entry) {
        int hole = leaf;
        while (hole > 0) {
            int parent = (hole - 1) / 2;
            if (!isBefore(heap[parent], entry)) {
                break;
            }
            heap[hole] = heap[parent];
            hole = parent;
        }
        heap[hole] = entry;
    }

    /** Replaces the worst entry and lets the new one sink below worse ones. */
    private void siftDown(int entry) {
        int hole = 0;
        int child;
        while ((child = 2 * hole + 1) < size) {
            if (child + 1 < size && isBefore(heap[child], heap[child + 1])) {
                child++;
            }
            if (!isBefore(entry, heap[child])) {
                break;
            }
            heap[hole] = heap[child];
            hole = child;
        }
        heap[hole] = entry;
    }

    private boolean isBefore(int left, int right) {
        long leftCount = counts.count(left);
        long rightCount = counts.count(right);
        if (leftCount != rightCount) {
            return leftCount > rightCount;
        }
        byte[] items = counts.items();
        return ItemBytes.compare(
                        items,
                        counts.start(left),
                        counts.end(left),
                        items,
                        counts.start(right),
                        counts.end(right))
                < 0;
    }
}
