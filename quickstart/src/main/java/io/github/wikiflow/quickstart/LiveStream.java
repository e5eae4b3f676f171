package io.github.wikiflow.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Wikipedia's own stream: where it is, and whether it can be reached from here. */
final class LiveStream {

    /** The address of Wikimedia's streams, without a stream's name. */
    static final URI STREAMS = URI.create("https://stream.wikimedia.org/v2/stream");

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private LiveStream() {}

    /**
     * Tries the stream once.
     *
     * @param contact whom Wikimedia can reach about this client
     * @return why it cannot be read, in a few words; empty if it answers
     */
    static Optional<String> whyUnreachable(String contact) {
        HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(STREAMS + "/recentchange"))
                        .timeout(PATIENCE)
                        .header("Accept", "text/event-stream")
                        .header("User-Agent", "wikiflow-quickstart/1.0 (%s)".formatted(contact))
                        .build();
        try {
            HttpResponse<InputStream> response =
                    client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            response.body().close();
            return response.statusCode() == 200
                    ? Optional.empty()
                    : Optional.of("it answers " + response.statusCode());
        } catch (IOException e) {
            return Optional.of(
                    e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}
