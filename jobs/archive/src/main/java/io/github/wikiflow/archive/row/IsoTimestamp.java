package io.github.wikiflow.archive.row;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads ISO 8601 date-times with a zone or offset, extended or basic, such as {@code
 * 2025-12-15T10:00:00Z}, {@code 2025-12-15T11:00:00,123+01} and {@code 20251215T1000Z}. It leaves
 * out what of the standard no machine writes: days of the year, weeks, 24:00, the second 60, parts
 * of an hour or minute.
 */
final class IsoTimestamp {

    /** Stands for a text that is no date-time. */
    static final long NONE = Long.MIN_VALUE;

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_MICRO = 1_000;

    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

    /** The start of nearly all events' date-times; a fraction and {@code Z} follow. */
    private static final String USUAL_START = "dddd-dd-ddTdd:dd:dd";

    private static final int MOST_FRACTION_DIGITS = 9;

    private static final Pattern ANY_FORM =
            Pattern.compile(
                    "(?<year>\\d{4})(?<hyphen>-?)(?<month>\\d\\d)\\k<hyphen>(?<day>\\d\\d)"
                            + "T(?<hour>\\d\\d)(:?(?<minute>\\d\\d)(:?(?<second>\\d\\d)([.,](?<fraction>\\d+))?)?)?"
                            + "(Z|(?<offsetHour>[+-]\\d\\d)(:?(?<offsetMinute>\\d\\d))?)",
                    Pattern.CASE_INSENSITIVE);

    private IsoTimestamp() {}

    /**
     * Microseconds since 1970-01-01T00:00:00Z; finer digits are cut off.
     *
     * @param text the date-time in UTF-8, from the array's start
     * @param length the text's length in bytes
     * @return {@link #NONE} if the text is no such date-time, or none of the years 1 to 9999, which
     *     is what every reader of the lake can show
     */
    static long micros(byte[] text, int length) {
        return hasUsualForm(text, length) ? usual(text, length) : any(text, length);
    }

    private static boolean hasUsualForm(byte[] text, int length) {
        int start = USUAL_START.length();
        if (length <= start || text[length - 1] != 'Z') {
            return false;
        }
        for (int i = 0; i < start; i++) {
            char expected = USUAL_START.charAt(i);
            if (expected == 'd' ? !isDigit(text[i]) : text[i] != expected) {
                return false;
            }
        }
        if (length == start + 1) {
            return true;
        }
        int fractionDigits = length - start - ".Z".length();
        if (text[start] != '.' || fractionDigits < 1 || fractionDigits > MOST_FRACTION_DIGITS) {
            return false;
        }
        for (int i = start + 1; i < length - 1; i++) {
            if (!isDigit(text[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    /** As {@link #any}, without its cost: this runs for every event. */
    private static long usual(byte[] text, int length) {
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
            return NONE;
        }
        long epochDay = LocalDate.of(year, month, day).toEpochDay();
        long seconds = ((epochDay * 24 + hour) * 60 + minute) * 60 + second;
        long micros = 0;
        int fraction = USUAL_START.length() + 1;
        for (int i = fraction; i < fraction + 6; i++) {
            micros = micros * 10 + (i < length - 1 ? text[i] - '0' : 0);
        }
        return seconds * MICROS_PER_SECOND + micros;
    }

    private static int number(byte[] text, int start, int end) {
        int number = 0;
        for (int i = start; i < end; i++) {
            number = number * 10 + text[i] - '0';
        }
        return number;
    }

    private static long any(byte[] text, int length) {
        Matcher form = ANY_FORM.matcher(new String(text, 0, length, StandardCharsets.UTF_8));
        if (!form.matches()) {
            return NONE;
        }
        String fraction = part(form, "fraction", "0");
        String usual =
                "%s-%s-%sT%s:%s:%s.%s%s:%s"
                        .formatted(
                                form.group("year"),
                                form.group("month"),
                                form.group("day"),
                                form.group("hour"),
                                part(form, "minute", "00"),
                                part(form, "second", "00"),
                                fraction.substring(
                                        0, Math.min(fraction.length(), MOST_FRACTION_DIGITS)),
                                part(form, "offsetHour", "+00"),
                                part(form, "offsetMinute", "00"));
        try {
            Instant instant = OffsetDateTime.parse(usual).toInstant();
            return instant.isBefore(EARLIEST) || instant.isAfter(LATEST)
                    ? NONE
                    : instant.getEpochSecond() * MICROS_PER_SECOND
                            + instant.getNano() / NANOS_PER_MICRO;
        } catch (DateTimeException e) {
            return NONE;
        }
    }

    private static String part(Matcher form, String name, String absent) {
        return Objects.requireNonNullElse(form.group(name), absent);
    }
}
