package io.github.wikiflow.dashboard.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks Flink's REST API for the state of the jobs. Not thread-safe. */
final class FlinkSource {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int OK = 200;
    private static final Set<String> HEALTHY = Set.of("RUNNING", "FINISHED");

    private final HttpSource flink;
    private final Clock clock;
    private final List<String> jobNames;

    /**
     * @param jobNames the jobs to report, in this order
     */
    FlinkSource(URI flink, List<String> jobNames, Clock clock) {
        this.clock = clock;
        this.flink = new HttpSource(flink);
        this.jobNames = jobNames;
    }

    /** The state of every job; those that Flink does not know are reported as not running. */
    List<JobStatus> poll() throws InterruptedException {
        List<JobStatus> statuses = new ArrayList<>(jobNames.size());
        try {
            JsonNode jobs = get("jobs/overview").path("jobs");
            for (String name : jobNames) {
                statuses.add(status(name, newest(jobs, name)));
            }
        } catch (IOException e) {
            statuses.clear();
            String detail = "Flink does not answer at " + flink.base();
            for (String name : jobNames) {
                statuses.add(JobStatus.without(name, Health.UNKNOWN, "unknown", detail));
            }
        }
        return statuses;
    }

    private JobStatus status(String name, @Nullable JsonNode job)
            throws IOException, InterruptedException {
        if (job == null) {
            return JobStatus.without(
                    name, Health.UNHEALTHY, "not running", "Flink knows no job of this name");
        }
        String state = job.path("state").asText();
        JsonNode completed =
                get("jobs/" + job.path("jid").asText() + "/checkpoints")
                        .path("latest")
                        .path("completed");
        boolean known = completed.isObject();
        Instant now = clock.instant();
        JobFailures failures =
                JobFailures.of(get("jobs/" + job.path("jid").asText() + "/exceptions"), now);
        boolean restarts = state.equals("RUNNING") && failures.goOn(now);
        return new JobStatus(
                name,
                restarts ? Health.UNHEALTHY : health(state),
                restarts ? "restarting" : word(state),
                restarts || !HEALTHY.contains(state)
                        ? failures.describe("Flink reports the state " + state)
                        : "Flink reports the state " + state,
                known
                        ? Instant.ofEpochMilli(completed.path("latest_ack_timestamp").asLong())
                        : null,
                known ? Long.valueOf(completed.path("end_to_end_duration").asLong()) : null);
    }

    /** A job that was started again appears more than once. */
    private static @Nullable JsonNode newest(JsonNode jobs, String name) {
        JsonNode newest = null;
        for (JsonNode job : jobs) {
            if (job.path("name").asText().equals(name)
                    && (newest == null
                            || job.path("start-time").asLong()
                                    > newest.path("start-time").asLong())) {
                newest = job;
            }
        }
        return newest;
    }

    private static Health health(String state) {
        return HEALTHY.contains(state) ? Health.HEALTHY : Health.UNHEALTHY;
    }

    /** Flink's states (org.apache.flink.api.common.JobStatus) in plain words. */
    private static String word(String state) {
        return switch (state) {
            case "RUNNING" -> "running";
            case "FINISHED" -> "finished";
            case "INITIALIZING", "CREATED", "RECONCILING" -> "starting";
            case "RESTARTING" -> "restarting";
            case "FAILING", "FAILED" -> "failed";
            case "CANCELLING", "CANCELED" -> "cancelled";
            case "SUSPENDED" -> "suspended";
            default -> "not running";
        };
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = flink.get(path);
        if (response.statusCode() != OK) {
            throw new IOException("status " + response.statusCode() + " for " + path);
        }
        return MAPPER.readTree(response.body());
    }
}
