package io.github.wikiflow.rankings.count;

import io.github.wikiflow.events.ranking.Dimension;
import io.github.wikiflow.jobs.RawChange;
import io.github.wikiflow.rankings.change.Change;
import io.github.wikiflow.rankings.time.EventTime;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;

/**
 * Counts changes before the exchange, so that what crosses it is one record per bucket and flush
 * instead of one per change and dimension.
 *
 * <p>Flushes before every watermark and before falling idle, so that no count comes later than its
 * changes would have; before every checkpoint barrier, so that no count is in state; when it holds
 * {@value #MAX_ITEMS} items; and when none of that has happened for {@value #PATIENCE_MILLIS} ms,
 * so that a change waits less than twice as long. An operator and not a function, because only an
 * operator sees watermarks and barriers.
 *
 * <p>While a subtask is idle, Flink leaves it out of the job's event time, and the others may close
 * windows for which it still gets changes. It cannot know which, but by the clock which ones at
 * most: no change is ahead of its time by more than the future tolerance. Changes of those windows
 * are handed on one by one and with their originals, so that {@link AdmitCounts}, which knows, can
 * tell which come too late. A restart may give a partition that has been idle to any subtask, so
 * what one of them cannot know is kept in state for all.
 */
public final class LocalCounter extends AbstractStreamOperator<BucketCounts>
        implements OneInputStreamOperator<Change, BucketCounts> {

    public static final int MAX_ITEMS = 200_000;
    public static final long PATIENCE_MILLIS = 200;

    private static final long serialVersionUID = 1L;

    /** Of each subtask: a watermark that it has not passed, and whether the job may be ahead. */
    private static final ListStateDescriptor<Tuple2<Long, Boolean>> WATERMARKS =
            new ListStateDescriptor<>(
                    "watermarks-before-exchange", Types.TUPLE(Types.LONG, Types.BOOLEAN));

    private final EventTime eventTime;
    private final EnumSet<Dimension> dimensions;
    private final boolean bounded;
    private final long futureToleranceMillis;

    private transient LocalCounts counts;
    private transient ListState<Tuple2<Long, Boolean>> watermarksState;
    private transient long watermark;

    /** This subtask's watermark, or before a restart the greatest of any. */
    private transient long greatestKnown;

    /** A watermark that the job has not passed while this subtask was idle. */
    private transient long passedAtMost;

    /** Told some time after the first change that ends it. */
    private transient boolean idle;

    private transient boolean flushPlanned;
    private transient boolean flushedSincePlanned;
    private transient StreamRecord<BucketCounts> reused;

    /**
     * @param bounded whether the input has an end of its own, at which every window is complete
     * @param futureTolerance how far a change may be ahead of the clock
     */
    public LocalCounter(
            EventTime eventTime,
            Set<Dimension> dimensions,
            boolean bounded,
            Duration futureTolerance) {
        this.eventTime = eventTime;
        this.dimensions = EnumSet.copyOf(dimensions);
        this.bounded = bounded;
        this.futureToleranceMillis = futureTolerance.toMillis();
    }

    /** Before the restart the job had not passed the greatest watermark of its subtasks. */
    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        watermark = Long.MIN_VALUE;
        passedAtMost = Long.MIN_VALUE;
        watermarksState = context.getOperatorStateStore().getUnionListState(WATERMARKS);
        greatestKnown = Long.MIN_VALUE;
        boolean behind = false;
        for (Tuple2<Long, Boolean> subtask : watermarksState.get()) {
            greatestKnown = Math.max(greatestKnown, subtask.f0);
            behind |= subtask.f1;
        }
        if (behind) {
            passedAtMost = greatestKnown;
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        counts = new LocalCounts(eventTime, dimensions);
        reused = new StreamRecord<>(null);
    }

    @Override
    public void processElement(StreamRecord<Change> element) {
        Change change = element.getValue();
        if (idle) {
            markAsPassed();
        }
        long windowStart = eventTime.windowStart(change.eventTime());
        if (eventTime.isLate(windowStart, passedAtMost)) {
            handOnAlone(change);
            return;
        }
        counts.add(change);
        if (counts.items() > MAX_ITEMS) {
            flush();
        } else if (!flushPlanned) {
            planFlush();
        }
    }

    private void markAsPassed() {
        passedAtMost =
                getProcessingTimeService().getCurrentProcessingTime() + futureToleranceMillis;
    }

    /** With its original in one of the dimensions that it counts in. */
    private void handOnAlone(Change change) {
        flush();
        counts.add(change);
        RawChange[] original = {change.raw()};
        counts.drainTo(
                each -> {
                    BucketCounts alone =
                            new BucketCounts(
                                    each.dimension(),
                                    each.bucket(),
                                    each.windowStart(),
                                    each.counts(),
                                    original[0]);
                    original[0] = null;
                    output.collect(reused.replace(alone, change.eventTime()));
                });
    }

    private void planFlush() {
        flushPlanned = true;
        flushedSincePlanned = false;
        long now = getProcessingTimeService().getCurrentProcessingTime();
        getProcessingTimeService().registerTimer(now + PATIENCE_MILLIS, this::flushAsPlanned);
    }

    private void flushAsPlanned(long time) {
        flushPlanned = false;
        if (!flushedSincePlanned) {
            flush();
        } else if (!counts.isEmpty()) {
            planFlush();
        }
    }

    private void flush() {
        counts.drainTo(this::emit);
        flushedSincePlanned = true;
    }

    private void emit(BucketCounts bucket) {
        output.collect(reused.replace(bucket, bucket.windowStart()));
    }

    /**
     * The end of all time ends bounded input only. Of a topic without an end it tells that the job
     * is being drained; its open windows go on from the savepoint, and must not be final before.
     */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        flush();
        if (bounded || !mark.equals(Watermark.MAX_WATERMARK)) {
            watermark = mark.getTimestamp();
            greatestKnown = Math.max(greatestKnown, watermark);
            super.processWatermark(mark);
        }
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        flush();
        idle = status.isIdle();
        markAsPassed();
        super.processWatermarkStatus(status);
    }

    @Override
    public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
        flush();
        super.prepareSnapshotPreBarrier(checkpointId);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        watermarksState.clear();
        watermarksState.add(Tuple2.of(greatestKnown, idle || watermark < passedAtMost));
    }

    @Override
    public void finish() throws Exception {
        flush();
        super.finish();
    }
}
