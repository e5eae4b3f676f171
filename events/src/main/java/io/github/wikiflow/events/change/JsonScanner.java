package io.github.wikiflow.events.change;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Walks over the JSON of usual events, eight bytes at a time, and gives up on everything unusual.
 * It checks all of the JSON's syntax and UTF-8, so that what it passes, Jackson would read with the
 * same outcome; what it gives up on, it says nothing about.
 *
 * <p>Not thread-safe.
 */
abstract class JsonScanner {

    /** Returned in place of a position by whatever has given up. */
    static final int UNSURE = Utf8.NO_CHARACTER;

    /** Jackson's limits on names, numbers and nesting are above these. */
    private static final int LONGEST_EVENT = 10_000_000;

    private static final int LONGEST_NAME = 1_000;
    private static final int MOST_DIGITS = 100;
    private static final int MOST_DIGITS_OF_A_LONG = 18;
    private static final int DEEPEST = 60;

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private static final long DIGITS = 0x30 * ONES;

    /** Carries into a byte's high bit from 10 on. */
    private static final long ABOVE_NINE = (0x80 - 10) * ONES;

    private final FieldOrder order = new FieldOrder();
    private byte[] json = {};
    private int jsonEnd;
    private boolean hasEscapes;

    /**
     * Reads the fields of one event with {@link #readValue}.
     *
     * @param array holds the event as UTF-8
     * @param start where in the array the event starts
     * @param end where it ends, exclusive
     * @param object the number by which {@link #meaning} knows the event itself
     * @return false if its bytes need a closer look
     */
    final boolean scanEvent(byte[] array, int start, int end, int object) {
        if (end - start > LONGEST_EVENT) {
            return false;
        }
        json = array;
        jsonEnd = end;
        order.restart();
        int position = skipSpace(start);
        int next = at(position) == '{' ? readObject(position, object) : UNSURE;
        return next != UNSURE && skipSpace(next) == end;
    }

    /**
     * Reads the fields of the object that starts here with {@link #readValue}.
     *
     * @param object the number by which {@link #meaning} knows the object
     * @return where the object ends, or {@link #UNSURE}
     */
    final int readObject(int start, int object) {
        int position = skipSpace(start + 1);
        if (at(position) == '}') {
            return position + 1;
        }
        while (true) {
            int next = readField(object, position);
            if (next == UNSURE) {
                return UNSURE;
            }
            position = skipSpace(next);
            if (at(position) == '}') {
                return position + 1;
            }
            if (at(position) != ',') {
                return UNSURE;
            }
            position = skipSpace(position + 1);
        }
    }

    private int readField(int object, int position) {
        int expected = order.follow(object, json, position);
        if (expected != FieldOrder.UNEXPECTED) {
            return readValue(order.meaning(), skipSpace(position + expected));
        }
        int end = skipName(position);
        int value = end == UNSURE ? UNSURE : skipColon(end);
        if (value == UNSURE) {
            return UNSURE;
        }
        int meaning = meaning(object, position + 1, end - 1);
        if (json[end] == ':') {
            order.learn(object, meaning, json, position, end + 1 - position);
        }
        return readValue(meaning, value);
    }

    /**
     * Looks up a field's name.
     *
     * @param object which object has the field
     * @param name where the name starts
     * @param nameEnd where the name ends
     * @return the number by which {@link #readValue} knows the field; always the same for a name
     */
    abstract int meaning(int object, int name, int nameEnd);

    /**
     * Reads or skips the value of a field.
     *
     * @param meaning of the field's name
     * @param value where the value starts
     * @return where the value ends, or {@link #UNSURE}
     */
    abstract int readValue(int meaning, int value);

    /** The array that holds the event. */
    final byte[] json() {
        return json;
    }

