package io.github.wikiflow.events.kafka;

/**
 * The headers of a change that came too late for its window, beside those of {@link CopiedRecord};
 * every value is UTF-8 text.
 */
public final class LateChangeHeaders {

    /** Start of the window that the change belongs to, inclusive, ISO 8601 in UTC. */
    public static final String WINDOW_START = "window-start";

    /** End of the window that the change belongs to, exclusive, ISO 8601 in UTC. */
    public static final String WINDOW_END = "window-end";

    /** By how many milliseconds the watermark was ahead of the change, in decimal. */
    public static final String LATENESS_MS = "lateness-ms";

    /** The partition that the change was read from, in decimal. */
    public static final String SOURCE_PARTITION = "source-partition";

    /** The offset that the change was read from, in decimal. */
    public static final String SOURCE_OFFSET = "source-offset";

    private LateChangeHeaders() {}
}
