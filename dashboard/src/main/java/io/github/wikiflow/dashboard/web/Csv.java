package io.github.wikiflow.dashboard.web;

import io.github.wikiflow.dashboard.standings.WindowSummary;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Views as CSV (RFC 4180): comma, CRLF, UTF-8, a header line. */
final class Csv {

    /** Whom it is for. */
    enum Form {
        /**
         * Begins with a byte order mark, without which spreadsheets take UTF-8 for something else;
         * text that one would take for a formula gets an apostrophe in front, which they show as
         * text (https://owasp.org/www-community/attacks/CSV_Injection).
         */
        SPREADSHEET,

        /** For programs: the text as it is, and nothing before it. */
        EXACT
    }

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private static final Pattern NEEDS_QUOTES = Pattern.compile("[\",\r\n]");

    private final Form form;
    private final StringBuilder text = new StringBuilder();
    private boolean lineStarted;

    private Csv(Form form) {
        this.form = form;
        if (form == Form.SPREADSHEET) {
            text.append(BYTE_ORDER_MARK);
        }
    }

    /** A ranking, one line per place. */
    static String of(RankingView ranking, Form form) {
        Csv csv = new Csv(form);
        csv.line(
                "window_start",
                "window_end",
                "state",
                "rank",
                "name",
                "wiki",
                "changes",
                "share",
                "bot");
        for (RankingView.Entry entry : ranking.top()) {
            csv.line(
                    ranking.windowStart(),
                    ranking.windowEnd(),
                    ranking.state().label(),
                    entry.rank(),
                    entry.name(),
                    entry.wiki(),
                    entry.count(),
                    entry.share(),
                    entry.bot());
        }
        return csv.text.toString();
    }

    /** Windows, one line each. */
    static String of(List<WindowSummary> windows, Form form) {
        Csv csv = new Csv(form);
        csv.line("window_start", "window_end", "state", "changes", "users");
        for (WindowSummary window : windows) {
            csv.line(
                    window.start(),
                    window.end(),
                    window.state().label(),
                    window.changes(),
                    window.users());
        }
        return csv.text.toString();
    }

    private void line(@Nullable Object... fields) {
        for (Object field : fields) {
            field(field);
        }
        text.append("\r\n");
        lineStarted = false;
    }

    private void field(@Nullable Object value) {
        if (lineStarted) {
            text.append(',');
        }
        lineStarted = true;
        if (value instanceof String string) {
            text(string);
        } else if (value != null) {
            text.append(value);
        }
    }

    private void text(String value) {
        boolean formula =
                form == Form.SPREADSHEET
                        && !value.isEmpty()
                        && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0;
        String harmless = formula ? "'" + value : value;
        if (NEEDS_QUOTES.matcher(harmless).find()) {
            text.append('"').append(harmless.replace("\"", "\"\"")).append('"');
        } else {
            text.append(harmless);
        }
    }
}
