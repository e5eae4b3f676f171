package io.github.wikiflow.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A browser's side of Server-Sent Events: reads all that comes, on a thread of its own. */
public final class EventReader implements AutoCloseable {

    /** An event as it came. */
    public record Event(String type, String id, String data) {}

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final HttpResponse<InputStream> response;

    /**
     * Connects.
     *
     * @param lastEventId null for none
     * @param headers further ones, names and values in turn
     */
    public EventReader(URI uri, String lastEventId, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        response =
                HttpClient.newHttpClient()
                        .send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                .startsWith("text/event-stream");
        Thread thread = new Thread(this::read, "event-reader");
        thread.setDaemon(true);
        thread.start();
    }

    /** The next event of this type; those of other types are skipped. */
    public Event await(String type) throws InterruptedException {
        while (true) {
            Event event = events.poll(60, TimeUnit.SECONDS);
            assertThat(event).as("an event of type " + type).isNotNull();
            if (event.type().equals(type)) {
                return event;
            }
        }
    }

    @Override
    public void close() throws IOException {
        response.body().close();
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String type = null;
            String id = null;
            String line;
            while ((line = reader.readLine()) != null) {
                if (line.startsWith("event: ")) {
                    type = line.substring("event: ".length());
                } else if (line.startsWith("id: ")) {
                    id = line.substring("id: ".length());
                } else if (line.startsWith("data: ")) {
                    events.add(new Event(type, id, line.substring("data: ".length())));
                }
            }
        } catch (IOException e) {
            // The connection was cut, by this side or the other; whoever awaits more finds out.
            return;
        }
    }
}
