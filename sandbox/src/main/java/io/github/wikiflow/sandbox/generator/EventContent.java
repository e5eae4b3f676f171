package io.github.wikiflow.sandbox.generator;

import org.jspecify.annotations.Nullable;

/**
 * What a well-formed event says: the truth from which its JSON is written and from which the
 * expected answers are computed. What is null here is absent there.
 *
 * @param id {@code rcid}; null for many log entries
 * @param type {@code edit}, {@code new}, {@code categorize}, {@code log}, or rarely a number
 * @param timestamp epoch seconds
 * @param user null on redacted pages
 * @param notifyUrl null for log entries
 * @param edit null unless the type is edit or new
 * @param log null unless the type is log
 */
public record EventContent(
        Envelope meta,
        @Nullable Long id,
        String type,
        Page page,
        Comment comment,
        long timestamp,
        @Nullable String user,
        boolean bot,
        @Nullable String notifyUrl,
        @Nullable Edit edit,
        @Nullable LogEntry log) {

    /** {@code $schema} of every event. */
    public static final String SCHEMA = "/mediawiki/recentchange/1.0.0";

    /** {@code meta.stream} of every event. */
    public static final String STREAM = "mediawiki.recentchange";

    /** {@code server_script_path} of every event. */
    public static final String SCRIPT_PATH = "/w";

    /**
     * {@code meta}, apart from what the page says already.
     *
     * @param requestId a UUID
     * @param id a UUID, the event's identity
     * @param dt ISO 8601
     */
    public record Envelope(String requestId, String id, String dt, SourcePosition position) {}

    /**
     * A wiki.
     *
     * @param name its database's name, such as {@code enwiki}
     * @param serverName its host
     * @param script in which its titles and comments are written
     */
    public record Wiki(String name, String serverName, Script script) {
        /** The host with the scheme. */
        public String serverUrl() {
            return "https://" + serverName;
        }
    }

    /**
     * A page of a wiki.
     *
     * @param title with the name of the namespace and with blanks
     * @param path the title as it stands in a URL
     */
    public record Page(Wiki wiki, int namespace, String title, String path) {
        /** Where the page can be read. */
        public String url() {
            return "https://" + wiki.serverName + "/wiki/" + path;
        }
    }

    /** A comment as wikitext and as HTML. */
    public record Comment(String text, String html) {
        /** What someone who says nothing leaves. */
        public static final Comment NONE = new Comment("", "");
    }

    /**
     * What only an edit and a new page have.
     *
     * @param patrolled null where the wiki does not patrol
     * @param oldLength null for a new page, as is oldRevision
     */
    public record Edit(
            boolean minor,
            @Nullable Boolean patrolled,
            @Nullable Long oldLength,
            long newLength,
            @Nullable Long oldRevision,
            long newRevision) {}

    /**
     * What only a log entry has.
     *
     * @param params JSON text: an object or an array; null when absent
     */
    public record LogEntry(
            long id, String type, String action, String comment, @Nullable String params) {}
}
