package io.github.wikiflow.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;

/** What {@code flink stop} does, with the end awaited and its failure told. */
final class StopWithSavepoint {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private StopWithSavepoint() {}

    /**
     * Stops a job as soon as all its tasks run: before, Flink refuses. The outcome is asked for,
     * too, since Flink's REST server does not close until somebody has.
     *
     * @param job its page of the REST API
     * @param drain whether all that is under way is brought to its end first
     */
    static void of(FlinkRest flink, String job, boolean drain) throws InterruptedException {
        await("all tasks run")
                .atMost(PATIENCE)
                .until(() -> flink.get(job), StopWithSavepoint::allTasksRun);
        String trigger =
                flink.post(job + "/stop", Map.of("drain", drain)).path("request-id").asText();
        JsonNode stopped =
                await("the savepoint")
                        .atMost(PATIENCE)
                        .until(
                                () -> flink.get(job + "/savepoints/" + trigger),
                                StopWithSavepoint::isCompleted);
        assertThat(stopped.path("operation").path("failure-cause").toString()).isEmpty();
        await("the job is stopped")
                .atMost(PATIENCE)
                .until(() -> flink.get(job).path("state").asText().equals("FINISHED"));
    }

    private static boolean allTasksRun(JsonNode job) {
        for (JsonNode vertex : job.path("vertices")) {
            if (vertex.path("tasks").path("RUNNING").asInt()
                    != vertex.path("parallelism").asInt()) {
                return false;
            }
        }
        return !job.path("vertices").isEmpty();
    }

    private static boolean isCompleted(JsonNode operation) {
        return operation.path("status").path("id").asText().equals("COMPLETED");
    }
}
