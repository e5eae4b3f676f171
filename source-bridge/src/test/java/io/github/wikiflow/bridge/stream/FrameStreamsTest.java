package io.github.wikiflow.bridge.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands between the connection and the parser, with reads of all sizes. */
class FrameStreamsTest {

    @Test
    void tunnelCarriesEveryByte() throws IOException {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new byte[random.nextInt(40_000)];
            random.nextBytes(bytes);
            for (int i = 0; i < bytes.length; i++) {
                // Long runs of ASCII too.
                if (random.nextInt(100) < seed / 2) {
                    bytes[i] &= 0x7F;
                }
            }
            byte[] carried = readAll(new ByteTunnel(new Dribble(bytes, random)), random);
            String text = new String(carried, StandardCharsets.UTF_8);
            assertThat(ByteTunnel.bytes(text)).as("seed %d", seed).isEqualTo(bytes);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\r\n"})
    void limitCutsOnlyFramesThatAreTooLong(String lineEnd) throws IOException {
        String small = "id: 1" + lineEnd + "data: small" + lineEnd + lineEnd;
        String large = "data: " + "x".repeat(5_000) + lineEnd + "data: more" + lineEnd + lineEnd;
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            byte[] frames =
                    (small.repeat(30) + large + small.repeat(3) + large + small)
                            .getBytes(StandardCharsets.UTF_8);
            String read =
                    new String(
                            readAll(new FrameLimit(new Dribble(frames, random), 1_000), random),
                            StandardCharsets.UTF_8);
            // Where exactly it is cut is not promised: the LF of a CRLF counts for what follows.
            String cut = "data: X" + lineEnd + lineEnd;
            assertThat(
                            read.replaceAll("x{990,1000}", "X")
                                    .replace(lineEnd, "\n")
                                    .replaceAll("\n{3,}", "\n\n"))
                    .as("seed %d", seed)
                    .isEqualTo(
                            (small.repeat(30) + cut + small.repeat(3) + cut + small)
                                    .replace(lineEnd, "\n"));
        }
    }

    private static byte[] readAll(InputStream in, Random random) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 + random.nextInt(5_000)];
        while (true) {
            int offset = random.nextInt(buffer.length);
            int count = in.read(buffer, offset, 1 + random.nextInt(buffer.length - offset));
            if (count < 0) {
                return all.toByteArray();
            }
            assertThat(count).isPositive();
            all.write(buffer, offset, count);
        }
    }

    /** Gives as many bytes at once as it likes, as a connection does. */
    private static final class Dribble extends ByteArrayInputStream {
        private final Random random;

        Dribble(byte[] bytes, Random random) {
            super(bytes);
            this.random = random;
        }

        @Override
        public synchronized int read(byte[] buffer, int offset, int length) {
            return super.read(buffer, offset, Math.min(length, 1 + random.nextInt(3_000)));
        }
    }
}
