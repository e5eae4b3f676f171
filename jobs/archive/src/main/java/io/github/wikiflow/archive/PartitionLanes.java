package io.github.wikiflow.archive;

import io.github.wikiflow.lake.LakePartition;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/**
 * Gives rows the key by which they find their subtask. The rows of a partition have one key, so
 * that they share a file; but after each quarter of a file's rows they get another: a partition
 * that fills files anyway (wikidata, commons) is spread over all subtasks, at the cost of at most
 * one more file for each.
 *
 * <p>Each sender counts for itself, and forgets its counts after an interval, so that at the live
 * rate every partition stays where it is.
 *
 * <p>Not thread-safe.
 */
final class PartitionLanes {

    private static final int ROWS_BETWEEN_LOOKS_AT_THE_CLOCK = 256;

    private final int rowsOfALane;
    private final long intervalNanos;
    private final NanoClock nanoClock;
    private final Map<LakePartition, Count> counts = new HashMap<>();

    private long forgottenAt;
    private int sinceClock;

    /**
     * @param fileRows how many rows a file has at most
     * @param intervalNanos after which counts are forgotten
     */
    PartitionLanes(int fileRows, long intervalNanos, NanoClock nanoClock) {
        rowsOfALane = Math.max(1, fileRows / 4);
        this.intervalNanos = intervalNanos;
        this.nanoClock = nanoClock;
        forgottenAt = nanoClock.nanos();
    }

    /** The key of the partition's next row. */
    int key(LakePartition partition) {
        forgetAfterInterval();
        Count count = counts.get(partition);
        if (count == null) {
            count = new Count();
            counts.put(partition, count);
        }
        int lane = count.rows++ / rowsOfALane;
        return 31 * partition.hashCode() + lane;
    }

    private void forgetAfterInterval() {
        if (++sinceClock >= ROWS_BETWEEN_LOOKS_AT_THE_CLOCK) {
            sinceClock = 0;
            long now = nanoClock.nanos();
            if (now - forgottenAt >= intervalNanos) {
                counts.clear();
                forgottenAt = now;
            }
        }
    }

    /** Tells the time since any fixed moment. */
    @FunctionalInterface
    interface NanoClock extends Serializable {
        long nanos();
    }

    private static final class Count {
        private int rows;
    }
}
