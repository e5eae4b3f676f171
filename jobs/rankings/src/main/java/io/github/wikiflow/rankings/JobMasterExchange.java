package io.github.wikiflow.rankings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.taskexecutor.GlobalAggregateManager;
import org.apache.flink.streaming.api.operators.StreamingRuntimeContext;

/**
 * The exchange by way of the job's master, which aggregates for all subtasks of a job. It answers
 * to blocking calls, so they are made by a thread of their own.
 */
final class JobMasterExchange implements WatermarkExchange {

    private static final String NAME = RankingsJob.NAME + "-progress";

    private static final long serialVersionUID = 1L;

    private transient GlobalAggregateManager master;
    private transient JobProgress progress;
    private transient int attempt;
    private transient int subtask;
    private transient ExecutorService caller;

    @Override
    public void open(StreamingRuntimeContext context) {
        TaskInfo task = context.getTaskInfo();
        master = context.getGlobalAggregateManager();
        progress = new JobProgress(task.getNumberOfParallelSubtasks());
        attempt = task.getAttemptNumber();
        subtask = task.getIndexOfThisSubtask();
        caller =
                Executors.newSingleThreadExecutor(
                        run -> {
                            Thread thread = new Thread(run, NAME);
                            thread.setDaemon(true);
                            return thread;
                        });
    }

    @Override
    public CompletableFuture<Long> share(long watermark, boolean idle) {
        return CompletableFuture.supplyAsync(() -> ask(watermark, idle), caller);
    }

    private long ask(long watermark, boolean idle) {
        try {
            // An array, since the master's RPC knows no classes of the job.
            return master.updateGlobalAggregate(
                    NAME, new long[] {attempt, subtask, watermark, idle ? 1 : 0}, progress);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (caller != null) {
            caller.shutdownNow();
        }
    }
}
