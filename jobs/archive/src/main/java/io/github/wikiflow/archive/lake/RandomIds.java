package io.github.wikiflow.archive.lake;

import java.util.HexFormat;
import java.util.UUID;

/** Ids that nothing else has. */
final class RandomIds {

    private RandomIds() {}

    /** Sixteen hexadecimal digits. */
    static String next() {
        return HexFormat.of().toHexDigits(UUID.randomUUID().getLeastSignificantBits());
    }
}