    /** Whether these characters, all ASCII, stand here. */
    private boolean isName(String expected, int position) {
        for (int i = 0; i < expected.length(); i++) {
            if (json[position + i] != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Skips any value without recursion; one bit per level tells objects from arrays. */
    final int skipValue(int position) {
        long objects = 0;
        int depth = 0;
        int next = position;
        while (true) {
            int first = at(next);
            if (first == '{' || first == '[') {
                if (++depth > DEEPEST) {
                    return UNSURE;
                }
                boolean isObject = first == '{';
                objects = objects << 1 | (isObject ? 1 : 0);
                next = skipSpace(next + 1);
                if (at(next) != (isObject ? '}' : ']')) {
                    next = isObject ? skipNameAndColon(next) : next;
                    if (next == UNSURE) {
                        return UNSURE;
                    }
                    continue;
                }
            } else {
                next = skipScalar(next);
                if (next == UNSURE || depth == 0) {
                    return next;
                }
                next = skipSpace(next);
            }
            while (at(next) == ((objects & 1) != 0 ? '}' : ']')) {
                objects >>>= 1;
                next++;
                if (--depth == 0) {
                    return next;
                }
                next = skipSpace(next);
            }
            if (at(next) != ',') {
                return UNSURE;
            }
            next = skipSpace(next + 1);
            next = (objects & 1) != 0 ? skipNameAndColon(next) : next;
            if (next == UNSURE) {
                return UNSURE;
            }
        }
    }

    private int skipScalar(int position) {
        int first = at(position);
        if (first == '"') {
            return skipString(position);
        }
        return first == '-' || isDigit(first) ? skipNumber(position) : skipLiteral(position);
    }

    private int skipNumber(int position) {
        int next = at(position) == '-' ? position + 1 : position;
        int digits = next;
        next = skipDigits(next);
        if (next == digits || json[digits] == '0' && next > digits + 1) {
            return UNSURE;
        }
        if (at(next) == '.') {
            digits = next + 1;
            next = skipDigits(digits);
            if (next == digits) {
                return UNSURE;
            }
        }
        if (at(next) == 'e' || at(next) == 'E') {
            digits = at(next + 1) == '+' || at(next + 1) == '-' ? next + 2 : next + 1;
            next = skipDigits(digits);
            if (next == digits) {
                return UNSURE;
            }
        }
        return next - position > MOST_DIGITS ? UNSURE : next;
    }

    /** Skips an integer of at most {@value #MOST_DIGITS_OF_A_LONG} digits, and nothing else. */
    final int skipInteger(int position) {
        int end = skipNumber(position);
        if (end == UNSURE || end - position > MOST_DIGITS_OF_A_LONG) {
            return UNSURE;
        }
        for (int i = position; i < end; i++) {
            if (!isDigit(json[i]) && json[i] != '-') {
                return UNSURE;
            }
        }
        return end;
    }

    /** Skips an integer that is an event's timestamp: see {@link ChangeJson}. */
    final int skipTimestamp(int position) {
        int end = skipInteger(position);
        boolean isInRange =
                end != UNSURE
                        && json[position] != '-'
                        && integer(position, end) <= ChangeJson.LATEST_TIMESTAMP;
        return isInRange ? end : UNSURE;
    }

    /** The integer that {@link #skipInteger} skipped. */
    final long integer(int start, int end) {
        boolean isNegative = json[start] == '-';
        long value = 0;
        for (int i = isNegative ? start + 1 : start; i < end; i++) {
            value = value * 10 + json[i] - '0';
        }
        return isNegative ? -value : value;
    }

    private int skipDigits(int position) {
        byte[] bytes = json;
        int next = position;
        int last = jsonEnd - Long.BYTES;
        while (next <= last) {
            long values = (long) WORDS.get(bytes, next) ^ DIGITS;
            // Right up to the lowest byte that is no digit; bits above it may be carried into.
            long found = (values + ABOVE_NINE | values) & HIGHS;
            if (found != 0) {
                return next + (Long.numberOfTrailingZeros(found) >> 3);
            }
            next += Long.BYTES;
        }
        while (isDigit(at(next))) {
            next++;
        }
        return next;
    }

    final int skipNull(int position) {
        return at(position) == 'n' ? skipLiteral(position) : UNSURE;
    }

    private int skipLiteral(int position) {
        return switch (at(position)) {
            case 't' -> skipWord("true", position);
            case 'f' -> skipWord("false", position);
            case 'n' -> skipWord("null", position);
            default -> UNSURE;
        };
    }

    private int skipWord(String word, int position) {
        int end = position + word.length();
        return end <= jsonEnd && isName(word, position) ? end : UNSURE;
    }

    private int skipNameAndColon(int position) {
        int end = skipName(position);
        return end == UNSURE ? UNSURE : skipColon(end);
    }

    /** Only names of plain ASCII. */
    private int skipName(int position) {
        if (at(position) != '"') {
            return UNSURE;
        }
        int end = skipPlain(position + 1);
        return at(end) != '"' || end - position > LONGEST_NAME ? UNSURE : end + 1;
    }

    private int skipColon(int position) {
        int colon = skipSpace(position);
        return at(colon) == ':' ? skipSpace(colon + 1) : UNSURE;
    }

    final int skipString(int position) {
        hasEscapes = false;
        int next = skipPlain(position + 1);
        while (at(next) != '"') {
            next = at(next) == '\\' ? skipEscape(next) : Utf8.characterEnd(json, next, jsonEnd);
            if (next == UNSURE) {
                return UNSURE;
            }
            next = skipPlain(next);
        }
        return next + 1;
    }

    /** Skips ASCII up to a quote, a backslash, a control character, another byte or the end. */
    private int skipPlain(int position) {
        byte[] bytes = json;
        int next = position;
        int last = jsonEnd - Long.BYTES;
        while (next <= last) {
            long found = special((long) WORDS.get(bytes, next));
            if (found != 0) {
                return next + (Long.numberOfTrailingZeros(found) >> 3);
            }
            next += Long.BYTES;
        }
        while (next < jsonEnd && bytes[next] >= 0x20 && bytes[next] != '"' && bytes[next] != '\\') {
            next++;
        }
        return next;
    }

    /**
     * Marks by its high bit the lowest of eight bytes that is a quote, a backslash, below 0x20 or
     * above 0x7F; bits above that one may be wrong, since subtraction borrows.
     *
     * <p>Flipping a bit makes a quote (0x22) a space (0x20) and leaves what is below 0x20 there, so
     * one subtraction finds both (Lemire, <em>Detect control characters, quotes and backslashes
     * efficiently using SWAR</em>, 2025).
     */
    private static long special(long word) {
        long quotesAndControls = (word ^ ('"' ^ ' ') * ONES) - (' ' + 1) * ONES;
        long backslashes = (word ^ '\\' * ONES) - ONES;
        return (quotesAndControls | backslashes | word) & HIGHS;
    }

    final int skipEscape(int position) {
        hasEscapes = true;
        return switch (at(position + 1)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> position + 2;
            case 'u' -> {
                for (int i = 2; i < 6; i++) {
                    if (Character.digit(at(position + i), 16) < 0) {
                        yield UNSURE;
                    }
                }
                yield position + 6;
            }
            default -> UNSURE;
        };
    }

    /** Whether the text that {@link #skipString} skipped last has escapes. */
    final boolean hasEscapes() {
        return hasEscapes;
    }

    /** The UTF-16 code unit for which the escape stands that starts here and is a valid one. */
    final int escapedCharacter(int position) {
        return switch (at(position + 1)) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int character = 0;
                for (int i = 2; i < 6; i++) {
                    character = character << 4 | Character.digit(at(position + i), 16);
                }
                yield character;
            }
            default -> at(position + 1);
        };
    }

    private int skipSpace(int position) {
        int next = position;
        int value;
        // The first comparison alone ends nearly every call.
        while ((value = at(next)) <= ' '
                && (value == ' ' || value == '\n' || value == '\r' || value == '\t')) {
            next++;
        }
        return next;
    }

    private static boolean isDigit(int value) {
        return value >= '0' && value <= '9';
    }

    /** The byte at a position as 0 to 255, or -1 beyond the end. */
    final int at(int position) {
        return position < jsonEnd ? json[position] & 0xFF : -1;
    }
}
