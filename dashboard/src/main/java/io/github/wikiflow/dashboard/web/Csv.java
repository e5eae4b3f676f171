package io.github.wikiflow.dashboard.web;

import io.github.wikiflow.dashboard.standings.WindowSummary;
import java.util.List;

/**
 * Views as CSV (RFC 4180): comma, CRLF, UTF-8, a header line. Text that a spreadsheet would take
 * for a formula gets an apostrophe in front, which spreadsheets show as text
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
public final class Csv {

    private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    private final StringBuilder text = new StringBuilder();
    private boolean lineStarted;

    private Csv() {}

    /** A ranking, one line per place. */
    public static String of(RankingView ranking) {
        Csv csv = new Csv();
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
    public static String of(List<WindowSummary> windows) {
        Csv csv = new Csv();
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

    private void line(Object... fields) {
        for (Object field : fields) {
            field(field);
        }
        text.append("\r\n");
        lineStarted = false;
    }

    private void field(Object value) {
        if (lineStarted) {
            text.append(',');
        }
        lineStarted = true;
        if (value instanceof String string) {
            quoted(string);
        } else if (value != null) {
            text.append(value);
        }
    }

    private void quoted(String value) {
        text.append('"');
        if (!value.isEmpty() && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0) {
            text.append('\'');
        }
        text.append(value.replace("\"", "\"\"")).append('"');
    }
}
