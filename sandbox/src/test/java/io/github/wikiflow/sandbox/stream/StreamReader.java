package io.github.wikiflow.sandbox.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a stream by the rules of the HTML standard, independently of the product's client: lines
 * end with LF, CR or CRLF, several lines of data are joined.
 */
final class StreamReader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpResponse<InputStream> response;
    private final Reader body;
    private final List<String> comments = new ArrayList<>();
    private boolean afterCarriageReturn;

    private StreamReader(HttpResponse<InputStream> response) {
        this.response = response;
        this.body = new InputStreamReader(response.body(), StandardCharsets.UTF_8);
    }

    static StreamReader open(URI uri, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(PATIENCE);
        request.header("User-Agent", "wikiflow-test/1.0 (test@example.org)");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        return new StreamReader(
                client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
    }

    int status() {
        return response.statusCode();
    }

    String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    /** All comments read so far, without the colon. */
    List<String> comments() {
        return comments;
    }

    /** The whole body, of an answer that is no stream. */
    String text() throws IOException {
        return new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** The next frames. */
    List<Frame> read(int frames) throws IOException {
        List<Frame> read = new ArrayList<>();
        while (read.size() < frames) {
            Frame frame = read();
            if (frame == null) {
                throw new IOException("the stream ended after the frames " + read);
            }
            read.add(frame);
        }
        return read;
    }

    /** The next frame; null at the end of the stream. */
    Frame read() throws IOException {
        String event = null;
        String id = null;
        StringBuilder data = null;
        String line;
        while ((line = line()) != null) {
            if (line.isEmpty()) {
                if (data != null) {
                    return new Frame(event, id, data.toString());
                }
            } else if (line.startsWith(":")) {
                comments.add(line.substring(1));
            } else if (line.startsWith("event: ")) {
                event = line.substring(7);
            } else if (line.startsWith("id: ")) {
                id = line.substring(4);
            } else if (line.startsWith("data: ")) {
                data = data == null ? new StringBuilder() : data.append('\n');
                data.append(line, 6, line.length());
            }
        }
        return null;
    }

    @Override
    public void close() throws IOException {
        body.close();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int character;
        while ((character = body.read()) >= 0) {
            boolean secondOfCrlf = afterCarriageReturn && character == '\n';
            afterCarriageReturn = character == '\r';
            if (secondOfCrlf) {
                continue;
            }
            if (character == '\n' || character == '\r') {
                return line.toString();
            }
            line.append((char) character);
        }
        return null;
    }
}
