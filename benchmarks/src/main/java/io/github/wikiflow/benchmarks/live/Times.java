package io.github.wikiflow.benchmarks.live;

import java.util.Arrays;

/** A list of times in epoch milliseconds that grows. Not thread-safe. */
final class Times {

    private long[] epochMillis = new long[1 << 10];
    private int size;

    void add(long time) {
        if (size == epochMillis.length) {
            epochMillis = Arrays.copyOf(epochMillis, 2 * size);
        }
        epochMillis[size++] = time;
    }

    int size() {
        return size;
    }

    /**
     * @param index from 0
     */
    long get(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return epochMillis[index];
    }
}
