package io.github.wikiflow.rankings;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that each subtask knows how far the job's event time can be: never further than the
 * watermark that this operator has handed on. Only so can {@link AdmitChanges}, which has a
 * change's original at hand, tell that the change's window is not yet closed further down.
 *
 * <p>Flink leaves a subtask whose partitions are all idle out of account, and event time passes it
 * by unseen. Here such a subtask takes part: it hands on the least watermark of those that are not
 * idle, which all tell each other once in a while. When all are idle, event time stands still where
 * the one that was furthest has left it.
 *
 * <p>The watermark is also kept across restarts, so that a change of a partition that was idle does
 * not open a window again that is already final.
 */
final class ShareWatermarks extends AbstractStreamOperator<Change>
        implements OneInputStreamOperator<Change, Change> {

    /** How often watermarks are told: an idle subtask follows within two of these. */
    static final Duration INTERVAL = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(ShareWatermarks.class);

    private static final ListStateDescriptor<Long> HANDED_ON =
            new ListStateDescriptor<>("handed-on", Types.LONG);

    private static final long serialVersionUID = 1L;

    private final WatermarkExchange exchange;

    private transient ListState<Long> state;

    /** The subtask's own; the source's latest. */
    private transient long own;

    private transient boolean idle;
    private transient long handedOn;
    private transient boolean ended;
    private transient CompletableFuture<Long> answer;

    ShareWatermarks(WatermarkExchange exchange) {
        this.exchange = exchange;
    }

    /**
     * The least of what the subtasks had handed on is where the job's event time was: further down
     * the same windows were closed, and are closed in their state.
     */
    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
        super.initializeState(context);
        own = Long.MIN_VALUE;
        handedOn = Long.MIN_VALUE;
        state = context.getOperatorStateStore().getUnionListState(HANDED_ON);
        if (context.isRestored()) {
            long least = Long.MAX_VALUE;
            for (long each : state.get()) {
                least = Math.min(least, each);
            }
            handedOn = least == Long.MAX_VALUE ? Long.MIN_VALUE : least;
        }
    }

    @Override
    public void open() throws Exception {
        super.open();
        exchange.open(getRuntimeContext());
        answer = CompletableFuture.completedFuture(WatermarkExchange.UNKNOWN);
        if (handedOn != Long.MIN_VALUE) {
            output.emitWatermark(new Watermark(handedOn));
        }
        planExchange();
    }

    @Override
    public void processElement(StreamRecord<Change> element) {
        output.collect(element);
    }

    @Override
    public void processWatermark(Watermark watermark) {
        own = watermark.getTimestamp();
        handOn(own);
    }

    /** Goes no further: a subtask that is idle hands on what the others are at. */
    @Override
    public void processWatermarkStatus(WatermarkStatus status) {
        idle = status.isIdle();
    }

    /** The end of all time, which drains the job, is not where its event time goes on from. */
    private void handOn(long watermark) {
        if (ended || watermark <= handedOn) {
            return;
        }
        if (watermark == Long.MAX_VALUE) {
            ended = true;
        } else {
            handedOn = watermark;
        }
        output.emitWatermark(new Watermark(watermark));
    }

    private void planExchange() {
        long now = getProcessingTimeService().getCurrentProcessingTime();
        getProcessingTimeService().registerTimer(now + INTERVAL.toMillis(), this::exchange);
    }

    private void exchange(long time) {
        if (answer.isDone()) {
            if (idle) {
                handOn(answer.exceptionally(ShareWatermarks::unanswered).join());
            }
            answer = exchange.share(own, idle);
        }
        planExchange();
    }

    /** Event time may wait for the next answer; what keeps them away fails the job elsewhere. */
    private static long unanswered(Throwable failure) {
        LOG.debug("The watermarks of other subtasks could not be learnt", failure);
        return WatermarkExchange.UNKNOWN;
    }

    @Override
    public void snapshotState(StateSnapshotContext context) throws Exception {
        super.snapshotState(context);
        state.clear();
        state.add(handedOn);
    }

    @Override
    public void close() throws Exception {
        exchange.close();
        super.close();
    }
}
