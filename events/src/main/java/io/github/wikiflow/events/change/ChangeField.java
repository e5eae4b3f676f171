package io.github.wikiflow.events.change;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A field of an event's JSON that the lake keeps, beside the {@code timestamp}; what it means and
 * when it is absent, {@link WikiChange} says.
 */
public enum ChangeField {
    SCHEMA(Place.EVENT, "$schema", Kind.TEXT, WikiChange::schema),
    META_URI(Place.META, "uri", Kind.TEXT, change -> change.meta().uri()),
    META_REQUEST_ID(Place.META, "request_id", Kind.TEXT, change -> change.meta().requestId()),
    META_ID(Place.META, "id", Kind.TEXT, change -> change.meta().id()),
    META_DT(Place.META, "dt", Kind.TEXT, change -> change.meta().dt()),
    META_DOMAIN(Place.META, "domain", Kind.TEXT, change -> change.meta().domain()),
    META_STREAM(Place.META, "stream", Kind.TEXT, change -> change.meta().stream()),
    META_TOPIC(Place.META, "topic", Kind.TEXT, change -> change.meta().topic()),
    META_PARTITION(Place.META, "partition", Kind.INTEGER, change -> change.meta().partition()),
    META_OFFSET(Place.META, "offset", Kind.LONG, change -> change.meta().offset()),
    ID(Place.EVENT, "id", Kind.TEXT, WikiChange::id),
    TYPE(Place.EVENT, "type", Kind.TEXT, WikiChange::type),
    NAMESPACE(Place.EVENT, "namespace", Kind.INTEGER, WikiChange::namespace),
    TITLE(Place.EVENT, "title", Kind.TEXT, WikiChange::title),
    TITLE_URL(Place.EVENT, "title_url", Kind.TEXT, WikiChange::titleUrl),
    COMMENT(Place.EVENT, "comment", Kind.TEXT, WikiChange::comment),
    PARSED_COMMENT(Place.EVENT, "parsedcomment", Kind.TEXT, WikiChange::parsedComment),
    USER(Place.EVENT, "user", Kind.TEXT, WikiChange::user),
    BOT(Place.EVENT, "bot", Kind.BOOLEAN, WikiChange::bot),
    NOTIFY_URL(Place.EVENT, "notify_url", Kind.TEXT, WikiChange::notifyUrl),
    MINOR(Place.EVENT, "minor", Kind.BOOLEAN, WikiChange::minor),
    PATROLLED(Place.EVENT, "patrolled", Kind.BOOLEAN, WikiChange::patrolled),
    LENGTH_OLD(Place.LENGTH, "old", Kind.LONG, change -> change.length().oldValue()),
    LENGTH_NEW(Place.LENGTH, "new", Kind.LONG, change -> change.length().newValue()),
    REVISION_OLD(Place.REVISION, "old", Kind.LONG, change -> change.revision().oldValue()),
    REVISION_NEW(Place.REVISION, "new", Kind.LONG, change -> change.revision().newValue()),
    SERVER_URL(Place.EVENT, "server_url", Kind.TEXT, WikiChange::serverUrl),
    SERVER_NAME(Place.EVENT, "server_name", Kind.TEXT, WikiChange::serverName),
    SERVER_SCRIPT_PATH(Place.EVENT, "server_script_path", Kind.TEXT, WikiChange::serverScriptPath),
    WIKI(Place.EVENT, "wiki", Kind.TEXT, WikiChange::wiki),
    LOG_ID(Place.EVENT, "log_id", Kind.LONG, change -> change.log().id()),
    LOG_TYPE(Place.EVENT, "log_type", Kind.TEXT, change -> change.log().type()),
    LOG_ACTION(Place.EVENT, "log_action", Kind.TEXT, change -> change.log().action()),
    LOG_ACTION_COMMENT(
            Place.EVENT, "log_action_comment", Kind.TEXT, change -> change.log().actionComment()),
    LOG_PARAMS(Place.EVENT, "log_params", Kind.SOURCE, change -> change.log().params()),
    /** All that none of the others is; it has no name of its own. */
    OTHER_FIELDS(Place.EVENT, null, Kind.SOURCE, WikiChange::otherFields);

    /** What a field's value is in a {@link WikiChange}. */
    enum Kind {
        TEXT,
        BOOLEAN,
        /** 32 bits. */
        INTEGER,
        /** 64 bits. */
        LONG,
        /** The JSON text of whatever the value is. */
        SOURCE
    }

    /** Which object a field stands in. */
    enum Place {
        EVENT(null),
        META("meta"),
        LENGTH("length"),
        REVISION("revision");

        /** The object's own name in the event; null for the event itself. */
        final @Nullable String jsonName;

        Place(@Nullable String jsonName) {
            this.jsonName = jsonName;
        }
    }

    private final Place place;
    private final @Nullable String jsonName;
    private final Kind kind;
    private final Function<WikiChange, @Nullable Object> value;

    ChangeField(
            Place place,
            @Nullable String jsonName,
            Kind kind,
            Function<WikiChange, @Nullable Object> value) {
        this.place = place;
        this.jsonName = jsonName;
        this.kind = kind;
        this.value = value;
    }

    Place place() {
        return place;
    }

    /** Null for {@link #OTHER_FIELDS}. */
    @Nullable String jsonName() {
        return jsonName;
    }

    Kind kind() {
        return kind;
    }

    /** The field's value in the change: a String, Boolean, Integer or Long; null if absent. */
    @Nullable Object of(WikiChange change) {
        return value.apply(change);
    }
}
