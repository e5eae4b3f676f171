package io.github.wikiflow.rankings;

import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.rankings.lake.LakeChange;

/**
 * A change that can be ranked: well-formed, and not from the future.
 *
 * @param raw the record as Kafka holds it, for the topic of late changes
 * @param summary what is ranked
 */
record Change(RawChange raw, ChangeSummary summary) {

    /** A change of the lake, which holds no originals: key and value are null. */
    static Change of(LakeChange row) {
        return new Change(
                new RawChange(null, null, row.partition(), row.offset(), row.recordTime()),
                row.summary());
    }

    /** When the change was made, in epoch milliseconds. */
    long eventTime() {
        return summary.timestamp() * 1000;
    }
}
