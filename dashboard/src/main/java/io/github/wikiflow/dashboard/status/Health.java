package io.github.wikiflow.dashboard.status;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Whether a part of the pipeline does its work. */
public enum Health {
    HEALTHY,
    /** It answers, and something is wrong or not ready. */
    UNHEALTHY,
    /** It does not answer: perhaps it does not run, perhaps it runs elsewhere. */
    UNKNOWN;

    /** The name in JSON: lower case. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
