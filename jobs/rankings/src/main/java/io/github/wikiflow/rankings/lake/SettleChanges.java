package io.github.wikiflow.rankings.lake;

import io.github.wikiflow.lake.LakeProgress;
import io.github.wikiflow.rankings.change.AdmitChanges;
import io.github.wikiflow.rankings.change.Change;
import io.github.wikiflow.rankings.change.EventLatency;
import io.github.wikiflow.rankings.lake.EpochOffsets.Settled;
import io.github.wikiflow.rankings.lake.EpochOffsets.Span;
import io.github.wikiflow.rankings.time.EventTime;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple3;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.api.java.tuple.Tuple7;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Holds the rows of a growing lake until every change before them in their Kafka partition is
 * there; then tells which were late, and makes the watermark of what it has let through.
 *
 * <p>The files have the rows of a partition in no order, but an epoch of the archive is a piece of
 * it without a hole, and files come epoch by epoch: see {@link
 * io.github.wikiflow.lake.LakeProgress}. So with the first row of an epoch all epochs before it are
 * settled. No clock has a part in it: a lake to which nobody writes stands still, and an old one is
 * read as fast as possible. Files' times tell only which partitions are silent; of those that the
 * archive caught up with, one may be hours of records behind another.
 *
 * <p>The archive may go back to an earlier checkpoint and read changes again. Those that were
 * settled before are repeats and left out. If some of their first files are gone before they were
 * read here, what was read of their epochs is forgotten, as all of it comes again.
 *
 * <p>The epoch is the key of the state, so that a backend may have the rows on disk. The input must
 * come from a single reader, and the operator run as a single subtask.
 */
