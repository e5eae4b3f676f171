package io.github.wikiflow.rankings.change;

import io.github.wikiflow.events.change.Utf8;
import io.github.wikiflow.rankings.time.EventTime;
import java.util.Arrays;
import java.util.Set;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/**
 * Lets through the changes that are to be ranked; hands the late ones to {@link #LATE}, where their
 * originals are still at hand.
 *
 * <p>A change is late if its window had closed for good by the watermark of the change's own
 * partition, which is made of the changes before it in that partition and is kept in state. So the
 * same changes are late at every parallelism, at every reading speed and after every restart. The
 * job's watermark is the least of all partitions, so nothing that is admitted here comes too late
 * further down. The exception is a partition that was idle while the others closed the window. If
 * others of the same subtask have, its changes are late here as well, by the subtask's watermark;
 * what other subtasks have closed meanwhile is found out after the exchange: see {@link
 * LocalCounter}.
 *
 * <p>How far the job was is kept across restarts, so that a change of a partition that was idle
 * does not open a window again that is already final. An operator and not a function, because only
 * an operator sees watermarks.
 */
public final class AdmitChanges extends AbstractStreamOperator<Change>
        implements OneInputStreamOperator<Change, Change> {

    public static final OutputTag<LateChange> LATE =
            new OutputTag<>("late", LateChangeSerializer.TYPE);

    public static final String LATE_CHANGES = "late-changes";

    private static final ListStateDescriptor<Tuple2<Integer, Long>> LATEST_BY_PARTITION =
            new ListStateDescriptor<>("latest-by-partition", Types.TUPLE(Types.INT, Types.LONG));

    /** Of each subtask: its watermark, and whether it is idle. */
    private static final ListStateDescriptor<Tuple2<Long, Boolean>> WATERMARKS =
            new ListStateDescriptor<>("watermarks", Types.TUPLE(Types.LONG, Types.BOOLEAN));

    private static final long serialVersionUID = 1L;

    private final EventTime eventTime;

    /** A copy, so of a type that is serializable. */
    @SuppressWarnings("serial")
    private final Set<String> types;

    private transient ListState<Tuple2<Integer, Long>> latestState;
    private transient ListState<Tuple2<Long, Boolean>> watermarksState;

    /** By partition: the time of its latest change. */
    private transient long[] latest;

    /** The subtask's, or that of the whole job before a restart if it is greater. */
    private transient long watermark;

    private transient boolean idle;
    private transient Counter lateChanges;
    private transient EventLatency latency;

    /**
     * @param types the types of change to rank; empty for all
     */
    public AdmitChanges(EventTime eventTime, Set<String> types) {
        this.eventTime = eventTime;
        this.types = Set.copyOf(types);
    }

    /**
     * Every subtask gets what all have known, since a restart may give a partition to another one.
     * A partition's latest time only rises, so of several memories the highest is right.
     */
    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        latest = new long[0];
        latestState = context.getOperatorStateStore().getUnionListState(LATEST_BY_PARTITION);
        for (Tuple2<Integer, Long> known : latestState.get()) {
            if (known.f0 >= latest.length) {
                extendTo(known.f0);
            }
            latest[known.f0] = Math.max(latest[known.f0], known.f1);
        }
        watermarksState = context.getOperatorStateStore().getUnionListState(WATERMARKS);
        watermark = jobWatermark(watermarksState.get());
    }

    /** The least of the subtasks that are not idle, as Flink has it; if all are, the greatest. */
    private static long jobWatermark(Iterable<Tuple2<Long, Boolean>> subtasks) {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        for (Tuple2<Long, Boolean> subtask : subtasks) {
            greatest = Math.max(greatest, subtask.f0);
            if (!subtask.f1) {
                least = Math.min(least, subtask.f0);
            }
        }
        return least == Long.MAX_VALUE ? greatest : least;
    }

    @Override
    public void open() throws Exception {
        super.open();
        lateChanges = getMetricGroup().counter(LATE_CHANGES);
        latency = new EventLatency(getMetricGroup());
        if (watermark != Long.MIN_VALUE) {
            output.emitWatermark(new Watermark(watermark));
        }
    }

    @Override
    public void processElement(StreamRecord<Change> element) {
        Change change = element.getValue();
        int partition = change.partition();
        if (partition >= latest.length) {
            extendTo(partition);
        }
        long time = change.eventTime();
        long reached = Math.max(watermark, eventTime.watermark(latest[partition]));
        latest[partition] = Math.max(latest[partition], time);
        if (!types.isEmpty() && !isRanked(change.summary().type())) {
            return;
        }
        long windowStart = eventTime.windowStart(time);
        if (eventTime.isLate(windowStart, reached)) {
            lateChanges.inc();
            output.collect(
                    LATE,
                    new StreamRecord<>(
                            new LateChange(
                                    change.raw(),
                                    windowStart,
                                    eventTime.windowEnd(windowStart),
                                    reached - time),
                            time));
            return;
        }
        if (latency.isSample()) {
            latency.add(getProcessingTimeService().getCurrentProcessingTime() - time);
        }
        output.collect(element);
    }

    private boolean isRanked(@Nullable Utf8 type) {
        return type != null && types.contains(type.toString());
    }

    private void extendTo(int partition) {
        int known = latest.length;
        latest = Arrays.copyOf(latest, partition + 1);
        Arrays.fill(latest, known, latest.length, EventTime.NOTHING_SEEN);
    }

    /** The end of all time, which drains the job, is not where its event time goes on from. */
    @Override
    public void processWatermark(Watermark mark) throws Exception {
        if (mark.getTimestamp() > watermark) {
            if (!mark.equals(Watermark.MAX_WATERMARK)) {
                watermark = mark.getTimestamp();
            }
            super.processWatermark(mark);
        }
    }

    @Override
    public void processWatermarkStatus(WatermarkStatus status) throws Exception {
        idle = status.isIdle();
        super.processWatermarkStatus(status);
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        latestState.clear();
        for (int partition = 0; partition < latest.length; partition++) {
            if (latest[partition] != EventTime.NOTHING_SEEN) {
                latestState.add(Tuple2.of(partition, latest[partition]));
            }
        }
        watermarksState.clear();
        watermarksState.add(Tuple2.of(watermark, idle));
    }
}
