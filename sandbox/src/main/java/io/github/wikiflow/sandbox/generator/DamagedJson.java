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
        return switch (kind) {
            case NOT_JSON -> utf8(draws.oneOf(NO_JSON));
            case NOT_UTF_8 -> notUtf8(EventJson.change(content));
            case TRUNCATED -> {
                byte[] json = EventJson.change(content);
                yield Arrays.copyOf(json, 1 + draws.below(json.length - 1));
            }
            case NOT_AN_OBJECT ->
                    draws.chance(0.5)
                            ? array(EventJson.change(content))
                            : utf8(draws.oneOf(SCALARS));
            case NO_TIMESTAMP -> EventJson.change(content, "", true);
            case WRONG_TIMESTAMP -> EventJson.change(content, draws.oneOf(WRONG_TIMESTAMPS), true);
            case NO_META -> EventJson.change(content, null, false);
            default -> throw new IllegalArgumentException(kind + " is not malformed");
        };
    }

    private static byte[] array(byte[] json) {
        byte[] array = insert((byte) '[', 0, json);
        return insert((byte) ']', array.length, array);
    }

    /** As if Latin-1 had slipped in: a byte in the title that no UTF-8 has. */
    private static byte[] notUtf8(byte[] json) {
        String text = new String(json, StandardCharsets.UTF_8);
        String untilTitle =
                text.substring(0, text.indexOf("\"title\":\"") + "\"title\":\"".length());
        return insert(NEVER_IN_UTF_8, utf8(untilTitle).length, json);
    }

    private static byte[] insert(byte added, int place, byte[] json) {
        byte[] result = new byte[json.length + 1];
        System.arraycopy(json, 0, result, 0, place);
        result[place] = added;
        System.arraycopy(json, place, result, place + 1, json.length - place);
        return result;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
