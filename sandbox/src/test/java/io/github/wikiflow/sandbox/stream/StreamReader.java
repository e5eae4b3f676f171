package io.github.wikiflow.sandbox.stream;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a stream by the rules of the HTML standard, independently of the product's client: lines
 * end with LF, CR or CRLF, several lines of data are joined.
 */
final class StreamReader implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final int status;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final InputStream body;
    private final Reader characters;
    private final List<String> comments = new ArrayList<>();
    private boolean afterCarriageReturn;

    private StreamReader(Socket socket) throws IOException {
        this.socket = socket;
        InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        status = Integer.parseInt(ChunkedBody.line(in).split(" ")[1]);
        String header;
        while (!(header = ChunkedBody.line(in)).isEmpty()) {
            int colon = header.indexOf(": ");
            headers.put(header.substring(0, colon), header.substring(colon + 2));
        }
        body = "chunked".equals(headers.get("Transfer-Encoding")) ? new ChunkedBody(in) : in;
        characters = new InputStreamReader(body, StandardCharsets.UTF_8);
    }

    /** Asks with these headers, names and values in turn; one without a value is not sent. */
    static StreamReader open(URI uri, String... headers) throws IOException {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.put("Host", uri.getAuthority());
        all.put("User-Agent", "wikiflow-test/1.0 (test@example.org)");
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        StringBuilder request = new StringBuilder("GET " + uri.getRawPath());
        if (uri.getRawQuery() != null) {
            request.append('?').append(uri.getRawQuery());
        }
        request.append(" HTTP/1.1\r\n");
        all.forEach(
                (name, value) -> {
                    if (value != null) {
                        request.append(name).append(": ").append(value).append("\r\n");
                    }
                });
        Socket socket = new Socket(uri.getHost(), uri.getPort());
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream()
                .write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        return new StreamReader(socket);
    }

    int status() {
        return status;
    }

    /** A header of the answer; null without. */
    String header(String name) {
        return headers.get(name);
    }

    /** All comments read so far, without the colon. */
    List<String> comments() {
        return comments;
    }

    /** The whole body, of an answer that is no stream. */
    String text() throws IOException {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
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
        socket.close();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        int character;
        while ((character = characters.read()) >= 0) {
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
