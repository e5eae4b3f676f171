package io.github.wikiflow.sandbox.generator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON on its way to be written, as UTF-8. It needs no library, so that a fault of the library
 * under test cannot hide in it. Not thread-safe.
 */
final class JsonBuffer {

    /** An escaped control character is the longest form of a byte. */
    private static final int LONGEST_ESCAPE = 6;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    JsonBuffer(int usualLength) {
        bytes = new byte[usualLength];
    }

    /** Text as a JSON string. */
    static String quote(String text) {
        return new JsonBuffer(text.length() + 16).text(text).toString();
    }

    /** Appends what is JSON already. */
    JsonBuffer append(String json) {
        byte[] added = json.getBytes(StandardCharsets.UTF_8);
        reserve(added.length);
        System.arraycopy(added, 0, bytes, length, added.length);
        length += added.length;
        return this;
    }

    JsonBuffer append(long value) {
        return append(Long.toString(value));
    }

    JsonBuffer append(boolean value) {
        return append(Boolean.toString(value));
    }

    /** Appends text as a JSON string. */
    JsonBuffer text(String text) {
        byte[] added = text.getBytes(StandardCharsets.UTF_8);
        reserve(LONGEST_ESCAPE * added.length + 2);
        byte[] out = bytes;
        int end = length;
        out[end++] = '"';
        for (byte b : added) {
            // Bytes beyond ASCII are negative.
            if (b >= 0 && b < ' ') {
                out[end++] = '\\';
                out[end++] = 'u';
                out[end++] = '0';
                out[end++] = '0';
                out[end++] = HEX[b >>> 4];
                out[end++] = HEX[b & 15];
            } else {
                if (b == '"' || b == '\\') {
                    out[end++] = '\\';
                }
                out[end++] = b;
            }
        }
        out[end++] = '"';
        length = end;
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private void reserve(int added) {
        if (added > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + added));
        }
    }
}
