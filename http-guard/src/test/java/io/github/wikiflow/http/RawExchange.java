package io.github.wikiflow.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * A request to this machine, byte for byte, and all that comes back until the server hangs up.
 *
 * @param text what came; empty if the server only hung up
 */
public record RawExchange(String text) {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Sends a request with an empty body, and the wish that the connection be closed. */
    public static RawExchange ask(int port, String method, String path, String... headers)
            throws IOException {
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return send(
                port,
                head.append("Content-Length: 0\r\nConnection: close\r\n\r\n")
                        .toString()
                        .getBytes(StandardCharsets.ISO_8859_1));
    }

    /**
     * Sends these bytes.
     *
     * @throws IOException if the server neither answers nor hangs up
     */
    public static RawExchange send(int port, byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request);
                InputStream in = socket.getInputStream();
                in.transferTo(answer);
            } catch (SocketException e) {
                // Hung up while we sent; what came before counts.
                return new RawExchange(answer.toString(StandardCharsets.ISO_8859_1));
            }
            return new RawExchange(answer.toString(StandardCharsets.ISO_8859_1));
        }
    }

    /** Of the first answer; 0 if there is none. */
    public int status() {
        return text.startsWith("HTTP/1.") ? Integer.parseInt(text.substring(9, 12)) : 0;
    }

    /** The values of a header in the first answer. */
    public List<String> header(String name) {
        String start = name.toLowerCase(Locale.ROOT) + ":";
        return text.substring(0, Math.max(0, text.indexOf("\r\n\r\n")))
                .lines()
                .skip(1)
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .toList();
    }

    /** Behind the head of the first answer, as it came. */
    public String body() {
        int end = text.indexOf("\r\n\r\n");
        return end < 0 ? "" : text.substring(end + 4);
    }
}
