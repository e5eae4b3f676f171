package io.github.wikiflow.rankings.lake;

import io.github.wikiflow.rankings.change.AdmitChanges;
import io.github.wikiflow.rankings.change.Change;
import io.github.wikiflow.rankings.change.EventLatency;
import io.github.wikiflow.rankings.lake.BatchOffsets.Span;
import io.github.wikiflow.rankings.time.EventTime;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.tuple.Tuple5;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Holds the rows of a growing lake until every change before them in their Kafka partition must be
 * there; then tells which were late, and makes the watermark of what it has let through.
 *
 * <p>The archive writes the rows of a partition neither in their order nor at once: those of a busy
 * wiki long before those of a quiet one. But it holds none for longer than a known time, the
 * <em>lake delay</em>. So once a file has come that was written by more than the delay after
 * another one, nothing can be missing before the rows of that other one. Time is what the files
 * say, not the clock: a lake to which nobody writes stands still, and an old one is read as fast as
 * possible. A row that breaks the rule is let through at once, if it was not late, and counted.
 *
 * <p>Rows are held in batches, of files that were written at about the same time. The batch is the
 * key of the state, so that a backend may have the rows on disk. The input must come from a single
 * reader, and the operator run as a single subtask.
 */
final class SettleChanges extends AbstractStreamOperator<Change>
        implements OneInputStreamOperator<LakeChange, Change> {

    static final String CHANGES_AFTER_DELAY = "changes-after-delay";
    static final String HELD_CHANGES = "held-changes";

    private static final int BATCHES_IN_A_DELAY = 16;

    private static final ListStateDescriptor<LakeChange> HELD =
            new ListStateDescriptor<>("held", LakeChangeSerializer.TYPE);
    private static final ListStateDescriptor<Tuple5<Long, Integer, Long, Long, Long>> BATCHES =
            new ListStateDescriptor<>(
                    "batches",
                    Types.TUPLE(Types.LONG, Types.INT, Types.LONG, Types.LONG, Types.LONG));
    private static final ListStateDescriptor<Tuple2<Integer, Long>> SETTLED =
            new ListStateDescriptor<>("settled", Types.TUPLE(Types.INT, Types.LONG));
    private static final ListStateDescriptor<Tuple3<Integer, Long, Long>> CLOSINGS =
            new ListStateDescriptor<>("closings", Types.TUPLE(Types.INT, Types.LONG, Types.LONG));
    private static final ListStateDescriptor<Tuple2<Long, Long>> PROGRESS =
            new ListStateDescriptor<>("progress", Types.TUPLE(Types.LONG, Types.LONG));

    private static final long serialVersionUID = 1L;

    private final EventTime eventTime;
    private final SelectChanges selection;
    private final long delayMillis;

    private transient ListState<LakeChange> held;
    private transient ListState<Tuple5<Long, Integer, Long, Long, Long>> batchesState;
    private transient ListState<Tuple2<Integer, Long>> settledState;
    private transient ListState<Tuple3<Integer, Long, Long>> closingsState;
    private transient ListState<Tuple2<Long, Long>> progressState;

    private transient BatchOffsets batches;
    private transient ClosingOffsets closings;

    /** When the newest file was written. */
    private transient long newestFile;

    private transient long watermark;
    private transient StreamRecord<Change> reused;
    private transient Counter lateChanges;
    private transient Counter changesAfterDelay;
    private transient EventLatency latency;

    /**
     * @param selection what is ranked
     * @param delay how much later than a row the archive may write one that was before it
     */
    SettleChanges(EventTime eventTime, SelectChanges selection, Duration delay) {
        this.eventTime = eventTime;
        this.selection = selection;
        this.delayMillis = delay.toMillis();
    }

    /** What rows are partitioned by: when their file was written, rounded down. */
    static long batch(LakeChange change, Duration delay) {
        return change.fileTime() - Math.floorMod(change.fileTime(), batchMillis(delay.toMillis()));
    }

    private static long batchMillis(long delayMillis) {
        return Math.max(1, delayMillis / BATCHES_IN_A_DELAY);
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        OperatorStateStore store = context.getOperatorStateStore();
        batchesState = store.getListState(BATCHES);
        settledState = store.getListState(SETTLED);
        closingsState = store.getListState(CLOSINGS);
        progressState = store.getListState(PROGRESS);
        batches = new BatchOffsets();
        for (Tuple5<Long, Integer, Long, Long, Long> span : batchesState.get()) {
            batches.add(span.f0, span.f1, new Span(span.f2, span.f3, span.f4));
        }
        for (Tuple2<Integer, Long> partition : settledState.get()) {
            batches.addSettled(partition.f0, partition.f1);
        }
        closings = new ClosingOffsets(eventTime);
        for (Tuple3<Integer, Long, Long> closing : closingsState.get()) {
            closings.add(closing.f0, closing.f1, closing.f2);
        }
        newestFile = Long.MIN_VALUE;
        watermark = Long.MIN_VALUE;
        for (Tuple2<Long, Long> progress : progressState.get()) {
            newestFile = progress.f0;
            watermark = progress.f1;
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        held = getPartitionedState(HELD);
        reused = new StreamRecord<>(null);
        lateChanges = getMetricGroup().counter(AdmitChanges.LATE_CHANGES);
        changesAfterDelay = getMetricGroup().counter(CHANGES_AFTER_DELAY);
        getMetricGroup().gauge(HELD_CHANGES, () -> batches.changes());
        latency = new EventLatency(getMetricGroup());
    }

    @Override
    public void processElement(StreamRecord<LakeChange> element) throws Exception {
        LakeChange change = element.getValue();
        closings.addChange(change.partition(), change.offset(), change.eventTime());
        long batch = (Long) getCurrentKey();
        if (isSettled(batch)) {
            changesAfterDelay.inc();
            if (selection.filter(change)) {
                judge(change);
            }
            return;
        }
        batches.add(batch, change.partition(), new Span(change.offset(), change.offset(), 1));
        if (selection.filter(change)) {
            held.add(change);
        }
        if (change.fileTime() > newestFile) {
            newestFile = change.fileTime();
            settle();
        }
    }

    private boolean isSettled(long batch) {
        return batch + batchMillis(delayMillis) + delayMillis <= newestFile;
    }

    /** Lets go what nothing can come before any more. */
    private void settle() throws Exception {
        boolean settled = false;
        while (!batches.isEmpty() && isSettled(batches.first())) {
            settleFirst();
            settled = true;
        }
        if (settled) {
            advance();
        }
    }

    private void settleFirst() throws Exception {
        setCurrentKey(batches.first());
        for (LakeChange change : held.get()) {
            judge(change);
        }
        held.clear();
        batches.settleFirst();
    }

    private void judge(LakeChange change) {
        long windowStart = eventTime.windowStart(change.eventTime());
        // The watermark is beyond the partition's own only if the partition was silent.
        if (closings.isLate(change.partition(), change.offset(), windowStart)
                || eventTime.isLate(windowStart, watermark)) {
            lateChanges.inc();
            return;
        }
        if (latency.isSample()) {
            latency.add(getProcessingTimeService().getCurrentProcessingTime() - change.eventTime());
        }
        output.collect(reused.replace(change.toChange(), change.eventTime()));
    }

    /**
     * Closes the windows that all partitions have closed, but for those of which nothing waits: a
     * partition that has been silent for the whole delay holds up no other.
     */
    private void advance() {
        long least = Long.MAX_VALUE;
        for (int partition : batches.waitingPartitions()) {
            long firstUnsettled = batches.firstUnsettled(partition);
            OptionalLong closed = closings.lastClosed(partition, firstUnsettled);
            if (closed.isEmpty()) {
                return;
            }
            closings.forgetBefore(partition, firstUnsettled);
            least = Math.min(least, eventTime.finalAt(closed.getAsLong()));
        }
        if (least != Long.MAX_VALUE && least > watermark) {
            watermark = least;
            output.emitWatermark(new Watermark(watermark));
        }
    }

    /**
     * The watermarks of the input mean nothing. There is one only if the job is drained, and then
     * what is held waits in the savepoint for what may still be missing before it.
     */
    @Override
    public void processWatermark(Watermark mark) {}

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        batchesState.clear();
        batches.forEachSpan(
                (batch, partition, span) ->
                        batchesState.add(
                                Tuple5.of(
                                        batch,
                                        partition,
                                        span.least(),
                                        span.greatest(),
                                        span.changes())));
        settledState.clear();
        batches.forEachSettled(
                (partition, offset) -> settledState.add(Tuple2.of(partition, offset)));
        closingsState.clear();
        closings.forEach(
                (partition, windowStart, offset) ->
                        closingsState.add(Tuple3.of(partition, windowStart, offset)));
        progressState.update(List.of(Tuple2.of(newestFile, watermark)));
    }
}
