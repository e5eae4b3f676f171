package io.github.wikiflow.sandbox.stream;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * The body of a chunked HTTP/1.1 answer. Unlike that of the JDK's client it hands out every byte
 * that came before a connection was cut.
 */
final class ChunkedBody extends InputStream {

    private final InputStream in;
    private int rest;
    private boolean complete;

    ChunkedBody(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** Never waits for more than the first byte. */
    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (rest == 0 && !nextChunk()) {
            return -1;
        }
        int read = present(in.read(target, from, Math.min(length, rest)));
        rest -= read;
        if (rest == 0) {
            line(in);
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** The next line of an HTTP message's head. */
    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        int next;
        while ((next = present(in.read())) != '\n') {
            line.append((char) next);
        }
        return new String(
                        line.toString().getBytes(StandardCharsets.ISO_8859_1),
                        StandardCharsets.UTF_8)
                .strip();
    }

    private boolean nextChunk() throws IOException {
        if (!complete) {
            rest = Integer.parseInt(line(in), 16);
            complete = rest == 0;
        }
        return !complete;
    }

    private static int present(int next) throws EOFException {
        if (next < 0) {
            throw new EOFException("the connection was cut within the answer");
        }
        return next;
    }
}
