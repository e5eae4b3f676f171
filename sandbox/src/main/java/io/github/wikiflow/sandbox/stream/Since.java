package io.github.wikiflow.sandbox.stream;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;

/**
 * The {@code since} parameter: milliseconds since 1970, or a date with or without time in ISO 8601.
 */
final class Since {

    private Since() {}

    /**
     * Milliseconds since 1970.
     *
     * @throws RequestRefused if it is neither
     */
    static long parse(String since) throws RequestRefused {
        try {
            if (since.chars().allMatch(Character::isDigit)) {
                return Long.parseLong(since);
            }
            return instant(since).toEpochMilli();
        } catch (DateTimeException | NumberFormatException e) {
            throw RequestRefused.badRequest(
                    "since timestamp is not a UTC milliseconds unix epoch and was not parseable: '"
                            + since
                            + "'");
        }
    }

    /** As JavaScript reads it: a date alone is in UTC; a time without zone is taken as UTC here. */
    private static Instant instant(String since) {
        if (since.indexOf('T') < 0) {
            return LocalDate.parse(since).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        TemporalAccessor time =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(
                        since, OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime zoned
                ? zoned.toInstant()
                : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
    }
}
