package io.github.wikiflow.events.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.wikiflow.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Feeds all parsers with mutations of events: whatever the bytes, each ends in a change or a {@link
 * MalformedChange}, and all agree on which. {@code -Dseed} and {@code -Dfuzz.inputs} repeat or
 * lengthen a run.
 */
class ParserFuzzTest {

    private static final List<String> FRAGMENTS =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    ",",
                    ":",
                    "\"",
                    "\\",
                    "\\u",
                    "\\ud83d",
                    "\\u00E9",
                    "\\u20ac",
                    "\\n",
                    "\\/",
                    "null",
                    "true",
                    "-",
                    "1e9",
                    "1.0",
                    "0",
                    "99999999999999999999",
                    "\"meta\":",
                    "\"timestamp\":",
                    "\"user\":",
                    "\"bot\":",
                    "\"log_params\":",
                    "\u0000",
                    "\u00e9",
                    "😀",
                    " ",
                    "\n",
                    "/*",
                    "NaN");

    private static final long MOST_GROWTH_BYTES = 16 << 20;

    private final WikiChangeParser full = new WikiChangeParser();
    private final ChangeSummaryParser lean = new ChangeSummaryParser();
    private final ChangeReader reader = new ChangeReader();
    private final ChangeEnvelopeParser envelope = new ChangeEnvelopeParser();

    @Test
    void everyInputIsAChangeOrMalformedToAllParsers() {
        long seed = Seed.draw();
        int inputs = Integer.getInteger("fuzz.inputs", 30_000);
        Random random = new Random(seed);
        byte[][] samples = {
            ChangeText.utf8(ChangeText.EDIT),
            ChangeText.utf8(ChangeText.LOG),
            ChangeText.utf8(ChangeText.LEAST),
            ChangeText.leastWith(
                    "\"type\":142,\"user\":\"😀\",\"log_params\":[{\"a\":\"b\"},1],\"bot\":true"),
            ChangeText.leastWith(
                    "\"title\":\"\\\"é\\\\\\/\\b\\f\\n\\r\\t\\u00E9\\ud83D\\ude00\\ud83d.\",\"user\":\"\\u0000\"")
        };
        int changes = 0;
        long memoryEarly = 0;
        for (int i = 0; i < inputs; i++) {
            byte[] input = mutate(samples[random.nextInt(samples.length)], random);
            if (agreeOn(input, "seed %d, input %d".formatted(seed, i))) {
                changes++;
            }
            if (i == inputs / 10) {
                memoryEarly = usedMemory();
            }
        }
        long growth = usedMemory() - memoryEarly;
        System.out.printf(
                "%,d inputs of seed %d: %,d changes, %,d malformed; memory %+d kB%n",
                inputs, seed, changes, inputs - changes, growth / 1024);
        // Neither outcome may be so rare that the agreement says nothing.
        assertThat(changes)
                .as("changes among the inputs of seed %d", seed)
                .isBetween(inputs / 100, inputs - inputs / 100);
        assertThat(growth).as("growth of memory").isLessThan(MOST_GROWTH_BYTES);
    }

    /**
     * Whether all parsers take the input for a change; fails the test if they differ or anything
     * else happens.
     */
    private boolean agreeOn(byte[] input, String origin) {
        WikiChange change = null;
        String reason = null;
        try {
            change = full.parse(input);
        } catch (MalformedChange e) {
            reason = e.getMessage();
        } catch (RuntimeException | StackOverflowError e) {
            fail("%s: %s for %s".formatted(origin, e, Arrays.toString(input)), e);
        }
        agreeOn(change, reason, input, origin);
        agreeOnEnvelope(change, input, origin);
        try {
            ChangeSummary summary = parseWithin(input);
            assertThat(change)
                    .as("%s: only the lean parser accepts %s", origin, text(input))
                    .isNotNull();
            assertThat(summary)
                    .as(origin)
                    .isEqualTo(
                            ChangeSummary.of(
                                    change.timestamp(),
                                    change.type(),
                                    change.wiki(),
                                    change.title(),
                                    change.user(),
                                    change.bot() != null && change.bot()));
            return true;
        } catch (MalformedChange e) {
            assertThat(change)
                    .as("%s: only the full parser accepts %s", origin, text(input))
                    .isNull();
            assertThat(e.getMessage()).as(origin).isEqualTo(reason).isNotBlank();
            return false;
        } catch (RuntimeException | StackOverflowError e) {
            return fail("%s: %s for %s".formatted(origin, e, text(input)), e);
        }
    }

    /** Parses the input where it stands between two copies of itself, which must not matter. */
    private ChangeSummary parseWithin(byte[] input) throws MalformedChange {
        int length = input.length;
        byte[] array = new byte[3 * length];
        for (int copy = 0; copy < 3; copy++) {
            System.arraycopy(input, 0, array, copy * length, length);
        }
        return lean.parse(array, length, 2 * length);
    }

    /** Compares the reader with the full parser's outcome: a change, or the reason for none. */
    private void agreeOn(WikiChange change, String reason, byte[] input, String origin) {
        try {
            ChangeValues values = reader.read(input);
            assertThat(change)
                    .as("%s: only the reader accepts %s", origin, text(input))
                    .isNotNull();
            assertThat(values.timestamp()).as(origin).isEqualTo(change.timestamp());
            for (ChangeField field : ChangeField.values()) {
                assertThat(ChangeText.value(values, field))
                        .as("%s: %s of %s", origin, field, text(input))
                        .isEqualTo(ChangeText.inUtf8(field.of(change)));
            }
        } catch (MalformedChange e) {
            assertThat(change).as("%s: the reader rejects %s", origin, text(input)).isNull();
            assertThat(e.getMessage()).as(origin).isEqualTo(reason);
        } catch (RuntimeException e) {
            fail("%s: %s for %s".formatted(origin, e, text(input)), e);
        }
    }

    /**
     * Compares the envelope with the full parser's outcome: of a change it is part; of what is
     * malformed there may be one, since less is asked of it.
     */
    private void agreeOnEnvelope(WikiChange change, byte[] input, String origin) {
        try {
            ChangeEnvelope front = envelope.parseFront(input);
            if (change != null) {
                WikiChange.Meta meta = change.meta();
                assertThat(envelope.parse(input))
                        .as("%s: envelope of %s", origin, text(input))
                        .isEqualTo(front)
                        .isEqualTo(
                                new ChangeEnvelope(
                                        meta.id(),
                                        meta.domain(),
                                        meta.topic(),
                                        meta.partition(),
                                        meta.offset(),
                                        change.wiki(),
                                        change.title()));
            }
        } catch (MalformedChange e) {
            fail("%s: only the envelope's parser rejects %s".formatted(origin, text(input)), e);
        } catch (RuntimeException | StackOverflowError e) {
            fail("%s: %s for %s".formatted(origin, e, text(input)), e);
        }
    }

    private static long usedMemory() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static byte[] mutate(byte[] sample, Random random) {
        byte[] bytes = sample;
        for (int mutations = 1 + random.nextInt(3); mutations > 0; mutations--) {
            int at = random.nextInt(bytes.length + 1);
            switch (random.nextInt(5)) {
                case 0 -> bytes = Arrays.copyOf(bytes, at);
                case 1 -> {
                    bytes = bytes.clone();
                    if (at < bytes.length) {
                        bytes[at] = (byte) random.nextInt(256);
                    }
                }
                case 2 -> {
                    String fragment = FRAGMENTS.get(random.nextInt(FRAGMENTS.size()));
                    bytes = splice(bytes, at, at, fragment.getBytes(StandardCharsets.UTF_8));
                }
                case 3 -> bytes = splice(bytes, at, Math.min(bytes.length, at + 4), new byte[0]);
                default -> {
                    int end = Math.min(bytes.length, at + random.nextInt(40));
                    bytes = splice(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
                }
            }
        }
        return bytes;
    }

    /** The bytes with those from {@code from} to {@code to} replaced. */
    private static byte[] splice(byte[] bytes, int from, int to, byte[] replacement) {
        byte[] result = new byte[from + replacement.length + bytes.length - to];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(replacement, 0, result, from, replacement.length);
        System.arraycopy(bytes, to, result, from + replacement.length, bytes.length - to);
        return result;
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }
}
