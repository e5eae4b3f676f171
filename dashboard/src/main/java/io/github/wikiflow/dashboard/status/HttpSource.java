package io.github.wikiflow.dashboard.status;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Another process's HTTP interface, asked with a short deadline. */
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
        HttpRequest request = HttpRequest.newBuilder(page).timeout(DEADLINE).build();
        return client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
