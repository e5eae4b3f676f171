package io.github.wikiflow.archive.row;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;

/**
 * Reads ISO 8601 date-times with a zone or offset, such as {@code 2025-12-15T10:00:00Z} and {@code
 * 2025-12-15T11:00:00.123+01:00}.
 */
final class IsoTimestamp {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    /** {@code 2025-12-15T10:00:00Z}, the form of nearly all events. */
    private static final String USUAL_FORM = "dddd-dd-ddTdd:dd:ddZ";

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
        return hasUsualForm(text) ? usual(text) : any(text);
    }

    private static boolean hasUsualForm(String text) {
        if (text.length() != USUAL_FORM.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char expected = USUAL_FORM.charAt(i);
            char c = text.charAt(i);
            if (expected == 'd' ? c < '0' || c > '9' : c != expected) {
                return false;
            }
        }
        return true;
    }

    /** As {@link #any}, without its cost: this runs for every event. */
    private static Long usual(String text) {
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if (year < 1
                || month < 1
                || month > 12
                || day < 1
                || day > 28 && day > YearMonth.of(year, month).lengthOfMonth()
                || hour > 23
                || minute > 59
                || second > 59) {
            return null;
        }
        long epochDay = LocalDate.of(year, month, day).toEpochDay();
        long seconds = ((epochDay * 24 + hour) * 60 + minute) * 60 + second;
        return seconds * MICROS_PER_SECOND;
    }

    private static int number(String text, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }

    private static Long any(String text) {
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            return instant.isBefore(EARLIEST) || instant.isAfter(LATEST)
                    ? null
                    : instant.getEpochSecond() * MICROS_PER_SECOND
                            + instant.getNano() / NANOS_PER_MICRO;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
