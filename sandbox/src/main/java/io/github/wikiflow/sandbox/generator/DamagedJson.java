package io.github.wikiflow.sandbox.generator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Makes of an event the bytes of a malformed kind. */
final class DamagedJson {

    private static final String[] NO_JSON = {
        "<html><body><h1>502 Bad Gateway</h1></body></html>",
        "upstream connect error or disconnect/reset before headers. reset reason: overflow",
        "{'type': 'edit', 'timestamp': 1697034255}",
        "null, null",
        "{"
    };

    private static final String[] SCALARS = {
        "null", "true", "42", "1697034255.5", "\"edit\"", "[]"
    };

    private static final String[] WRONG_TIMESTAMPS = {
        "null",
        "\"1697034255\"",
        "\"2026-01-01T00:00:00Z\"",
        "1697034255.5",
        "-1",
        "253402300800",
        "123456789012345678901234567890",
        "true",
        "[1697034255]",
        "{\"seconds\":1697034255}"
    };

    /** No UTF-8 has this byte. */
    private static final byte NEVER_IN_UTF_8 = (byte) 0xFF;

    private DamagedJson() {}

    static byte[] damage(EventKind kind, EventContent content, Draws draws) {
        String intact = EventJson.change(content);
        return switch (kind) {
            case NOT_JSON -> draws.chance(0.3) ? notUtf8(intact) : utf8(draws.oneOf(NO_JSON));
            case TRUNCATED -> {
                byte[] json = utf8(intact);
                yield Arrays.copyOf(json, 1 + draws.below(json.length - 1));
            }
            case NOT_AN_OBJECT ->
                    utf8(draws.chance(0.5) ? "[" + intact + "]" : draws.oneOf(SCALARS));
            case NO_TIMESTAMP -> utf8(EventJson.change(content, "", true));
            case WRONG_TIMESTAMP ->
                    utf8(EventJson.change(content, draws.oneOf(WRONG_TIMESTAMPS), true));
            case NO_META -> utf8(EventJson.change(content, null, false));
            default -> throw new IllegalArgumentException(kind + " is not malformed");
        };
    }

    /** As if Latin-1 had slipped in: a byte in the title that no UTF-8 has. */
    private static byte[] notUtf8(String intact) {
        byte[] json = utf8(intact);
        int title = intact.indexOf("\"title\":\"") + "\"title\":\"".length();
        int start = utf8(intact.substring(0, title)).length;
        byte[] damaged = new byte[json.length + 1];
        System.arraycopy(json, 0, damaged, 0, start);
        damaged[start] = NEVER_IN_UTF_8;
        System.arraycopy(json, start, damaged, start + 1, json.length - start);
        return damaged;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
