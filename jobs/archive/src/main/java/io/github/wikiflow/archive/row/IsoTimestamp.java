package io.github.wikiflow.archive.row;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Reads ISO 8601 date-times with a zone or offset, such as {@code 2025-12-15T10:00:00Z} and {@code
 * 2025-12-15T11:00:00.123+01:00}.
 */
final class IsoTimestamp {

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    private IsoTimestamp() {}

    /**
     * Microseconds since 1970-01-01T00:00:00Z; finer digits are cut off.
     *
     * @param text may be null
     * @return null if the text is no such date-time, or none of the years 1 to 9999, which is what
     *     every reader of the lake can show
     */
    static Long micros(String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return instant.isBefore(EARLIEST) || instant.isAfter(LATEST)
                    ? null
                    : ChronoUnit.MICROS.between(Instant.EPOCH, instant);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
