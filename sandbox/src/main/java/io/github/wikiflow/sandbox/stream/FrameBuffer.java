package io.github.wikiflow.sandbox.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Collects Server-Sent-Events frames and writes them as one chunk of the HTTP/1.1 chunked encoding.
 * Nothing is allocated per frame. Used by one thread.
 */
final class FrameBuffer {

    private static final byte[] EVENT = ascii("event: ");
    private static final byte[] MESSAGE = ascii("message");
    private static final byte[] ID = ascii("id: ");
    private static final byte[] DATA = ascii("data: ");
    private static final byte[] TIMESTAMP = ascii(",\"partition\":0,\"timestamp\":");
    private static final byte[] OFFSET = ascii(",\"partition\":0,\"offset\":");
    private static final byte[] CHUNK_END = ascii("\r\n");
    private static final byte[] LAST_CHUNK = ascii("0\r\n\r\n");

    /** Room for the length of a chunk: eight hexadecimal digits and the line's end. */
    private static final int CHUNK_HEAD = 10;

    private final OutputStream out;
    private final List<String> topics;
    private final byte[][] topicEntries;
    private byte[] lineEnd = ascii("\n");
    private byte[] bytes = new byte[1 << 16];
    private int end = CHUNK_HEAD;

    FrameBuffer(OutputStream out, List<String> topics) {
        this.out = out;
        this.topics = topics;
        topicEntries = new byte[topics.size()][];
        for (int i = 0; i < topics.size(); i++) {
            topicEntries[i] = ascii("{\"topic\":\"" + topics.get(i) + "\"");
        }
    }

    /** From now on ends lines with these characters. */
    void lineEnd(String characters) {
        lineEnd = ascii(characters);
    }

    /** How many bytes wait to be written. */
    int size() {
        return end - CHUNK_HEAD;
    }

    /** Adds a frame of an event of the stream. */
    void message(Subscription subscription, byte[] data) {
        frame(MESSAGE, subscription, data);
    }

    /** Adds a frame with the position of the event sent last. */
    void frame(byte[] event, Subscription subscription, byte[] data) {
        put(EVENT);
        put(event);
        put(lineEnd);
        put(ID);
        put('[');
        for (int i = 0; i < subscription.topics(); i++) {
            if (i > 0) {
                put(',');
            }
            position(subscription.position(i));
        }
        put(']');
        put(lineEnd);
        data(data);
        put(lineEnd);
    }

    /** Adds bytes as they are. */
    void raw(byte[] more) {
        put(more);
    }

    /** Drops what was added since {@link #size()} was this. */
    void truncate(int size) {
        end = CHUNK_HEAD + size;
    }

    /** Writes what waits. */
    void flush() throws IOException {
        if (size() == 0) {
            return;
        }
        int length = size();
        put(CHUNK_END);
        bytes[CHUNK_HEAD - 1] = '\n';
        bytes[CHUNK_HEAD - 2] = '\r';
        int start = CHUNK_HEAD - 2;
        for (int rest = length; rest > 0; rest >>>= 4) {
            bytes[--start] = (byte) Character.forDigit(rest & 0xF, 16);
        }
        out.write(bytes, start, end - start);
        end = CHUNK_HEAD;
    }

    /** Writes what waits and says that the body is complete. */
    void finish() throws IOException {
        flush();
        out.write(LAST_CHUNK);
    }

    private void position(RequestedPosition position) {
        put(topicEntries[topics.indexOf(position.topic())]);
        put(position.kind() == RequestedPosition.Kind.TIMESTAMP ? TIMESTAMP : OFFSET);
        number(position.value());
        put('}');
    }

    /** Each line of the data becomes a line of the frame; empty ones are left out. */
    private void data(byte[] data) {
        int start = 0;
        for (int i = 0; i < data.length; i++) {
            if (data[i] == '\n' || data[i] == '\r') {
                if (i > start) {
                    dataLine(data, start, i);
                }
                start = i + 1;
            }
        }
        if (start < data.length || start == 0) {
            dataLine(data, start, data.length);
        }
    }

    private void dataLine(byte[] data, int from, int to) {
        put(DATA);
        put(data, from, to - from);
        put(lineEnd);
    }

    private void number(long value) {
        if (value < 0) {
            put(ascii(Long.toString(value)));
            return;
        }
        int digits = 1;
        for (long rest = value / 10; rest > 0; rest /= 10) {
            digits++;
        }
        reserve(digits);
        int at = end + digits;
        long rest = value;
        do {
            bytes[--at] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        end += digits;
    }

    private void put(char character) {
        reserve(1);
        bytes[end++] = (byte) character;
    }

    private void put(byte[] more) {
        put(more, 0, more.length);
    }

    private void put(byte[] more, int from, int length) {
        reserve(length);
        System.arraycopy(more, from, bytes, end, length);
        end += length;
    }

    private void reserve(int length) {
        if (bytes.length - end < length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, end + length));
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
