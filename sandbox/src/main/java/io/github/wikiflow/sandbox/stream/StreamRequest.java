package io.github.wikiflow.sandbox.stream;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP/1.1 request.
 *
 * @param method such as {@code GET}
 * @param path decoded
 * @param parameters of the query, decoded; of a repeated one the last
 * @param headers by lower-case name; of a repeated one the last
 */
public record StreamRequest(
        String method, String path, Map<String, String> parameters, Map<String, String> headers) {

    /** A position vector has some hundred bytes; nothing that is asked here needs more. */
    private static final int LONGEST_HEAD = 1 << 16;

    public StreamRequest {
        parameters = Map.copyOf(parameters);
        headers = Map.copyOf(headers);
    }

    /** A header's value; null without. */
    public @Nullable String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /**
     * Reads a request's head.
     *
     * @return null if the connection was closed before
     * @throws RequestRefused if it is none
     */
    static @Nullable StreamRequest read(InputStream in) throws IOException, RequestRefused {
        String requestLine = line(in, LONGEST_HEAD);
        if (requestLine == null) {
            return null;
        }
        String[] parts = requestLine.split(" ");
        if (parts.length != 3 || !parts[2].startsWith("HTTP/1.")) {
            throw RequestRefused.badRequest("not an HTTP/1.1 request");
        }
        Map<String, String> headers = new TreeMap<>();
        int room = LONGEST_HEAD - requestLine.length();
        String line;
        while ((line = line(in, room)) != null && !line.isEmpty()) {
            room -= line.length();
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw RequestRefused.badRequest("not an HTTP header: no colon");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        URI target;
        try {
            target = new URI(parts[1]);
        } catch (URISyntaxException e) {
            throw RequestRefused.badRequest("not a URI: " + e.getReason());
        }
        return new StreamRequest(
                parts[0],
                target.getPath() == null ? "" : target.getPath(),
                parameters(target.getRawQuery()),
                headers);
    }

    private static Map<String, String> parameters(@Nullable String query) {
        Map<String, String> parameters = new TreeMap<>();
        if (query != null) {
            for (String pair : query.split("&")) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.put(decode(name), decode(value));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static @Nullable String line(InputStream in, int room)
            throws IOException, RequestRefused {
        StringBuilder line = new StringBuilder();
        int character;
        while ((character = in.read()) != '\n') {
            if (character < 0) {
                return null;
            }
            if (line.length() >= room) {
                throw RequestRefused.badRequest("the request's head is too long");
            }
            line.append((char) character);
        }
        int length = line.length();
        if (length > 0 && line.charAt(length - 1) == '\r') {
            line.setLength(length - 1);
        }
        return line.toString();
    }
}
