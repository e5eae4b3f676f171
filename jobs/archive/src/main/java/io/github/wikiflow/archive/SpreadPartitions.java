package io.github.wikiflow.archive;

import io.github.wikiflow.archive.file.FileSettings;
import io.github.wikiflow.lake.LakePartition;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.Partitioner;

/**
 * Sends the rows of a lake partition to one subtask, so that they share a file, but moves on to the
 * next subtask after each {@link FileSettings#rows()} of them: a partition that fills files anyway
 * (wikidata, commons) is spread over all subtasks, at the cost of at most one more file for each.
 *
 * <p>Each sender counts for itself, and forgets its counts after {@link FileSettings#interval()},
 * so that at the live rate every partition stays where it is.
 */
final class SpreadPartitions implements Partitioner<LakePartition> {

    private static final long serialVersionUID = 1L;

    private final int rowsBeforeMove;
    private final long intervalNanos;
    private final NanoClock clock;

    private transient Map<LakePartition, Count> counts;
    private transient long forgottenAt;
    private transient int sinceClock;

    SpreadPartitions(FileSettings settings) {
        this(settings, System::nanoTime);
    }

    SpreadPartitions(FileSettings settings, NanoClock clock) {
        this.clock = clock;
        rowsBeforeMove = Math.max(1, settings.rows() / 4);
        intervalNanos = settings.interval().toNanos();
    }

    @Override
    public int partition(LakePartition partition, int subtasks) {
        forgetAfterInterval();
        Count count = counts.get(partition);
        if (count == null) {
            count = new Count();
            counts.put(partition, count);
        }
        int moves = count.rows++ / rowsBeforeMove;
        return Math.floorMod(home(partition) + moves, subtasks);
    }

    /** Spreads the poor hash codes of similar names. */
    private static int home(LakePartition partition) {
        int hash = partition.hashCode() * 0x9E3779B9;
        return hash >>> 1;
    }

    private void forgetAfterInterval() {
        if (counts == null) {
            counts = new HashMap<>();
            forgottenAt = clock.nanos();
        } else if (++sinceClock >= 256) {
            sinceClock = 0;
            long now = clock.nanos();
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
