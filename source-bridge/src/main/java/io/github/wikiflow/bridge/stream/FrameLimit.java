package io.github.wikiflow.bridge.stream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Leaves out what a frame has beyond a number of bytes, so that a parser that keeps whole frames in
 * memory stays within bounds whatever the server sends. A frame ends with a blank line; its lines
 * with LF, CR or CRLF.
 *
 * <p>Used by one thread.
 */
final class FrameLimit extends FilterInputStream {

    private final long limit;

    /** Bytes of the present frame so far. */
    private long frameBytes;

    private boolean cutting;
    private byte last;

    FrameLimit(InputStream in, long limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int kept;
        do {
            int count = in.read(buffer, offset, length);
            if (count < 0) {
                return count;
            }
            if (cutting || frameBytes + count > limit) {
                kept = cut(buffer, offset, count);
            } else {
                measure(buffer, offset, count);
                kept = count;
            }
        } while (kept == 0);
        return kept;
    }

    @Override
    public long skip(long count) throws IOException {
        throw new IOException("frames are read and not skipped");
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** What nearly every frame needs: only to find the last end of a frame, from behind. */
    private void measure(byte[] buffer, int offset, int count) {
        int end = offset + count;
        int i = end - 1;
        while (i > offset && !isFrameEnd(buffer[i - 1], buffer[i])) {
            i--;
        }
        if (i > offset || isFrameEnd(last, buffer[offset])) {
            frameBytes = end - 1 - i;
        } else {
            frameBytes += count;
        }
        last = buffer[end - 1];
    }

    private int cut(byte[] buffer, int offset, int count) {
        int kept = offset;
        for (int i = offset; i < offset + count; i++) {
            byte next = buffer[i];
            frameBytes++;
            if (isFrameEnd(last, next)) {
                frameBytes = 0;
                cutting = false;
            } else if (frameBytes > limit) {
                cutting = true;
            }
            // Ends of line stay: they end the line that was cut, and then the frame.
            if (!cutting || isLineEnd(next)) {
                buffer[kept++] = next;
            }
            last = next;
        }
        return kept - offset;
    }

    private static boolean isFrameEnd(byte before, byte next) {
        return isLineEnd(before) && isLineEnd(next) && !(before == '\r' && next == '\n');
    }

    private static boolean isLineEnd(byte character) {
        return character == '\n' || character == '\r';
    }
}
