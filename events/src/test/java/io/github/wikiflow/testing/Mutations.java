package io.github.wikiflow.testing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/**
 * Makes odd inputs of good ones: cut, with bytes changed, added, taken out or repeated.
 *
 * @param fragments pieces of the input's language, of which some are put in
 */
public record Mutations(List<String> fragments) {

    /** Bytes that some decoders take for characters, and that are no UTF-8. */
    private static final List<String> ILL_FORMED =
            List.of(
                    "eda080",
                    "edbfbf",
                    "c0a2",
                    "c1bf",
                    "e09fbf",
                    "f08080af",
                    "f4908080",
                    "80",
                    "c3");

    /** The sample after one to three mutations. */
    public byte[] of(byte[] sample, Random random) {
        byte[] bytes = sample;
        for (int mutations = 1 + random.nextInt(3); mutations > 0; mutations--) {
            bytes = once(bytes, random);
        }
        return bytes;
    }

    private byte[] once(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length + 1);
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> {
                byte[] changed = bytes.clone();
                if (at < changed.length) {
                    changed[at] = (byte) random.nextInt(256);
                }
                yield changed;
            }
            case 2 -> {
                String fragment = fragments.get(random.nextInt(fragments.size()));
                yield splice(bytes, at, at, fragment.getBytes(StandardCharsets.UTF_8));
            }
            case 3 -> splice(bytes, at, Math.min(bytes.length, at + 4), new byte[0]);
            case 4 -> {
                String odd = ILL_FORMED.get(random.nextInt(ILL_FORMED.size()));
                yield splice(bytes, at, at, HexFormat.of().parseHex(odd));
            }
            default -> {
                int end = Math.min(bytes.length, at + random.nextInt(40));
                yield splice(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
            }
        };
    }

    /** The bytes with those from {@code from} to {@code to} replaced. */
    private static byte[] splice(byte[] bytes, int from, int to, byte[] replacement) {
        byte[] result = new byte[from + replacement.length + bytes.length - to];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(replacement, 0, result, from, replacement.length);
        System.arraycopy(bytes, to, result, from + replacement.length, bytes.length - to);
        return result;
    }
}
