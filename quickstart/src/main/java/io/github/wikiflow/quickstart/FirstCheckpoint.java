package io.github.wikiflow.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wikiflow.events.options.OperationException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.flink.api.common.JobID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the archive take checkpoints from when the first events have come until rows of them are in
 * the lake, so that whoever has just started it need not wait for its interval. In a thread of its
 * own.
 */
final class FirstCheckpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FirstCheckpoint.class);
    private static final long LOOK_MILLIS = 1_000;

    private static final long POLL_MILLIS = 100;

    /** Then there is nothing for the lake, or something is wrong, which others say. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Of the few rows that there are. */
    private static final Duration LONGEST_CHECKPOINT = Duration.ofSeconds(5);

    private final FlinkRest flink;
    private final String job;
    private final LongSupplier eventsIn;
    private final LakeRows lake;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread;

    private FirstCheckpoint(FlinkRest flink, JobID job, LongSupplier eventsIn, LakeRows lake) {
        this.flink = flink;
        this.job = "/jobs/" + job.toHexString();
        this.eventsIn = eventsIn;
        this.lake = lake;
        thread = new Thread(this::run, "first checkpoint");
        thread.setDaemon(true);
    }

    /**
     * Starts to look.
     *
     * @param job the archive, which has been submitted
     * @param eventsIn how many events the bridge has forwarded since its start
     */
    static FirstCheckpoint start(FlinkRest flink, JobID job, LongSupplier eventsIn, LakeRows lake) {
        FirstCheckpoint first = new FirstCheckpoint(flink, job, eventsIn, lake);
        first.thread.start();
        return first;
    }

    /**
     * Waits for a checkpoint that has been asked for: Flink's REST server does not stop for minutes
     * unless somebody has asked how it ended.
     */
    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join(LONGEST_CHECKPOINT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            long rows = lake.count();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < deadline
                    && !stopped.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (eventsIn.getAsLong() > 0 && allTasksRun()) {
                    checkpoint();
                }
                long before = rows;
                rows = lake.count();
                if (rows > before) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("The pipeline is stopped", e);
        } catch (IOException | OperationException | FlinkRest.Refusal e) {
            LOG.warn("No checkpoint of the archive before its interval is over", e);
        }
    }

    private boolean allTasksRun() throws InterruptedException {
        JsonNode vertices = flink.get(job).path("vertices");
        boolean run = !vertices.isEmpty();
        for (JsonNode vertex : vertices) {
            run &= vertex.path("status").asText().equals("RUNNING");
        }
        return run;
    }

    /** Returns when it has ended, well or not. */
    private void checkpoint() throws InterruptedException {
        String trigger =
                flink.post(job + "/checkpoints", Map.of("checkpointType", "CONFIGURED"))
                        .path("request-id")
                        .asText();
        while (!flink.get(job + "/checkpoints/" + trigger)
                .path("status")
                .path("id")
                .asText()
                .equals("COMPLETED")) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }
}
