package io.github.wikiflow.events.change;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The fast path of {@link ChangeSummaryParser}: reads an event as events usually are, skipping
 * eight bytes at a time, and gives up on everything unusual. It checks all of the JSON's syntax and
 * UTF-8, so that what it reads, Jackson would read with the same outcome; what it gives up on, it
 * says nothing about.
 *
 * <p>One object reads one event.
 */
final class ChangeSummaryScanner {

    /** Returned in place of a position by whatever has given up. */
    private static final int UNSURE = -1;

    /** Jackson's limits on names, numbers and nesting are above these. */
    private static final int LONGEST_EVENT = 10_000_000;

    private static final int LONGEST_NAME = 1_000;
    private static final int MOST_DIGITS = 100;
    private static final int DEEPEST = 60;

    private static final VarHandle WORDS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private final byte[] json;

    private long timestamp = -1;
    private boolean hasMeta;
    private String type;
    private String wiki;
    private String title;
    private String user;
    private boolean bot;

    /** Whether the text that was skipped last contains a backslash. */
    private boolean escaped;

    private ChangeSummaryScanner(byte[] json) {
        this.json = json;
    }

    /** The summary of the event, or null if its bytes need a closer look. */
    static ChangeSummary scan(byte[] json) {
        if (json == null || json.length > LONGEST_EVENT) {
            return null;
        }
        ChangeSummaryScanner scanner = new ChangeSummaryScanner(json);
        if (!scanner.readAll() || scanner.timestamp < 0 || !scanner.hasMeta) {
            return null;
        }
        return new ChangeSummary(
                scanner.timestamp,
                scanner.type,
                scanner.wiki,
                scanner.title,
                scanner.user,
                scanner.bot);
    }

    private boolean readAll() {
        int position = skipSpace(0);
        if (at(position) != '{') {
            return false;
        }
        position = skipSpace(position + 1);
        if (at(position) != '}') {
            position = readField(position);
            while (position != UNSURE && at(position) == ',') {
                position = readField(skipSpace(position + 1));
            }
            if (position == UNSURE || at(position) != '}') {
                return false;
            }
        }
        return skipSpace(position + 1) == json.length;
    }

    /** Reads a field of the event; returns where the next token is. */
    private int readField(int position) {
        int end = skipName(position);
        if (end == UNSURE) {
            return UNSURE;
        }
        int name = position + 1;
        int length = end - 1 - name;
        int value = skipColon(end);
        if (value == UNSURE) {
            return UNSURE;
        }
        int next;
        if (length == 4 && isName("type", name)) {
            next = skipTextOrNull(value);
            type = next == UNSURE ? null : text(value, next);
        } else if (length == 4 && isName("wiki", name)) {
            next = skipTextOrNull(value);
            wiki = next == UNSURE ? null : text(value, next);
        } else if (length == 4 && isName("user", name)) {
            next = skipTextOrNull(value);
            user = next == UNSURE ? null : text(value, next);
        } else if (length == 5 && isName("title", name)) {
            next = skipTextOrNull(value);
            title = next == UNSURE ? null : text(value, next);
        } else if (length == 3 && isName("bot", name)) {
            next = skipLiteral(value);
            bot = at(value) == 't';
        } else if (length == 9 && isName("timestamp", name)) {
            next = readTimestamp(value);
        } else if (length == 4 && isName("meta", name)) {
            next = at(value) == '{' ? skipValue(value) : UNSURE;
            hasMeta = true;
        } else {
            next = skipValue(value);
        }
        return next == UNSURE ? UNSURE : skipSpace(next);
    }

