package io.github.wikiflow.events.ranking;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why a window's ranking was emitted. */
public enum Pane {
    /** The window is still open. */
    EARLY,
    /** The watermark has passed the window's end. */
    ON_TIME,
    /** A straggler corrected the ranking after {@link #ON_TIME}. */
    LATE;

    /** The name in JSON: lower case. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
