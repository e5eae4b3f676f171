package io.github.wikiflow.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wikiflow.events.options.OperationException;
import io.github.wikiflow.events.options.StackTraceText;
import io.github.wikiflow.http.WholeAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Flink's REST API: JSON in and out, and the jar of an upload. Thread-safe. */
public final class FlinkRest {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI address;
    private final Duration patience;
    private final String remedy;

    /**
     * @param address scheme, host and port
     */
    FlinkRest(URI address) {
        this(address, ANSWER, "name its REST address with --jobmanager");
    }

    /**
     * @param address scheme, host and port
     * @param patience how long each answer may take, to its end
     */
    public FlinkRest(URI address, Duration patience) {
        this(address, patience, "start it");
    }

    /**
     * @param remedy what helps if it does not answer
     */
    FlinkRest(URI address, Duration patience, String remedy) {
        this.address = address;
        this.patience = patience;
        this.remedy = remedy;
    }

    /** Where it is. */
    URI address() {
        return address;
    }

    /**
     * Asks.
     *
     * @throws Refusal if Flink answers with an error
     * @throws OperationException if it does not answer
     */
    public JsonNode get(String path) throws InterruptedException {
        return send(request(path).GET());
    }

    /** Sends JSON made of this map; otherwise as {@link #get}. */
    public JsonNode post(String path, Map<String, ?> body) throws InterruptedException {
        try {
            return send(
                    request(path)
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString(json.writeValueAsString(body))));
        } catch (IOException e) {
            throw new IllegalArgumentException("not to be written as JSON: " + body, e);
        }
    }

    /** Deletes; otherwise as {@link #get}. */
    JsonNode delete(String path) throws InterruptedException {
        return send(request(path).DELETE());
    }

    /** Cancels a job, which takes some time after the answer; otherwise as {@link #get}. */
    JsonNode cancel(String job) throws InterruptedException {
        return send(
                request("/jobs/" + job + "?mode=cancel").method("PATCH", BodyPublishers.noBody()));
    }

    /**
     * Uploads a jar.
     *
     * @return its id
     * @throws OperationException if the file cannot be read
     */
    String upload(Path jar) throws InterruptedException {
        String boundary = UUID.randomUUID().toString();
        BodyPublisher body;
        try {
            body =
                    BodyPublishers.concat(
                            BodyPublishers.ofString(
                                    "--%s\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"%s\"\r\nContent-Type: application/java-archive\r\n\r\n"
                                            .formatted(boundary, jar.getFileName())),
                            BodyPublishers.ofByteArray(Files.readAllBytes(jar)),
                            BodyPublishers.ofString("\r\n--%s--\r\n".formatted(boundary)));
        } catch (IOException e) {
            throw new OperationException("cannot read '%s' (%s)".formatted(jar, e), e);
        }
        JsonNode answer =
                send(
                        request("/jars/upload")
                                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                                .POST(body));
        String file = answer.path("filename").asText();
        return file.substring(file.lastIndexOf('/') + 1);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path));
    }

    private JsonNode send(HttpRequest.Builder request) throws InterruptedException {
        try {
            HttpResponse<String> response =
                    WholeAnswer.await(
                            client,
                            request.build(),
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8),
                            patience);
            if (response.statusCode() >= 400) {
                throw new Refusal(reason(response.body()));
            }
            return json.readTree(response.body());
        } catch (IOException e) {
            throw new OperationException(
                    "Flink does not answer at %s (%s); %s".formatted(address, e, remedy), e);
        }
    }

    /** The line that helps, of the stack trace that Flink answers with. */
    private String reason(String body) {
        try {
            List<String> errors = json.readerForListOf(String.class).readValue(errors(body));
            return errors.isEmpty()
                    ? body
                    : StackTraceText.innermost(errors.get(errors.size() - 1));
        } catch (IOException e) {
            return body;
        }
    }

    private JsonNode errors(String body) throws IOException {
        return json.readTree(body).path("errors");
    }

    /** What Flink does not do, with its reason as the message. */
    public static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Refusal(String reason) {
            super(reason);
        }
    }
}
