package io.github.wikiflow.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Wikipedia's own stream, or one that speaks like it, and whether it can be reached from here. */
final class LiveStream {

    /** The address of Wikimedia's streams, without a stream's name. */
    static final URI WIKIMEDIA = URI.create("https://stream.wikimedia.org/v2/stream");

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final URI streams;
    private final String contact;

    /**
     * @param streams without a stream's name
     * @param contact whom its operators can reach about this client
     */
    LiveStream(URI streams, String contact) {
        this.streams = streams;
        this.contact = contact;
    }

    /** Where it is. */
    URI streams() {
        return streams;
    }

    /**
     * Tries the stream until it answers.
     *
     * @param patience how long to try
     * @param firstFailure told once, with the reason, if the first attempt fails
     * @return why it cannot be read, in a few words; empty if it answers
     */
    Optional<String> whyUnreachable(Duration patience, Consumer<String> firstFailure)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<String> reason = attempt();
        reason.ifPresent(firstFailure);
        while (reason.isPresent() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            reason = attempt();
        }
        return reason;
    }

    private Optional<String> attempt() throws InterruptedException {
        HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(streams + "/recentchange"))
                        .timeout(ANSWER)
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
        }
    }
}
