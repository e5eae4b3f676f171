package io.github.wikiflow.rankings.count;

import io.github.wikiflow.rankings.change.AdmitChanges;
import io.github.wikiflow.rankings.change.LateChange;
import io.github.wikiflow.rankings.time.EventTime;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Makes late changes of the counts that the window operator did not take, because their window had
 * closed while their partition was idle.
 */
public final class LateCounts extends ProcessFunction<BucketCounts, LateChange> {

    private static final long serialVersionUID = 1L;

    private final EventTime eventTime;
    private transient Counter lateChanges;

    public LateCounts(EventTime eventTime) {
        this.eventTime = eventTime;
    }

    @Override
    public void open(OpenContext context) {
        lateChanges = getRuntimeContext().getMetricGroup().counter(AdmitChanges.LATE_CHANGES);
    }

    @Override
    public void processElement(BucketCounts counts, Context context, Collector<LateChange> out) {
        if (counts.original() == null) {
            // Another dimension's count of a change that brings its original with one of them.
            return;
        }
        lateChanges.inc();
        out.collect(
                new LateChange(
                        counts.original(),
                        counts.windowStart(),
                        eventTime.windowEnd(counts.windowStart()),
                        context.timerService().currentWatermark() - context.timestamp()));
    }
}
