package io.github.wikiflow.quickstart;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.flink.api.common.JobID;

/** Asks Flink's REST API about jobs. */
final class FlinkJobs {

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final URI flink;

    FlinkJobs(URI flink) {
        this.flink = flink;
    }

    /** The job's state, such as {@code RUNNING}; empty while Flink does not know the job. */
    String state(JobID job) throws Exception {
        HttpResponse<String> response =
                client.send(
                        HttpRequest.newBuilder(flink.resolve("/jobs/" + job.toHexString())).build(),
                        HttpResponse.BodyHandlers.ofString());
        return json.readTree(response.body()).path("state").asText();
    }
}
