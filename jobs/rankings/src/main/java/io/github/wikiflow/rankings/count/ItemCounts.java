package io.github.wikiflow.rankings.count;

import java.util.Arrays;

/**
 * How many changes there are, and how many of them each item has: a hash table that only grows.
 *
 * <p>The items' bytes lie one after the other in one array and the table holds numbers only, so
 * that a million items take some 60 MB, are copied array by array and are written and read without
 * an object per item. Open addressing with linear probing, at most half full.
 *
 * <p>An item is named by bytes as {@link ItemBytes} makes them. Entries are numbered from 0 in the
 * order in which they came. Not thread-safe.
 */
public final class ItemCounts {

    private static final int SMALLEST_TABLE = 8;

    /** What most names need; more grow the array once or twice. */
    private static final int USUAL_ITEM_BYTES = 16;

    private long changes;
    private int size;

    /** Entry number + 1 by hash; 0 is free. The length is a power of two. */
    private int[] slots;

    /** By entry: the item's hash. */
    private int[] hashes;

    /** By entry: where the item's bytes end, which is where those of the next one start. */
    private int[] ends;

    private long[] counts;

    /** By entry: how many of the changes carry the bot flag. */
    private long[] botCounts;

    private byte[] items;

    /** No changes, and room for a few items. */
    public ItemCounts() {
        this(SMALLEST_TABLE, 64);
    }

    private ItemCounts(int tableLength, int bytes) {
        int capacity = capacity(tableLength);
        slots = new int[tableLength];
        hashes = new int[capacity];
        ends = new int[capacity];
        counts = new long[capacity];
        botCounts = new long[capacity];
        items = new byte[bytes];
    }

    /**
     * No changes, and room for items whose number is known: as large as it would have grown with
     * them, but without the smaller arrays before.
     */
    public static ItemCounts withRoomFor(int items) {
        int tableLength = SMALLEST_TABLE;
        while (tableLength < items * 2L) {
            tableLength *= 2;
        }
        return new ItemCounts(tableLength, Math.max(64, items * USUAL_ITEM_BYTES));
    }

    /** All changes, those without an item included. */
    public long changes() {
        return changes;
    }

    /** The number of different items. */
    public int size() {
        return size;
    }

    /** Counts changes that have no item. */
    public void addNameless(long count) {
        changes += count;
    }

    /**
     * Counts changes of one item.
     *
     * @param source holds the item's bytes from {@code offset}
     * @param hash {@link ItemBytes#hash} of the item
     * @param count at least 1
     * @param botCount how many of them carry the bot flag
     */
    public void add(byte[] source, int offset, int length, int hash, long count, long botCount) {
        changes += count;
        int mask = slots.length - 1;
        int slot = hash & mask;
        int entry;
        while ((entry = slots[slot] - 1) >= 0) {
            if (hashes[entry] == hash && holds(entry, source, offset, length)) {
                counts[entry] += count;
                botCounts[entry] += botCount;
                return;
            }
            slot = slot + 1 & mask;
        }
        entry = append(source, offset, length, hash);
        counts[entry] = count;
        botCounts[entry] = botCount;
        slots[slot] = entry + 1;
        if (size * 2 > slots.length) {
            growTable();
        }
    }

    /** Counts all that the other one has counted. */
    public void addAll(ItemCounts other) {
        long nameless = other.changes;
        for (int entry = 0; entry < other.size; entry++) {
            long count = other.count(entry);
            int start = other.start(entry);
            add(
                    other.items,
                    start,
                    other.ends[entry] - start,
                    other.hashes[entry],
                    count,
                    other.botCount(entry));
            nameless -= count;
        }
        addNameless(nameless);
    }

    /** How many changes the entry's item has. */
    public long count(int entry) {
        return counts[entry];
    }

    /** How many of the changes of the entry's item carry the bot flag. */
    public long botCount(int entry) {
        return botCounts[entry];
    }

    /** The array in which the bytes of all items lie; not to be changed. */
    public byte[] items() {
        return items;
    }

    /** Where in {@link #items} the entry's item starts. */
    public int start(int entry) {
        return entry == 0 ? 0 : ends[entry - 1];
    }

    /** Where in {@link #items} the entry's item ends, exclusive. */
    public int end(int entry) {
        return ends[entry];
    }

    /** A copy that shares nothing with this one. */
    public ItemCounts copy() {
        ItemCounts copy = new ItemCounts();
        copy.changes = changes;
        copy.size = size;
        copy.slots = slots.clone();
        copy.hashes = hashes.clone();
        copy.ends = ends.clone();
        copy.counts = counts.clone();
        copy.botCounts = botCounts.clone();
        copy.items = items.clone();
        return copy;
    }

    private boolean holds(int entry, byte[] source, int offset, int length) {
        return Arrays.equals(items, start(entry), ends[entry], source, offset, offset + length);
    }

    private int append(byte[] source, int offset, int length, int hash) {
        int entry = size;
        int start = start(entry);
        int end = Math.addExact(start, length);
        if (end > items.length) {
            items = Arrays.copyOf(items, grown(items.length, end));
        }
        System.arraycopy(source, offset, items, start, length);
        hashes[entry] = hash;
        ends[entry] = end;
        size = entry + 1;
        return entry;
    }

    private void growTable() {
        int[] larger = new int[slots.length * 2];
        int mask = larger.length - 1;
        for (int entry = 0; entry < size; entry++) {
            int slot = hashes[entry] & mask;
            while (larger[slot] != 0) {
                slot = slot + 1 & mask;
            }
            larger[slot] = entry + 1;
        }
        slots = larger;
        int capacity = capacity(larger.length);
        hashes = Arrays.copyOf(hashes, capacity);
        ends = Arrays.copyOf(ends, capacity);
        counts = Arrays.copyOf(counts, capacity);
        botCounts = Arrays.copyOf(botCounts, capacity);
    }

    /** One more than may stay: the table grows right after it has become too full. */
    private static int capacity(int tableLength) {
        return tableLength / 2 + 1;
    }

    /** Half as much again, but enough. */
    private static int grown(int present, int needed) {
        return Math.max(needed, (int) Math.min(Integer.MAX_VALUE - 8, present * 3L / 2));
    }
}
