package io.github.wikiflow.dashboard.standings;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.wikiflow.events.ranking.Ranking;
import java.util.Locale;

/** How settled a window's numbers are. */
public enum WindowState {
    /** The window is open: more changes are expected. */
    EARLY,
    /** The watermark has passed the window's end; stragglers may still correct it. */
    ON_TIME,
    /** A straggler has corrected it, and others still may. */
    CORRECTED,
    /** Its lateness has run out: nothing changes any more. */
    FINAL;

    /** The state that this ranking reports of its window. */
    public static WindowState of(Ranking ranking) {
        if (ranking.isFinal()) {
            return FINAL;
        }
        return switch (ranking.pane()) {
            case EARLY -> EARLY;
            case ON_TIME -> ON_TIME;
            case LATE -> CORRECTED;
        };
    }

    /** The name in JSON and CSV: lower case. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
