package io.github.wikiflow.archive.check;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * A set of a partition's offsets, one bit for each: rows of a lake are many, and nearly all offsets
 * have one.
 *
 * <p>Not thread-safe.
 */
final class Offsets {

    private static final int CHUNK = 1 << 16;

    private final Map<Long, BitSet> chunks = new HashMap<>();
    private long end;

    /** Adds an offset; returns false if it was there. */
    boolean add(long offset) {
        end = Math.max(end, offset + 1);
        BitSet chunk =
                chunks.computeIfAbsent(Math.floorDiv(offset, (long) CHUNK), number -> new BitSet());
        int bit = (int) Math.floorMod(offset, (long) CHUNK);
        boolean isNew = !chunk.get(bit);
        chunk.set(bit);
        return isNew;
    }

    /** Whether an offset is in the set. */
    boolean has(long offset) {
        BitSet chunk = chunks.get(Math.floorDiv(offset, (long) CHUNK));
        return chunk != null && chunk.get((int) Math.floorMod(offset, (long) CHUNK));
    }

    /** The offset after the greatest; 0 if there is none. */
    long end() {
        return end;
    }
}
