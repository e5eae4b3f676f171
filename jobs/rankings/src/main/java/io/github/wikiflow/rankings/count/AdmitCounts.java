package io.github.wikiflow.rankings.count;

import io.github.wikiflow.rankings.change.AdmitChanges;
import io.github.wikiflow.rankings.change.LateChange;
import io.github.wikiflow.rankings.time.EventTime;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Lets through the counts whose window is open for their bucket; hands the others, whose window
 * closed while their partition was idle, to {@link AdmitChanges#LATE}.
 *
 * <p>Stands before the window operator, in the same subtask, so both have the same watermark. But
 * Flink restores no watermark, and the source may go on from an older one: a partition that has
 * been idle holds the subtask back as soon as it wakes, while the window operator's watermark never
 * falls. So each bucket keeps in its state which windows have closed, by a timer at the end of each
 * from its first count on.
 */
public final class AdmitCounts extends KeyedProcessFunction<Integer, BucketCounts, BucketCounts> {

    private static final ValueStateDescriptor<Long> LAST_CLOSED =
            new ValueStateDescriptor<>("last-closed", Types.LONG);

    private static final long serialVersionUID = 1L;

    private final EventTime eventTime;

    /** The start of the last window that has closed for good; null before the first. */
    private transient ValueState<Long> lastClosed;

    private transient Counter lateChanges;

    public AdmitCounts(EventTime eventTime) {
        this.eventTime = eventTime;
    }

    @Override
    public void open(OpenContext context) {
        lastClosed = getRuntimeContext().getState(LAST_CLOSED);
        lateChanges = getRuntimeContext().getMetricGroup().counter(AdmitChanges.LATE_CHANGES);
    }

    @Override
    public void processElement(BucketCounts counts, Context context, Collector<BucketCounts> out)
            throws Exception {
        long window = counts.windowStart();
        long watermark = context.timerService().currentWatermark();
        Long last = lastClosed.value();
        if ((last == null || window > last) && !eventTime.isLate(window, watermark)) {
            context.timerService().registerEventTimeTimer(eventTime.finalAt(window));
            out.collect(counts);
        } else if (counts.original() != null) {
            // Another dimension's count of the same change comes without the original.
            lateChanges.inc();
            long closedAt = Math.max(watermark, eventTime.finalAt(window));
            context.output(
                    AdmitChanges.LATE,
                    new LateChange(
                            counts.original(),
                            window,
                            eventTime.windowEnd(window),
                            closedAt - context.timestamp()));
        }
    }

    /** The end of all time, at which bounded input ends, is followed by nothing. */
    @Override
    public void onTimer(long time, OnTimerContext context, Collector<BucketCounts> out)
            throws Exception {
        TimerService timers = context.timerService();
        if (timers.currentWatermark() == Long.MAX_VALUE) {
            return;
        }
        long closed = eventTime.lastClosed(timers.currentWatermark());
        lastClosed.update(closed);
        timers.registerEventTimeTimer(eventTime.finalAt(eventTime.windowEnd(closed)));
    }
}
