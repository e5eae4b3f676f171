package io.github.wikiflow.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wikiflow.events.options.OperationException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
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

    /** Then there is nothing for the lake, or something is wrong, which others say. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final FlinkRest flink;
    private final String job;
    private final LongSupplier eventsIn;
    private final LakeRows lake;
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

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            long rows = lake.count();
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
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
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
    }
}
