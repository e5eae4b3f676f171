package io.github.wikiflow.sandbox.generator;

/** What is special about a generated event; each kind but {@link #NORMAL} has a settable share. */
public enum EventKind {
    /** Well-formed, and less than 20 s behind the newest event. */
    NORMAL,
    /** Well-formed, behind any usual out-of-orderness, but within a usual allowed lateness. */
    STRAGGLER,
    /** Well-formed, and behind its window by more than the allowed lateness. */
    LATE,
    /**
     * A log entry about something that happened years ago: valid, and far too late for a window.
     */
    ANCIENT,
    /** Well-formed, but its timestamp lies an hour to years after its record time. */
    POISONED,
    /** The very bytes of an event shortly before, with its source position. */
    DUPLICATE,
    /** The stream's own sign of life, which is no change and has no timestamp. */
    CANARY,
    /** Something else than JSON, such as a proxy's error page. */
    NOT_JSON,
    /**
     * An event with a byte that no UTF-8 has. Clients of Server-Sent Events replace such bytes, so
     * it gets into Kafka by other ways only, and is in no preset.
     */
    NOT_UTF_8,
    /** An event's bytes that end too early. */
    TRUNCATED,
    /** JSON, but an array or a scalar. */
    NOT_AN_OBJECT,
    /** An event without the field {@code timestamp}. */
    NO_TIMESTAMP,
    /** A {@code timestamp} that is text, null, a fraction, or outside the years 1970 to 9999. */
    WRONG_TIMESTAMP,
    /** An event without the field {@code meta}. */
    NO_META;

    /** Whether the bytes are one complete JSON object in UTF-8; a bridge forwards nothing else. */
    public boolean isJsonObject() {
        return switch (this) {
            case NOT_JSON, NOT_UTF_8, TRUNCATED, NOT_AN_OBJECT -> false;
            default -> true;
        };
    }

    /** Whether the bytes describe a change, be it late, old, repeated or from the future. */
    public boolean isChange() {
        return switch (this) {
            case NORMAL, STRAGGLER, LATE, ANCIENT, POISONED, DUPLICATE -> true;
            default -> false;
        };
    }

    /** Whether a bridge that drops repeats, canaries and what is no JSON object forwards it. */
    public boolean isForwarded() {
        return isJsonObject() && this != DUPLICATE && this != CANARY;
    }
}
