package io.github.wikiflow.benchmarks.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * A client of the dashboard's stream of events, as a browser is one. It tells of the summaries of
 * windows, which have the number of changes of every window, also when a newer one is shown.
 */
final class DashboardWatch extends Watch {

    private static final String DATA = "data: ";

    private final ObjectMapper json = new ObjectMapper();
    private final Consumer<Sighting> seen;
    private final InputStream body;
    private final BufferedReader lines;

    /**
     * Connects.
     *
     * @param dashboard its address
     * @param seen called on this watch's thread
     */
    DashboardWatch(URI dashboard, Consumer<Sighting> seen)
            throws IOException, InterruptedException {
        this.seen = seen;
        HttpRequest request =
                HttpRequest.newBuilder(dashboard.resolve("/api/events"))
                        .header("Accept", "text/event-stream")
                        .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            throw new IOException("the dashboard answers " + response.statusCode());
        }
        body = response.body();
        lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    @Override
    void look() throws IOException {
        String line = lines.readLine();
        if (line == null) {
            throw new EOFException("the dashboard has closed the connection");
        }
        if (line.startsWith(DATA)) {
            long now = System.currentTimeMillis();
            JsonNode data = json.readTree(line.substring(DATA.length()));
            // Only the summary of a window begins with these.
            if (data.has("start") && data.has("changes")) {
                long windowStart = Instant.parse(data.get("start").asText()).toEpochMilli();
                seen.accept(new Sighting(windowStart, data.get("changes").asLong(), now));
            }
        }
    }

    @Override
    void wake() throws IOException {
        body.close();
    }

    @Override
    void release() {
        // The body was all that there is.
    }
}
