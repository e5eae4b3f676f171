package io.github.wikiflow.sandbox.stream;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.github.wikiflow.events.source.SourceKind;
import io.github.wikiflow.sandbox.stream.fault.ErrorAnswer;
import java.nio.charset.StandardCharsets;

/** Writes an {@link ErrorAnswer} as HTTP; like the real service's its body is a JSON object. */
final class RefusalResponse {

    private RefusalResponse() {}

    /** The whole answer. */
    static byte[] bytes(ErrorAnswer refusal, SourceKind kind) {
        String detail = new String(JsonStringEncoder.getInstance().quoteAsString(refusal.reason()));
        String body = "{\"status\":%d,\"detail\":\"%s\"}".formatted(refusal.status(), detail);
        String head =
                "HTTP/1.1 %d %s\r\nContent-Type: application/problem+json\r\nContent-Length: %d\r\n%s"
                        .formatted(
                                refusal.status(),
                                phrase(refusal.status()),
                                body.getBytes(StandardCharsets.UTF_8).length,
                                SourceHeader.line(kind));
        return (head + "Connection: close\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8);
    }

    private static String phrase(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 410 -> "Gone";
            case 429 -> "Too Many Requests";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            default -> "Refused";
        };
    }
}
