package io.github.wikiflow.rankings.lake;

import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.rankings.change.Change;
import org.apache.kafka.common.TopicPartition;

/**
 * A row of the lake, as far as a ranking needs it.
 *
 * @param partition of the topic that the change came from
 * @param offset its position in that partition
 * @param recordTime Kafka's record time in epoch milliseconds
 * @param fileTime when the row's file was last modified, in epoch milliseconds
 * @param epoch the place of the row's file, see {@link io.github.wikiflow.lake.LakeProgress}
 * @param summary what is ranked
 */
public record LakeChange(
        TopicPartition partition,
        long offset,
        long recordTime,
        long fileTime,
        long epoch,
        ChangeSummary summary) {

    /** Of no topic of Kafka, whose names are not empty. */
    private static final TopicPartition NOWHERE = new TopicPartition("", 0);

    /** In place of the rows of an epoch that is no part of the lake any more. */
    static LakeChange withdrawal(long epoch) {
        return new LakeChange(
                NOWHERE, 0, 0, 0, epoch, new ChangeSummary(0, null, null, null, null, false));
    }

    /** Whether this is no row, but says that the rest of the run from this epoch on is gone. */
    boolean isWithdrawal() {
        return partition.equals(NOWHERE);
    }

    /** The change as if it came from Kafka; the lake holds no originals. */
    Change toChange() {
        return new Change(null, null, partition.partition(), offset, recordTime, summary);
    }

    /** When the change was made, in epoch milliseconds. */
    public long eventTime() {
        return summary.timestamp() * 1000;
    }
}
