package io.github.wikiflow.rankings.change;

import io.github.wikiflow.events.change.ChangeSummary;
import io.github.wikiflow.events.change.Utf8;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.jobs.TopicPlace;
import org.jspecify.annotations.Nullable;

/**
 * A change that can be ranked: well-formed, and not from the future.
 *
 * @param key of its record, for the topic of late changes; may be null
 * @param original the value of its record, for the same; null for a change of the lake, which holds
 *     no originals
 * @param partition its record's
 * @param offset its record's position in the partition
 * @param recordTime Kafka's, in epoch milliseconds
 * @param summary what is ranked
 */
public record Change(
        byte @Nullable [] key,
        @Nullable Utf8 original,
        int partition,
        long offset,
        long recordTime,
        ChangeSummary summary)
        implements TopicPlace {

    /** A change with its record as Kafka holds it. */
    public static Change of(RawChange raw, ChangeSummary summary) {
        return new Change(
                raw.key(),
                Utf8.ofNullable(raw.value()),
                raw.partition(),
                raw.offset(),
                raw.timestamp(),
                summary);
    }

    /** When the change was made, in epoch milliseconds. */
    public long eventTime() {
        return summary.timestamp() * 1000;
    }

    /** Its record as Kafka holds it. */
    public RawChange raw() {
        return new RawChange(
                key, original == null ? null : original.toBytes(), partition, offset, recordTime);
    }
}