final class SettleChanges extends AbstractStreamOperator<Change>
        implements OneInputStreamOperator<LakeChange, Change> {

    static final String REPEATED_CHANGES = "repeated-changes";
    static final String HELD_CHANGES = "held-changes";

    private static final ListStateDescriptor<LakeChange> HELD =
            new ListStateDescriptor<>("held", LakeChangeSerializer.TYPE);
    private static final ListStateDescriptor<Tuple7<Long, String, Integer, Long, Long, Long, Long>>
            EPOCHS =
                    new ListStateDescriptor<>(
                            "epochs",
                            Types.TUPLE(
                                    Types.LONG,
                                    Types.STRING,
                                    Types.INT,
                                    Types.LONG,
                                    Types.LONG,
                                    Types.LONG,
                                    Types.LONG));
    private static final ListStateDescriptor<Tuple4<String, Integer, Long, Long>> SETTLED =
            new ListStateDescriptor<>(
                    "settled", Types.TUPLE(Types.STRING, Types.INT, Types.LONG, Types.LONG));
    private static final ListStateDescriptor<Tuple4<String, Integer, Long, Long>> CLOSINGS =
            new ListStateDescriptor<>("closings", ClosingOffsets.ENTRY_TYPE);
    private static final ListStateDescriptor<Tuple3<Long, Long, Long>> PROGRESS =
            new ListStateDescriptor<>("progress", Types.TUPLE(Types.LONG, Types.LONG, Types.LONG));

    private static final long serialVersionUID = 1L;

    private final EventTime eventTime;
    private final SelectChanges selection;
    private final long idlenessMillis;

    private transient ListState<LakeChange> held;
    private transient ListState<Tuple7<Long, String, Integer, Long, Long, Long, Long>> epochsState;
    private transient ListState<Tuple4<String, Integer, Long, Long>> settledState;
    private transient ListState<Tuple4<String, Integer, Long, Long>> closingsState;
    private transient ListState<Tuple3<Long, Long, Long>> progressState;

    private transient EpochOffsets epochs;
    private transient ClosingOffsets closings;

    /** Of the rows that have come. */
    private transient long newestEpoch;

    /** From here on the last run that went back was withdrawn. */
    private transient long firstWithdrawn;

    private transient long watermark;
    private transient StreamRecord<Change> reused;
    private transient Counter lateChanges;
    private transient Counter repeatedChanges;
    private transient EventLatency latency;

    /**
     * @param selection what is ranked
     * @param idleness how long a partition may have been silent for others to wait for it, by when
     *     files were written
     */
    SettleChanges(EventTime eventTime, SelectChanges selection, Duration idleness) {
        this.eventTime = eventTime;
        this.selection = selection;
        this.idlenessMillis = idleness.toMillis();
    }

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        OperatorStateStore store = context.getOperatorStateStore();
        epochsState = store.getListState(EPOCHS);
        settledState = store.getListState(SETTLED);
        closingsState = store.getListState(CLOSINGS);
        progressState = store.getListState(PROGRESS);
        epochs = new EpochOffsets();
        for (Tuple7<Long, String, Integer, Long, Long, Long, Long> span : epochsState.get()) {
            epochs.add(
                    span.f0,
                    new TopicPartition(span.f1, span.f2),
                    new Span(span.f3, span.f4, span.f5, span.f6));
        }
        for (Tuple4<String, Integer, Long, Long> end : settledState.get()) {
            epochs.addSettled(new TopicPartition(end.f0, end.f1), new Settled(end.f2, end.f3));
        }
        closings = new ClosingOffsets(eventTime);
        for (Tuple4<String, Integer, Long, Long> closing : closingsState.get()) {
            closings.add(closing);
        }
        newestEpoch = Long.MIN_VALUE;
        firstWithdrawn = Long.MAX_VALUE;
        watermark = Long.MIN_VALUE;
        for (Tuple3<Long, Long, Long> progress : progressState.get()) {
            newestEpoch = progress.f0;
            firstWithdrawn = progress.f1;
            watermark = progress.f2;
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        held = getPartitionedState(HELD);
        reused = new StreamRecord<>(null);
        lateChanges = getMetricGroup().counter(AdmitChanges.LATE_CHANGES);
        repeatedChanges = getMetricGroup().counter(REPEATED_CHANGES);
        getMetricGroup().gauge(HELD_CHANGES, () -> epochs.changes());
        latency = new EventLatency(getMetricGroup());
    }

    @Override
    public void processElement(StreamRecord<LakeChange> element) throws Exception {
        LakeChange change = element.getValue();
        if (change.epoch() > newestEpoch) {
            newestEpoch = change.epoch();
            settle();
            setCurrentKey(change.epoch());
        }
        if (change.isWithdrawal()) {
            withdraw(change.epoch());
            return;
        }
        if (LakeProgress.isFrom(firstWithdrawn, change.epoch())) {
            return;
        }
        if (epochs.isSettled(change.partition(), change.offset())) {
            repeatedChanges.inc();
            return;
        }
        closings.addChange(change.partition(), change.offset(), change.eventTime());
        epochs.add(
                change.epoch(),
                change.partition(),
                new Span(change.offset(), change.offset(), change.fileTime(), 1));
        if (selection.filter(change)) {
            held.add(change);
        }
    }

    private void withdraw(long first) {
        firstWithdrawn = first;
        for (long epoch : epochs.waiting()) {
            if (LakeProgress.isFrom(first, epoch)) {
                setCurrentKey(epoch);
                held.clear();
                epochs.remove(epoch);
            }
        }
    }

    /** Lets go what nothing can come before any more. */
    private void settle() throws Exception {
        boolean settled = false;
        while (!epochs.isEmpty() && epochs.first() < newestEpoch) {
            settleFirst();
            settled = true;
        }
        if (settled) {
            advance();
        }
    }

    private void settleFirst() throws Exception {
        setCurrentKey(epochs.first());
        for (LakeChange change : held.get()) {
            judge(change);
        }
        held.clear();
        epochs.settleFirst();
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

    /** Closes the windows that all partitions have closed, but for those that have been silent. */
    private void advance() {
        long least = Long.MAX_VALUE;
        for (TopicPartition partition : epochs.activePartitions(idlenessMillis)) {
            long firstUnsettled = epochs.firstUnsettled(partition);
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
        epochsState.clear();
        epochs.forEachSpan(
                (epoch, partition, span) ->
                        epochsState.add(
                                Tuple7.of(
                                        epoch,
                                        partition.topic(),
                                        partition.partition(),
                                        span.least(),
                                        span.greatest(),
                                        span.latest(),
                                        span.changes())));
        settledState.clear();
        epochs.forEachSettled(
                (partition, end) ->
                        settledState.add(
                                Tuple4.of(
                                        partition.topic(),
                                        partition.partition(),
                                        end.offset(),
                                        end.latest())));
        closingsState.clear();
        closings.forEach(closingsState::add);
        progressState.update(List.of(Tuple3.of(newestEpoch, firstWithdrawn, watermark)));
    }
}
