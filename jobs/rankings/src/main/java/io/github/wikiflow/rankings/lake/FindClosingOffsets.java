package io.github.wikiflow.rankings.lake;

import io.github.wikiflow.rankings.time.EventTime;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Finds the {@link ClosingOffsets} of the changes that a subtask reads, and emits them at the end
 * of the input. For batch jobs only, as it has no state.
 */
final class FindClosingOffsets extends AbstractStreamOperator<Tuple4<String, Integer, Long, Long>>
        implements OneInputStreamOperator<LakeChange, Tuple4<String, Integer, Long, Long>> {

    private static final long serialVersionUID = 1L;

    private final EventTime eventTime;
    private transient ClosingOffsets closings;

    FindClosingOffsets(EventTime eventTime) {
        this.eventTime = eventTime;
    }

    @Override
    public void open() throws Exception {
        super.open();
        closings = new ClosingOffsets(eventTime);
    }

    @Override
    public void processElement(StreamRecord<LakeChange> element) {
        LakeChange change = element.getValue();
        closings.addChange(change.partition(), change.offset(), change.eventTime());
    }

    @Override
    public void finish() throws Exception {
        closings.forEach(entry -> output.collect(new StreamRecord<>(entry)));
        super.finish();
    }
}
