package io.github.wikiflow.faults.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;

/** What an attack asks of Flink's REST API. Thread-safe. */
public final class FlinkRest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final URI address;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final ObjectMapper json = new ObjectMapper();

    /**
     * @param address of the JobManager's REST API
     */
    public FlinkRest(URI address) {
        this.address = address;
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

    /** How many TaskManagers have registered. */
    public int taskManagers() throws IOException, InterruptedException {
        return get("/taskmanagers").path("taskmanagers").size();
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
        HttpRequest request =
                HttpRequest.newBuilder(address.resolve("/jobs/%s/stop".formatted(job)))
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json.writeValueAsString(body)))
                        .build();
        return send(request).path("request-id").asText();
    }

    /**
     * Where the savepoint is.
     *
     * @return null while it is being written
     * @throws IOException if it failed
     */
    public String savepoint(JobID job, String trigger) throws IOException, InterruptedException {
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
        return send(HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT).build());
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        var answer = client.send(request, BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException(
                    "%s answers %d".formatted(request.uri().getPath(), answer.statusCode()));
        }
        return json.readTree(answer.body());
    }
}
