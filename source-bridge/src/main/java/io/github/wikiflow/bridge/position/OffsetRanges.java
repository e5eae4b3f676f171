package io.github.wikiflow.bridge.position;

import java.util.ArrayList;
import java.util.List;

/**
 * A set of offsets that are nearly contiguous, as few ranges. When there are more than some, the
 * smallest gap between two counts as covered. Not thread-safe.
 */
final class OffsetRanges {

    /** So that a cursor stays small. */
    private static final int MOST_RANGES = 6;

    /** Ascending, with at least one offset between two. */
    private final List<OffsetRange> ranges = new ArrayList<>();

    OffsetRanges() {}

    /**
     * @param ranges ascending, as {@link #ranges} gave them
     */
    OffsetRanges(List<OffsetRange> ranges) {
        this.ranges.addAll(ranges);
    }

    List<OffsetRange> ranges() {
        return List.copyOf(ranges);
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** The lowest offset; only if there is one. */
    long first() {
        return ranges.get(0).first();
    }

    /** The highest offset; only if there is one. */
    long last() {
        return ranges.get(ranges.size() - 1).last();
    }

    boolean contains(long offset) {
        int below = indexOfLastFrom(offset);
        return below >= 0 && offset <= ranges.get(below).last();
    }

    void add(long offset) {
        int below = indexOfLastFrom(offset);
        if (below >= 0 && offset <= ranges.get(below).last()) {
            return;
        }
        boolean joinsBelow = below >= 0 && ranges.get(below).last() == offset - 1;
        boolean joinsAbove =
                below + 1 < ranges.size() && ranges.get(below + 1).first() == offset + 1;
        long first = joinsBelow ? ranges.get(below).first() : offset;
        long last = joinsAbove ? ranges.remove(below + 1).last() : offset;
        if (joinsBelow) {
            ranges.set(below, new OffsetRange(first, last));
        } else {
            ranges.add(below + 1, new OffsetRange(first, last));
        }
        if (ranges.size() > MOST_RANGES) {
            closeSmallestGap();
        }
    }

    void clear() {
        ranges.clear();
    }

    /** The index of the last range that does not begin above an offset; -1 if all do. */
    private int indexOfLastFrom(long offset) {
        int index = ranges.size() - 1;
        while (index >= 0 && ranges.get(index).first() > offset) {
            index--;
        }
        return index;
    }

    private void closeSmallestGap() {
        int smallest = 0;
        for (int i = 1; i + 1 < ranges.size(); i++) {
            if (gapAfter(i) < gapAfter(smallest)) {
                smallest = i;
            }
        }
        OffsetRange above = ranges.remove(smallest + 1);
        ranges.set(smallest, new OffsetRange(ranges.get(smallest).first(), above.last()));
    }

    private long gapAfter(int index) {
        return ranges.get(index + 1).first() - ranges.get(index).last();
    }
}
