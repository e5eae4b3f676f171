package io.github.wikiflow.harness.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.quickstart.FlinkRest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.jspecify.annotations.Nullable;

/** What the harness asks of a Flink cluster. Thread-safe. */
public final class FlinkCluster {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final FlinkRest rest;

    /**
     * @param address of the JobManager's REST API
     */
    public FlinkCluster(URI address) {
        this.rest = new FlinkRest(address, TIMEOUT);
    }

    /**
     * The jobs that the JobManager knows, ended ones included.
     *
     * @throws IOException if it does not answer
     */
    public Map<JobID, JobStatus> jobs() throws IOException, InterruptedException {
        Map<JobID, JobStatus> jobs = new HashMap<>();
        for (JsonNode job : get("/jobs").path("jobs")) {
            jobs.put(
                    JobID.fromHexString(job.path("id").asText()),
                    JobStatus.valueOf(job.path("status").asText()));
        }
        return jobs;
    }

    /** Whether a job runs with all its tasks. */
    boolean allTasksRun(JobID job) throws IOException, InterruptedException {
        for (JsonNode each : get("/jobs/overview").path("jobs")) {
            JsonNode tasks = each.path("tasks");
            if (each.path("jid").asText().equals(job.toHexString())) {
                return tasks.path("total").asInt() > 0
                        && tasks.path("running").asInt() == tasks.path("total").asInt();
            }
        }
        return false;
    }

    /** The size of a job's latest completed checkpoint in bytes; 0 if it has none. */
    public long stateBytes(JobID job) throws IOException, InterruptedException {
        return get("/jobs/%s/checkpoints".formatted(job))
                .path("latest")
                .path("completed")
                .path("state_size")
                .asLong();
    }

    /**
     * Begins to stop a job with a savepoint.
     *
     * @param drain whether the job shall end all its windows
     * @param folder for the savepoint
     * @return under what to ask {@link #savepoint}
     */
    public String stop(JobID job, boolean drain, String folder)
            throws IOException, InterruptedException {
        Map<String, Object> body = Map.of("drain", drain, "targetDirectory", folder);
        return answer(() -> rest.post("/jobs/%s/stop".formatted(job), body))
                .path("request-id")
                .asText();
    }

    /**
     * Where the savepoint is.
     *
     * @return null while it is being written
     * @throws IOException if it failed
     */
    public @Nullable String savepoint(JobID job, String trigger)
            throws IOException, InterruptedException {
        JsonNode answer = get("/jobs/%s/savepoints/%s".formatted(job, trigger));
        if (!answer.path("status").path("id").asText().equals("COMPLETED")) {
            return null;
        }
        JsonNode location = answer.path("operation").path("location");
        if (location.isMissingNode()) {
            throw new IOException(
                    "no savepoint: "
                            + answer.path("operation")
                                    .path("failure-cause")
                                    .path("class")
                                    .asText());
        }
        return location.asText();
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return answer(() -> rest.get(path));
    }

    /** What is not answered and what is refused is the same to whoever tries again. */
    private static JsonNode answer(Request request) throws IOException, InterruptedException {
        try {
            return request.send();
        } catch (OperationException | FlinkRest.Refusal e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private interface Request {
        JsonNode send() throws InterruptedException;
    }
}
