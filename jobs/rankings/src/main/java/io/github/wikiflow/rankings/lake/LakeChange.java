package io.github.wikiflow.rankings.lake;

import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.rankings.change.Change;

/**
 * A row of the lake, as far as a ranking needs it.
 *
 * @param partition the Kafka partition that the change came from
 * @param offset its position in that partition
 * @param recordTime Kafka's record time in epoch milliseconds
 * @param fileTime when the row's file was last modified, in epoch milliseconds
 * @param summary what is ranked
 */
public record LakeChange(
        int partition, long offset, long recordTime, long fileTime, ChangeSummary summary) {

    /** The change as if it came from Kafka; the lake holds no originals. */
    Change toChange() {
        return new Change(null, null, partition, offset, recordTime, summary);
    }

    /** When the change was made, in epoch milliseconds. */
    public long eventTime() {
        return summary.timestamp() * 1000;
    }
}
