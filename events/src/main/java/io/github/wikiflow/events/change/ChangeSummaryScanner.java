package io.github.wikiflow.events.change;

import java.nio.charset.StandardCharsets;

/**
 * The fast path of {@link ChangeSummaryParser}: reads an event as events usually are.
 *
 * <p>One object reads one event.
 */
final class ChangeSummaryScanner extends JsonScanner {

    private static final int EVENT = 0;

    private long timestamp = -1;
    private boolean hasMeta;
    private String type;
    private String wiki;
    private String title;
    private String user;
    private boolean bot;

    private ChangeSummaryScanner() {}

    /** The summary of the event, or null if its bytes need a closer look. */
    static ChangeSummary scan(byte[] json) {
        ChangeSummaryScanner scanner = new ChangeSummaryScanner();
        if (!scanner.scanEvent(json, EVENT) || scanner.timestamp < 0 || !scanner.hasMeta) {
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

    @Override
    int readValue(int object, int name, int nameEnd, int value) {
        int length = nameEnd - name;
        int end;
        if (length == 4 && isName("type", name)) {
            end = skipTextOrNull(value);
            type = end == UNSURE ? null : text(value, end);
        } else if (length == 4 && isName("wiki", name)) {
            end = skipTextOrNull(value);
            wiki = end == UNSURE ? null : text(value, end);
        } else if (length == 4 && isName("user", name)) {
            end = skipTextOrNull(value);
            user = end == UNSURE ? null : text(value, end);
        } else if (length == 5 && isName("title", name)) {
            end = skipTextOrNull(value);
            title = end == UNSURE ? null : text(value, end);
        } else if (length == 3 && isName("bot", name)) {
            end = skipLiteral(value);
            bot = at(value) == 't';
        } else if (length == 9 && isName("timestamp", name)) {
            end = skipTimestamp(value);
            timestamp = end == UNSURE ? -1 : integer(value, end);
        } else if (length == 4 && isName("meta", name)) {
            end = at(value) == '{' ? skipValue(value) : UNSURE;
            hasMeta = true;
        } else {
            end = skipValue(value);
        }
        return end;
    }

    private int skipTextOrNull(int position) {
        return at(position) == '"' ? skipString(position) : skipNull(position);
    }

    /** The text between the quotes, or null for JSON null. */
    private String text(int start, int end) {
        if (at(start) != '"') {
            return null;
        }
        return hasEscapes() ? unescaped(start + 1, end - 1) : utf8(start + 1, end - 1);
    }

    /** A surrogate that stands alone is kept, as Jackson keeps it. */
    private String unescaped(int start, int end) {
        StringBuilder text = new StringBuilder(end - start);
        int plain = start;
        int next = start;
        while (next < end) {
            if (at(next) != '\\') {
                next++;
                continue;
            }
            text.append(utf8(plain, next));
            text.append((char) escapedCharacter(next));
            next = skipEscape(next);
            plain = next;
        }
        return text.append(utf8(plain, end)).toString();
    }

    private String utf8(int start, int end) {
        return new String(json(), start, end - start, StandardCharsets.UTF_8);
    }
}
