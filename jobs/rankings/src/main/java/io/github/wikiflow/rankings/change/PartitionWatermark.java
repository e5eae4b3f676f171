package io.github.wikiflow.rankings.change;

import io.github.wikiflow.rankings.time.EventTime;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * The watermark of one Kafka partition, as {@link EventTime#watermark} has it. The source holds one
 * per partition and hands on the least of them, so that a partition that is read more slowly loses
 * nothing.
 */
public final class PartitionWatermark implements WatermarkGenerator<Change> {

    private final EventTime eventTime;
    private long latest = EventTime.NOTHING_SEEN;

    public PartitionWatermark(EventTime eventTime) {
        this.eventTime = eventTime;
    }

    @Override
    public void onEvent(Change change, long timestamp, WatermarkOutput output) {
        latest = Math.max(latest, change.eventTime());
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        if (latest != EventTime.NOTHING_SEEN) {
            output.emitWatermark(new Watermark(eventTime.watermark(latest)));
        }
    }
}
