package io.github.wikiflow.rankings;

import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;

/** What the subtasks of an operator tell each other: how far each of them is in event time. */
interface WatermarkExchange extends Serializable {

    /** When a subtask has not yet said how far it is. */
    long UNKNOWN = Long.MIN_VALUE;

    /** Called once, before all else. */
    void open(StreamingRuntimeContext context);

    /**
     * Tells how far this subtask is. Does not block.
     *
     * @param watermark of this subtask's own partitions, in epoch milliseconds
     * @param idle whether all of them are silent
     * @return how far the job is: the least watermark of the subtasks that are not idle, or if all
     *     are, the greatest of all; or {@link #UNKNOWN}; fails if nobody could be asked
     */
    CompletableFuture<Long> share(long watermark, boolean idle);

    /** Called once, after all else. */
    void close();
}
