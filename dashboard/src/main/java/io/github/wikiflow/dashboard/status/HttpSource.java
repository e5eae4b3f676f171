package io.github.wikiflow.dashboard.status;

import io.github.wikiflow.http.WholeAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Another process's HTTP interface, asked with a short deadline for the whole answer. */
final class HttpSource {

    private static final Duration DEADLINE = Duration.ofSeconds(1);

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(DEADLINE).build();
    private final URI base;

    HttpSource(URI base) {
        this.base = base;
    }

    URI base() {
        return base;
    }

    /**
     * Gets a page.
     *
     * @param path below the base address, without a leading slash
     * @throws IOException if there is no answer in time
     */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        String root = base.toString();
        URI page = URI.create(root.endsWith("/") ? root + path : root + "/" + path);
        try {
            return WholeAnswer.await(
                    client,
                    HttpRequest.newBuilder(page).build(),
                    HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8),
                    DEADLINE);
        } catch (IOException e) {
            throw new IOException("no answer from %s: %s".formatted(page, e.getMessage()), e);
        }
    }
}
