package io.github.wikiflow.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.quickstart.JobSubmission.Output;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the pipeline's jobs on a session cluster without a high availability service: when the
 * JobManager starts anew, after a crash as after {@code docker compose down}, it knows no job, and
 * each is submitted from where it was. A job that it knows is left alone, whether it runs, was
 * cancelled, stopped or has failed: what an operator has stopped stays stopped.
 *
 * <p>Not thread-safe.
 */
final class JobKeeper {

    /** With what they are told if they go back. */
    static final Map<String, Output> JOBS =
            Map.of("wikiflow-archive", Output.TAKES_BACK, "wikiflow-rankings", Output.REPLACES);

    private static final Logger LOG = LoggerFactory.getLogger(JobKeeper.class);
    private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");

    private final FlinkRest flink;
    private final Configuration cluster;
    private final Path jars;
    private final Path state;
    private final PrintStream console;

    /** What was last said of a job, so that it is not said again every few seconds. */
    private final Map<String, String> said = new HashMap<>();

    /**
     * @param cluster Flink's configuration for its clients
     * @param jars folder with a jar for each job, by the job's name
     * @param state folder of the cluster's {@code checkpoints} and {@code savepoints}
     */
    JobKeeper(FlinkRest flink, Configuration cluster, Path jars, Path state, PrintStream console) {
        this.flink = flink;
        this.cluster = cluster;
        this.jars = jars;
        this.state = state;
        this.console = console;
    }

    /**
     * Submits each job that the JobManager does not know. What does not work is said once, and
     * tried again at the next look; no answer is no news, since the JobManager starts or is away.
     *
     * @return whether all tasks of all jobs run
     */
    boolean look() throws InterruptedException {
        JsonNode known;
        try {
            known = known();
        } catch (OperationException | FlinkRest.Refusal e) {
            LOG.debug("The JobManager does not answer", e);
            return false;
        }
        boolean running = true;
        for (String job : JOBS.keySet()) {
            JsonNode newest = newest(known, job);
            running &= newest != null && runs(newest);
            if (newest != null) {
                said.remove(job);
                continue;
            }
            try {
                submit(job);
            } catch (OperationException e) {
                String why = String.valueOf(e.getMessage());
                if (!why.equals(said.put(job, why))) {
                    console.printf("%s cannot run yet: %s%n", job, why);
                }
            }
        }
        return running;
    }

    /**
     * Submits a job unless it runs.
     *
     * @throws OperationException if it is refused, or Flink does not answer
     */
    void submitUnlessRunning(String job) throws InterruptedException {
        JsonNode newest = newest(known(), job);
        if (newest == null || ENDED.contains(newest.path("state").asText())) {
            submit(job);
        } else {
            console.println(job + " runs already");
        }
    }

    /** A line for each job of which not all tasks run; none if all is well. */
    List<String> notRunning() throws InterruptedException {
        List<String> lines = new ArrayList<>();
        JsonNode known = known();
        for (String job : JOBS.keySet()) {
            JsonNode newest = newest(known, job);
            if (newest == null || !runs(newest)) {
                lines.add(
                        "%s: %s"
                                .formatted(
                                        job,
                                        newest == null
                                                ? "not submitted"
                                                : "%s, %d of %d tasks run"
                                                        .formatted(
                                                                newest.path("state").asText(),
                                                                newest.path("tasks")
                                                                        .path("running")
                                                                        .asInt(),
                                                                newest.path("tasks")
                                                                        .path("total")
                                                                        .asInt())));
            }
        }
        return lines;
    }

    private static boolean runs(JsonNode job) {
        JsonNode tasks = job.path("tasks");
        return job.path("state").asText().equals("RUNNING")
                && tasks.path("running").asInt() == tasks.path("total").asInt(-1);
    }

    private JsonNode known() throws InterruptedException {
        return flink.get("/jobs/overview").path("jobs");
    }

    /** The last started job of this name; null if the JobManager knows none. */
    private static @Nullable JsonNode newest(JsonNode known, String name) {
        JsonNode newest = null;
        for (JsonNode job : known) {
            if (job.path("name").asText().equals(name)
                    && (newest == null
                            || job.path("start-time").asLong()
                                    > newest.path("start-time").asLong())) {
                newest = job;
            }
        }
        return newest;
    }

    private void submit(String job) {
        Output output = Objects.requireNonNull(JOBS.get(job), job);
        // Flink takes no job under the id of one that has ended, so each run has another.
        Path restored =
                new JobSubmission(job, jars.resolve(job + ".jar"), output, List.of())
                        .submit(
                                cluster,
                                new JobID(),
                                state.resolve("checkpoints"),
                                state.resolve("savepoints"));
        console.printf(
                "Submitted %s from %s%n", job, restored == null ? "the beginning" : restored);
    }
}
