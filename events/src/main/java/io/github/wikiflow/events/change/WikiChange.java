package io.github.wikiflow.events.change;

import org.jspecify.annotations.Nullable;

/**
 * One change of a wiki, as Wikimedia's {@code recentchange} stream describes it, with every field
 * that the lake keeps.
 *
 * <p>Only {@link #meta()} and {@link #timestamp()} are always there. Everything else is null when
 * the event lacks the field, when the field is JSON null, or when its value has another type than
 * the one here; the stream leaves out what does not apply (a log entry has no length, an edit no
 * log id). Every text comes from strangers: none of it may be used as a path, as markup or as a
 * query without escaping.
 *
 * @param schema {@code $schema}, or {@code meta.schema_uri} in events of 2018 and 2019
 * @param meta where the event comes from
 * @param id {@code rcid}, an integer in the source; absent for many log entries
 * @param type {@code edit}, {@code categorize}, {@code log}, {@code new}, or rarely a number
 * @param namespace the page's namespace; 0 is the article namespace
 * @param timestamp when the change was made, in epoch seconds, from 1970 to the end of the year
 *     9999
 * @param user account name, IP address or temporary account; deleted by the server on redacted
 *     pages
 * @param minor only for {@code edit} and {@code new}, as are patrolled, length and revision
 * @param length bytes of the page before and after
 * @param revision revision ids before and after; beyond 32 bits
 * @param log only for {@code log}; never null, but each of its fields may be
 * @param otherFields a JSON object of all fields that have no place here, their names and values as
 *     received, those of {@code meta}, {@code length} and {@code revision} within an object of that
 *     name; null if there are none, as in events of today
 */
public record WikiChange(
        @Nullable String schema,
        Meta meta,
        @Nullable String id,
        @Nullable String type,
        @Nullable Integer namespace,
        @Nullable String title,
        @Nullable String titleUrl,
        @Nullable String comment,
        @Nullable String parsedComment,
        long timestamp,
        @Nullable String user,
        @Nullable Boolean bot,
        @Nullable String notifyUrl,
        @Nullable Boolean minor,
        @Nullable Boolean patrolled,
        OldAndNew length,
        OldAndNew revision,
        @Nullable String serverUrl,
        @Nullable String serverName,
        @Nullable String serverScriptPath,
        @Nullable String wiki,
        Log log,
        @Nullable String otherFields) {

    /**
     * The envelope that Wikimedia's event platform puts around each event.
     *
     * @param id the event's identity, a UUID; the same in every delivery of the same event
     * @param dt when the event was made, ISO 8601
     * @param domain the wiki's host; {@value WikiChange#CANARY_DOMAIN} for heartbeats that are no
     *     changes
     * @param topic the source's own Kafka topic, one per data centre
     * @param partition the partition within {@code topic}
     * @param offset the position within {@code topic} and {@code partition}, contiguous for this
     *     stream
     */
    public record Meta(
            @Nullable String uri,
            @Nullable String requestId,
            @Nullable String id,
            @Nullable String dt,
            @Nullable String domain,
            @Nullable String stream,
            @Nullable String topic,
            @Nullable Integer partition,
            @Nullable Long offset) {}

    /** A number before and after the change; either may be null. */
    public record OldAndNew(@Nullable Long oldValue, @Nullable Long newValue) {

        /** What an event without the field has. */
        public static final OldAndNew ABSENT = new OldAndNew(null, null);
    }

    /**
     * What only log entries have.
     *
     * @param params the entry's parameters as JSON text, exactly as received: an object, an array,
     *     rarely a scalar
     */
    public record Log(
            @Nullable Long id,
            @Nullable String type,
            @Nullable String action,
            @Nullable String actionComment,
            @Nullable String params) {

        /** What an event that is no log entry has. */
        public static final Log ABSENT = new Log(null, null, null, null, null);
    }

    /** {@code meta.domain} of the synthetic events by which the stream proves that it is alive. */
    public static final String CANARY_DOMAIN = "canary";
}
