package io.github.wikiflow.events.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.wikiflow.testing.Mutations;
import io.github.wikiflow.testing.Seed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Feeds all parsers with mutations of events: whatever the bytes, each ends in a change or a {@link
 * MalformedChange}, and all agree on which. {@code -Dseed} and {@code -Dfuzz.inputs} repeat or
 * lengthen a run.
 */
class ParserFuzzTest {

    private static final Mutations MUTATIONS =
            new Mutations(
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
                            ".0",
                            ".5",
                            "e1",
                            "e-2",
                            "0.0",
                            "1e400",
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
                            "NaN"));

    /** An exponent of these digits is beyond what can be computed with. */
    private static final Pattern HUGE_EXPONENT = Pattern.compile("[eE][+-]?[0-9]{9}");

    private static final long MOST_GROWTH_BYTES = 16 << 20;

    private static final Set<ChangeField> ALL_FIELDS = EnumSet.allOf(ChangeField.class);

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
            ChangeText.utf8(ChangeText.FRACTIONS),
            ChangeText.leastWith(
                    "\"title\":\"\\\"é\\\\\\/\\b\\f\\n\\r\\t\\u00E9\\ud83D\\ude00\\ud83d.\",\"user\":\"\\u0000\"")
        };
        int changes = 0;
        long memoryEarly = 0;
        for (int i = 0; i < inputs; i++) {
            byte[] input = MUTATIONS.of(samples[random.nextInt(samples.length)], random);
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
        agreeWithTree(change, input, origin);
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

    /**
     * Compares with another reading of the input: a change is UTF-8 and has the values that this
     * one finds, and what this one finds no fault in is a change.
     */
    private static void agreeWithTree(WikiChange change, byte[] input, String origin) {
        boolean isUtf8 = EventTree.isUtf8(input);
        if (change != null) {
            assertThat(isUtf8).as("%s: UTF-8 in %s", origin, text(input)).isTrue();
        }
        if (!isUtf8 || HUGE_EXPONENT.matcher(text(input)).find()) {
            return;
        }
        try {
            Optional<EventTree> tree = EventTree.read(input);
            assertThat(tree.isPresent())
                    .as("%s: a change in %s", origin, text(input))
                    .isEqualTo(change != null);
            if (change != null) {
                assertThat(tree.get().differences(new ParsedChange(change), ALL_FIELDS))
                        .as("%s: %s", origin, text(input))
                        .isEmpty();
            }
        } catch (JsonProcessingException e) {
            // A name that is there twice is no fault to the parsers.
            assertThat(change == null || e.getMessage().contains("Duplicate field"))
                    .as("%s: %s in %s", origin, e.getMessage(), text(input))
                    .isTrue();
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
                assertThat(envelope.parse(input))
                        .as("%s: envelope of %s", origin, text(input))
                        .isEqualTo(front)
                        .isEqualTo(ChangeText.envelope(change));
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

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }
}
