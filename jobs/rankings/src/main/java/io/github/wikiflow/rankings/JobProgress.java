package io.github.wikiflow.rankings;

import org.apache.flink.api.common.functions.AggregateFunction;

/**
 * How far a job is in event time, by what all its subtasks have reported: see {@link
 * WatermarkExchange#share}. A report is an array of the subtask's attempt, its index, its
 * watermark, and 1 if it is idle, else 0; the master's RPC knows no classes of the job. What was
 * reported before a restart, at which event time goes back, is forgotten.
 */
final class JobProgress implements AggregateFunction<long[], JobProgress.Reports, Long> {

    private static final long serialVersionUID = 1L;

    private final int parallelism;

    JobProgress(int parallelism) {
        this.parallelism = parallelism;
    }

    /** The latest report of each subtask in an attempt, null before the first. */
    record Reports(long attempt, long[][] bySubtask) {}

    @Override
    public Reports createAccumulator() {
        return new Reports(Long.MIN_VALUE, new long[parallelism][]);
    }

    @Override
    public Reports add(long[] report, Reports known) {
        long attempt = report[0];
        if (attempt < known.attempt) {
            return known;
        }
        boolean isSameRun = attempt == known.attempt && known.bySubtask.length == parallelism;
        Reports current = isSameRun ? known : new Reports(attempt, new long[parallelism][]);
        current.bySubtask[(int) report[1]] = report;
        return current;
    }

    @Override
    public Long getResult(Reports known) {
        long least = Long.MAX_VALUE;
        long greatest = Long.MIN_VALUE;
        boolean allAreIdle = true;
        for (long[] report : known.bySubtask) {
            if (report == null) {
                return WatermarkExchange.UNKNOWN;
            }
            long watermark = report[2];
            greatest = Math.max(greatest, watermark);
            if (report[3] == 0) {
                allAreIdle = false;
                least = Math.min(least, watermark);
            }
        }
        return allAreIdle ? greatest : least;
    }

    /** Not called: the master has one accumulator. */
    @Override
    public Reports merge(Reports left, Reports right) {
        throw new UnsupportedOperationException("reports have one accumulator");
    }
}
