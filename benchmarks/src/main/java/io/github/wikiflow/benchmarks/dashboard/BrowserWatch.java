package io.github.wikiflow.benchmarks.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wikiflow.sandbox.FreePort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real browser that has the page open and notes when each ranking has been painted. Speaks the
 * WebDriver protocol (https://www.w3.org/TR/webdriver2/) to {@code chromedriver} on the PATH.
 */
public final class BrowserWatch implements AutoCloseable {

    /**
     * Notes the wall clock and the number of changes that the page shows, in the frame after the
     * one in which it changed: by then that one has been painted.
     */
    private static final String WATCH =
            """
            window.painted = [];
            const figure = document.getElementById('figure-changes');
            new MutationObserver(() => {
              const shown = Number(figure.textContent.replace(/\\D/g, ''));
              requestAnimationFrame(() => window.painted.push([shown, performance.timeOrigin + performance.now()]));
            }).observe(figure, {childList: true, characterData: true, subtree: true});
            """;

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    /**
     * A ranking on the screen.
     *
     * @param changes the number of changes that the page shows
     * @param epochMillis when it was painted, by the wall clock
     */
    public record Painted(long changes, double epochMillis) {}

    private final ObjectMapper mapper = new ObjectMapper();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Process driver;
    private final String root;
    private final String session;

    private BrowserWatch(Process driver, String root) throws IOException, InterruptedException {
        this.driver = driver;
        this.root = root;
        JsonNode created =
                awaitSession(
                        Map.of(
                                "capabilities",
                                Map.of(
                                        "alwaysMatch",
                                        Map.of(
                                                "goog:chromeOptions",
                                                Map.of(
                                                        "args",
                                                        List.of(
                                                                "--headless=new",
                                                                "--no-sandbox",
                                                                "--disable-gpu",
                                                                "--disable-dev-shm-usage"))))));
        this.session = "/session/" + created.path("sessionId").asText();
    }

    /**
     * Opens the page in a browser.
     *
     * @throws IOException if there is no {@code chromedriver} or no browser
     */
    public static BrowserWatch open(URI page) throws IOException, InterruptedException {
        int port = FreePort.find();
        Process driver =
                new ProcessBuilder("chromedriver", "--port=" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        BrowserWatch watch = null;
        try {
            watch = new BrowserWatch(driver, "http://127.0.0.1:" + port);
            watch.post(watch.session + "/url", Map.of("url", page.toString()));
            watch.script(WATCH);
            return watch;
        } finally {
            if (watch == null) {
                driver.destroy();
            }
        }
    }

    /** What has been painted so far. */
    public List<Painted> painted() throws IOException, InterruptedException {
        List<Painted> painted = new ArrayList<>();
        for (JsonNode pair : script("return window.painted")) {
            painted.add(new Painted(pair.get(0).asLong(), pair.get(1).asDouble()));
        }
        return painted;
    }

    @Override
    public void close() throws IOException {
        try {
            send(request(session).DELETE().build());
            driver.destroy();
            driver.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            driver.destroyForcibly();
        }
    }

    private JsonNode script(String script) throws IOException, InterruptedException {
        return post(session + "/execute/sync", Map.of("script", script, "args", List.of()));
    }

    /** The driver needs a moment before it listens. */
    private JsonNode awaitSession(Object capabilities) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (true) {
            try {
                return post("/session", capabilities);
            } catch (ConnectException e) {
                if (System.nanoTime() > deadline || driver.waitFor(100, TimeUnit.MILLISECONDS)) {
                    throw e;
                }
            }
        }
    }

    private JsonNode post(String path, Object body) throws IOException, InterruptedException {
        return send(
                request(path)
                        .POST(
                                HttpRequest.BodyPublishers.ofByteArray(
                                        mapper.writeValueAsBytes(body)))
                        .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(root + path)).timeout(DEADLINE);
    }

    private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
        JsonNode value = mapper.readTree(response.body()).path("value");
        if (response.statusCode() != 200) {
            throw new IOException("chromedriver: " + value.path("message").asText());
        }
        return value;
    }
}
