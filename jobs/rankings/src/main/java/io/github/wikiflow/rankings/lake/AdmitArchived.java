package io.github.wikiflow.rankings.lake;

import io.github.wikiflow.rankings.change.AdmitChanges;
import io.github.wikiflow.rankings.change.Change;
import io.github.wikiflow.rankings.time.EventTime;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets through the rows of the lake that were in time when they came from Kafka, and counts the
 * late ones. It gets the {@link ClosingOffsets} first and whole: a batch job reads what is
 * broadcast before anything else. They are in no state, because a batch job has no checkpoints; a
 * subtask that is started again gets them again.
 */
final class AdmitArchived
        extends BroadcastProcessFunction<LakeChange, Tuple4<String, Integer, Long, Long>, Change> {

    private static final long serialVersionUID = 1L;

    private final EventTime eventTime;
    private transient ClosingOffsets closings;
    private transient Counter lateChanges;

    AdmitArchived(EventTime eventTime) {
        this.eventTime = eventTime;
    }

    @Override
    public void open(OpenContext context) {
        closings = new ClosingOffsets(eventTime);
        lateChanges = getRuntimeContext().getMetricGroup().counter(AdmitChanges.LATE_CHANGES);
    }

    @Override
    public void processBroadcastElement(
            Tuple4<String, Integer, Long, Long> closing, Context context, Collector<Change> out) {
        closings.add(closing);
    }

    @Override
    public void processElement(LakeChange change, ReadOnlyContext context, Collector<Change> out) {
        long windowStart = eventTime.windowStart(change.eventTime());
        if (closings.isLate(change.partition(), change.offset(), windowStart)) {
            lateChanges.inc();
        } else {
            out.collect(change.toChange());
        }
    }
}
