package io.github.wikiflow.bridge.stream;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Carries any bytes unharmed through a parser that decodes them as UTF-8: each byte is read as the
 * ISO 8859-1 character of its number and encoded as UTF-8. What the parser hands out as text has
 * one character for each byte of the source, see {@link #bytes}. Without it, bytes that are no
 * UTF-8 would be replaced unnoticed, and the events would not be what was received.
 *
 * <p>Used by one thread.
 */
final class ByteTunnel extends InputStream {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long TOP_BITS = 0x8080808080808080L;
    private static final int NOTHING = -1;

    private final InputStream in;
    private final byte[] source = new byte[8192];
    private int position;
    private int end;

    /** The second byte of a character of which only the first found room. */
    private int second = NOTHING;

    ByteTunnel(InputStream in) {
        this.in = in;
    }

    /** The source's bytes of a text that came through a tunnel. */
    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
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
        int out = offset;
        int limit = offset + length;
        if (second != NOTHING) {
            buffer[out++] = (byte) second;
            second = NOTHING;
        } else if (position == end && !fill()) {
            return -1;
        }
        while (position < end && out < limit) {
            int run = asciiRun(Math.min(end - position, limit - out));
            System.arraycopy(source, position, buffer, out, run);
            position += run;
            out += run;
            if (position < end && out < limit) {
                int character = source[position++] & 0xFF;
                buffer[out++] = (byte) (0xC0 | character >> 6);
                second = 0x80 | character & 0x3F;
                if (out < limit) {
                    buffer[out++] = (byte) second;
                    second = NOTHING;
                }
            }
        }
        return out - offset;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean fill() throws IOException {
        position = 0;
        end = Math.max(0, in.read(source, 0, source.length));
        return end > 0;
    }

    /** How many of the next bytes, at most so many, are the same in UTF-8. */
    private int asciiRun(int most) {
        int i = position;
        int stop = position + most;
        while (i + Long.BYTES <= stop && ((long) LONGS.get(source, i) & TOP_BITS) == 0) {
            i += Long.BYTES;
        }
        while (i < stop && source[i] >= 0) {
            i++;
        }
        return i - position;
    }
}
