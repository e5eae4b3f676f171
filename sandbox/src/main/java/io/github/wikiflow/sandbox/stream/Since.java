package io.github.wikiflow.sandbox.stream;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * The {@code since} parameter: milliseconds since 1970, or a date with or without time in ISO 8601.
 */
final class Since {

    private Since() {}

    /**
     * Milliseconds since 1970.
     *
     * @throws IllegalArgumentException with a message for the client if it is neither
     */
    static long parse(String since) {
        try {
            if (since.chars().allMatch(Character::isDigit)) {
                return Long.parseLong(since);
            }
            return instant(since).toEpochMilli();
        } catch (DateTimeException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    "since timestamp is not a UTC milliseconds unix epoch and was not parseable: '"
                            + since
                            + "'",
                    e);
        }
    }

    /** As JavaScript reads it: a date alone is in UTC; a time without zone is taken as UTC here. */
    private static Instant instant(String since) {
        if (since.indexOf('T') < 0) {
            return LocalDate.parse(since).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        return DateTimeFormatter.ISO_DATE_TIME.parseBest(
                                since, OffsetDateTime::from, LocalDateTime::from)
                        instanceof OffsetDateTime zoned
                ? zoned.toInstant()
                : LocalDateTime.parse(since).toInstant(ZoneOffset.UTC);
    }
}