    private boolean isName(String expected, int position) {
        for (int i = 0; i < expected.length(); i++) {
            if (json[position + i] != expected.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int readTimestamp(int position) {
        int end = position;
        long value = 0;
        while (isDigit(at(end)) && end - position < 12) {
            value = value * 10 + json[end] - '0';
            end++;
        }
        boolean isPlain = end > position && (json[position] != '0' || end == position + 1);
        int following = at(end);
        if (!isPlain
                || value > ChangeJson.LATEST_TIMESTAMP
                || following == '.'
                || following == 'e'
                || following == 'E') {
            return UNSURE;
        }
        timestamp = value;
        return end;
    }

    private int skipTextOrNull(int position) {
        if (at(position) != '"') {
            return at(position) == 'n' ? skipLiteral(position) : UNSURE;
        }
        escaped = false;
        return skipString(position);
    }

    /** The text between the quotes, or null for JSON null. */
    private String text(int start, int end) {
        if (json[start] != '"') {
            return null;
        }
        return escaped ? unescaped(start + 1, end - 1) : utf8(start + 1, end - 1);
    }

    /** A surrogate that stands alone is kept, as Jackson keeps it. */
    private String unescaped(int start, int end) {
        StringBuilder text = new StringBuilder(end - start);
        int plain = start;
        int next = start;
        while (next < end) {
            if (json[next] != '\\') {
                next++;
                continue;
            }
            text.append(utf8(plain, next));
            text.append(escapedCharacter(next));
            next = skipEscape(next);
            plain = next;
        }
        return text.append(utf8(plain, end)).toString();
    }

    private char escapedCharacter(int position) {
        return switch (json[position + 1]) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int character = 0;
                for (int i = 2; i < 6; i++) {
                    character = character << 4 | Character.digit(json[position + i], 16);
                }
                yield (char) character;
            }
            default -> (char) json[position + 1];
        };
    }

    private String utf8(int start, int end) {
        return new String(json, start, end - start, StandardCharsets.UTF_8);
    }

    /** Skips any value without recursion; one bit per level tells objects from arrays. */
    private int skipValue(int position) {
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

    private int skipDigits(int position) {
        int next = position;
        while (isDigit(at(next))) {
            next++;
        }
        return next;
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
        return end <= json.length && isName(word, position) ? end : UNSURE;
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

    private int skipString(int position) {
        int next = skipPlain(position + 1);
        while (at(next) != '"') {
            next = at(next) == '\\' ? skipEscape(next) : skipCharacter(next);
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
        int last = bytes.length - Long.BYTES;
        while (next <= last) {
            long found = special((long) WORDS.get(bytes, next));
            if (found != 0) {
                return next + (Long.numberOfTrailingZeros(found) >> 3);
            }
            next += Long.BYTES;
        }
        while (next < bytes.length
                && bytes[next] >= 0x20
                && bytes[next] != '"'
                && bytes[next] != '\\') {
            next++;
        }
        return next;
    }

    /**
     * Marks by its high bit the lowest of eight bytes that is a quote, a backslash, below 0x20 or
     * above 0x7F; bits above that one may be wrong, since subtraction borrows.
     */
    private static long special(long word) {
        long quotes = word ^ '"' * ONES;
        long backslashes = word ^ '\\' * ONES;
        return (quotes - ONES | backslashes - ONES | word - 0x20 * ONES | word) & HIGHS;
    }

    private int skipEscape(int position) {
        escaped = true;
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

    /** Skips one character of several bytes, if they are well-formed UTF-8 (Unicode, table 3-7). */
    private int skipCharacter(int position) {
        int first = at(position);
        if (first >= 0xC2 && first <= 0xDF) {
            return isBetween(0x80, 0xBF, position + 1) ? position + 2 : UNSURE;
        }
        if (first >= 0xE0 && first <= 0xEF) {
            return isBetween(first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF, position + 1)
                            && isBetween(0x80, 0xBF, position + 2)
                    ? position + 3
                    : UNSURE;
        }
        if (first >= 0xF0 && first <= 0xF4) {
            return isBetween(first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF, position + 1)
                            && isBetween(0x80, 0xBF, position + 2)
                            && isBetween(0x80, 0xBF, position + 3)
                    ? position + 4
                    : UNSURE;
        }
        return UNSURE;
    }

    private boolean isBetween(int least, int greatest, int position) {
        int value = at(position);
        return value >= least && value <= greatest;
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
    private int at(int position) {
        return position < json.length ? json[position] & 0xFF : -1;
    }
}
