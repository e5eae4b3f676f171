package io.github.wikiflow.rankings;

import io.github.wikiflow.events.change.Utf8;
import java.util.Arrays;
import java.util.Set;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Lets through the changes that are to be ranked; hands the late ones to {@link #LATE}, where their
 * originals are still at hand.
 *
 * <p>A change is late if its window had closed for good by the watermark of the change's own
 * partition, which is made of the changes before it in that partition and is kept in state. So the
 * same changes are late at every parallelism, at every reading speed and after every restart. The
 * job's watermark is the least of all partitions, so nothing that is admitted here comes too late
 * further down. The exception is a partition that was idle while the others closed the window: its
 * changes are late as well, by the watermark that {@link ShareWatermarks} hands on.
 */
final class AdmitChanges extends ProcessFunction<Change, Change> implements CheckpointedFunction {

    static final OutputTag<LateChange> LATE = new OutputTag<>("late", CompactType.LATE_CHANGE);

    static final String LATE_CHANGES = "late-changes";

    private static final ListStateDescriptor<Tuple2<Integer, Long>> LATEST_BY_PARTITION =
            new ListStateDescriptor<>("latest-by-partition", Types.TUPLE(Types.INT, Types.LONG));

    private static final long serialVersionUID = 1L;

    private final EventTime eventTime;
    private final Set<String> types;

    private transient ListState<Tuple2<Integer, Long>> state;

    /** By partition: the time of its latest change. */
    private transient long[] latest;

    private transient Counter lateChanges;
    private transient EventLatency latency;

    /**
     * @param types the types of change to rank; empty for all
     */
    AdmitChanges(EventTime eventTime, Set<String> types) {
        this.eventTime = eventTime;
        this.types = Set.copyOf(types);
    }

    @Override
    public void open(OpenContext context) {
        lateChanges = getRuntimeContext().getMetricGroup().counter(LATE_CHANGES);
        latency = new EventLatency(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(Change change, Context context, Collector<Change> out) {
        int partition = change.partition();
        if (partition >= latest.length) {
            extendTo(partition);
        }
        long time = change.eventTime();
        long watermark = eventTime.watermark(latest[partition]);
        latest[partition] = Math.max(latest[partition], time);
        if (!types.isEmpty() && !isRanked(change.summary().type())) {
            return;
        }
        long windowStart = eventTime.windowStart(time);
        // Beyond the partition's own only if the partition was idle, and the others went on.
        watermark = Math.max(watermark, context.timerService().currentWatermark());
        if (eventTime.isLate(windowStart, watermark)) {
            lateChanges.inc();
            context.output(
                    LATE,
                    new LateChange(
                            change.raw(),
                            windowStart,
                            eventTime.windowEnd(windowStart),
                            watermark - time));
            return;
        }
        if (latency.isSample()) {
            latency.add(context.timerService().currentProcessingTime() - time);
        }
        out.collect(change);
    }

    private boolean isRanked(Utf8 type) {
        return type != null && types.contains(type.toString());
    }

    private void extendTo(int partition) {
        int known = latest.length;
        latest = Arrays.copyOf(latest, partition + 1);
        Arrays.fill(latest, known, latest.length, EventTime.NOTHING_SEEN);
    }

    /**
     * Every subtask gets what all have known, since a restart may give a partition to another one.
     * A partition's latest time only rises, so of several memories the highest is right.
     */
    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        latest = new long[0];
        state = context.getOperatorStateStore().getUnionListState(LATEST_BY_PARTITION);
        for (Tuple2<Integer, Long> known : state.get()) {
            if (known.f0 >= latest.length) {
                extendTo(known.f0);
            }
            latest[known.f0] = Math.max(latest[known.f0], known.f1);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        state.clear();
        for (int partition = 0; partition < latest.length; partition++) {
            if (latest[partition] != EventTime.NOTHING_SEEN) {
                state.add(Tuple2.of(partition, latest[partition]));
            }
        }
    }
}
