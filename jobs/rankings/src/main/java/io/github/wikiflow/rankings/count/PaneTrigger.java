package io.github.wikiflow.rankings.count;

import java.time.Duration;
import org.apache.flink.streaming.api.windowing.triggers.Trigger;
import org.apache.flink.streaming.api.windowing.triggers.TriggerResult;
import org.apache.flink.streaming.api.windowing.windows.TimeWindow;

/**
 * Makes a bucket report: every interval of processing time while the window is open and something
 * has changed, once the watermark reaches the window's end, and at once whenever a straggler
 * corrects it afterwards. Never purges: the window operator drops the window when its lateness has
 * run out.
 *
 * <p>Reports are due at multiples of the interval, so that all buckets report at the same moment
 * and one timer stands for any number of changes without a state that remembers it.
 */
public final class PaneTrigger extends Trigger<BucketCounts, TimeWindow> {

    private static final long serialVersionUID = 1L;

    private final long intervalMillis;

    public PaneTrigger(Duration updateInterval) {
        this.intervalMillis = updateInterval.toMillis();
    }

    @Override
    public TriggerResult onElement(
            BucketCounts element, long timestamp, TimeWindow window, TriggerContext context) {
        if (window.maxTimestamp() <= context.getCurrentWatermark()) {
            return TriggerResult.FIRE;
        }
        context.registerEventTimeTimer(window.maxTimestamp());
        context.registerProcessingTimeTimer(nextReport(context));
        return TriggerResult.CONTINUE;
    }

    @Override
    public TriggerResult onEventTime(long time, TimeWindow window, TriggerContext context) {
        if (time != window.maxTimestamp()) {
            return TriggerResult.CONTINUE;
        }
        context.deleteProcessingTimeTimer(nextReport(context));
        return TriggerResult.FIRE;
    }

    @Override
    public TriggerResult onProcessingTime(long time, TimeWindow window, TriggerContext context) {
        return TriggerResult.FIRE;
    }

    @Override
    public void clear(TimeWindow window, TriggerContext context) {
        context.deleteEventTimeTimer(window.maxTimestamp());
        context.deleteProcessingTimeTimer(nextReport(context));
    }

    private long nextReport(TriggerContext context) {
        long now = context.getCurrentProcessingTime();
        return now - Math.floorMod(now, intervalMillis) + intervalMillis;
    }
}
