package io.github.wikiflow.events.change;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.wikiflow.events.change.WikiChange.Log;
import io.github.wikiflow.events.change.WikiChange.Meta;
import io.github.wikiflow.events.change.WikiChange.OldAndNew;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON of an event into a {@link WikiChange}: one pass over the bytes, one branch per
 * field; of the fields that the contract does not name the JSON is kept. Whatever the bytes, the
 * outcome is a change or a {@link MalformedChange}.
 *
 * <p>Stateless; may be shared between threads.
 */
public final class WikiChangeParser {

    /**
     * Parses one event.
     *
     * @param json UTF-8; may be null or empty, which is malformed
     * @throws MalformedChange if the bytes are no JSON object, or lack an integer timestamp or a
     *     meta object
     */
    public WikiChange parse(byte @Nullable [] json) throws MalformedChange {
        if (json == null) {
            throw new MalformedChange("empty");
        }
        try (JsonParser parser = ChangeJson.open(json)) {
            Fields fields = new Fields(json);
            String name;
            while ((name = parser.nextFieldName()) != null) {
                int start = start(parser);
                parser.nextToken();
                fields.read(name, start, parser);
            }
            ChangeJson.requireEnd(parser);
            return fields.toChange();
        } catch (IOException e) {
            throw ChangeJson.notJson(e);
        }
    }

    /** Where the token begins on which the parser stands. */
    private static int start(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** The fields of an object that have no place in a change, as JSON; the last of each name. */
    private static final class OtherFields {
        private final byte[] json;
        private final Map<String, String> members = new LinkedHashMap<>();

        private OtherFields(byte[] json) {
            this.json = json;
        }

        /** Adds the field whose name starts there and on whose value the parser stands. */
        private void add(String name, int nameStart, JsonParser parser) throws IOException {
            int nameEnd = start(parser);
            while (json[nameEnd - 1] != '"') {
                nameEnd--;
            }
            members.put(name, text(json, nameStart, nameEnd) + ":" + sourceText(parser, json));
        }

        /** Adds what another object within this one has. */
        private void add(String name, OtherFields inner) {
            String text = inner.toJson();
            if (text == null) {
                members.remove(name);
            } else {
                members.put(name, "\"" + name + "\":" + text);
            }
        }

        /** Null if there are none. */
        private @Nullable String toJson() {
            return members.isEmpty() ? null : "{" + String.join(",", members.values()) + "}";
        }
    }

    /** The value's own bytes. */
    private static String sourceText(JsonParser parser, byte[] json) throws IOException {
        int start = start(parser);
        parser.skipChildren();
        parser.finishToken();
        return text(json, start, (int) parser.currentLocation().getByteOffset());
    }

    private static String text(byte[] json, int start, int end) {
        return new String(json, start, end - start, StandardCharsets.UTF_8);
    }

    /** The change while it is being read. */
    private static final class Fields {
        private final byte[] json;
        private final OtherFields others;
        private @Nullable String schema;
        private @Nullable Meta meta;
        private @Nullable String metaSchemaUri;
        private @Nullable String id;
        private @Nullable String type;
        private @Nullable Integer namespace;
        private @Nullable String title;
        private @Nullable String titleUrl;
        private @Nullable String comment;
        private @Nullable String parsedComment;
        private boolean hasTimestamp;
        private long timestamp;
        private @Nullable String user;
        private @Nullable Boolean bot;
        private @Nullable String notifyUrl;
        private @Nullable Boolean minor;
        private @Nullable Boolean patrolled;
        private OldAndNew length = OldAndNew.ABSENT;
        private OldAndNew revision = OldAndNew.ABSENT;
        private @Nullable String serverUrl;
        private @Nullable String serverName;
        private @Nullable String serverScriptPath;
        private @Nullable String wiki;
        private @Nullable Long logId;
        private @Nullable String logType;
        private @Nullable String logAction;
        private @Nullable String logActionComment;
        private @Nullable String logParams;

        private Fields(byte[] json) {
            this.json = json;
            others = new OtherFields(json);
        }

        private void read(String name, int nameStart, JsonParser parser)
                throws IOException, MalformedChange {
            switch (name) {
                case "$schema" -> schema = ChangeJson.text(parser);
                case "meta" -> meta = readMeta(parser);
                case "id" -> id = ChangeJson.text(parser);
                case "type" -> type = ChangeJson.text(parser);
                case "namespace" -> namespace = ChangeJson.smallInteger(parser);
                case "title" -> title = ChangeJson.text(parser);
                case "title_url" -> titleUrl = ChangeJson.text(parser);
                case "comment" -> comment = ChangeJson.text(parser);
                case "parsedcomment" -> parsedComment = ChangeJson.text(parser);
                case "timestamp" -> {
                    timestamp = ChangeJson.timestamp(parser);
                    hasTimestamp = true;
                }
                case "user" -> user = ChangeJson.text(parser);
                case "bot" -> bot = ChangeJson.bool(parser);
                case "notify_url" -> notifyUrl = ChangeJson.text(parser);
                case "minor" -> minor = ChangeJson.bool(parser);
                case "patrolled" -> patrolled = ChangeJson.bool(parser);
                case "length" -> length = readOldAndNew(name, nameStart, parser);
                case "revision" -> revision = readOldAndNew(name, nameStart, parser);
                case "server_url" -> serverUrl = ChangeJson.text(parser);
                case "server_name" -> serverName = ChangeJson.text(parser);
                case "server_script_path" -> serverScriptPath = ChangeJson.text(parser);
                case "wiki" -> wiki = ChangeJson.text(parser);
                case "log_id" -> logId = ChangeJson.integer(parser);
                case "log_type" -> logType = ChangeJson.text(parser);
                case "log_action" -> logAction = ChangeJson.text(parser);
                case "log_action_comment" -> logActionComment = ChangeJson.text(parser);
                case "log_params" -> logParams = params(parser);
                default -> others.add(name, nameStart, parser);
            }
        }

        private Meta readMeta(JsonParser parser) throws IOException, MalformedChange {
            ChangeJson.requireMetaObject(parser);
            metaSchemaUri = null;
            OtherFields inner = new OtherFields(json);
            String uri = null;
            String requestId = null;
            String eventId = null;
            String dt = null;
            String domain = null;
            String stream = null;
            String topic = null;
            Integer partition = null;
            Long offset = null;
            String name;
            while ((name = parser.nextFieldName()) != null) {
                int start = start(parser);
                parser.nextToken();
                switch (name) {
                    case "uri" -> uri = ChangeJson.text(parser);
                    case "request_id" -> requestId = ChangeJson.text(parser);
                    case "id" -> eventId = ChangeJson.text(parser);
                    case "dt" -> dt = ChangeJson.text(parser);
                    case "domain" -> domain = ChangeJson.text(parser);
                    case "stream" -> stream = ChangeJson.text(parser);
                    case "topic" -> topic = ChangeJson.text(parser);
                    case "partition" -> partition = ChangeJson.smallInteger(parser);
                    case "offset" -> offset = ChangeJson.integer(parser);
                    case "schema_uri" -> metaSchemaUri = ChangeJson.text(parser);
                    default -> inner.add(name, start, parser);
                }
            }
            others.add("meta", inner);
            return new Meta(uri, requestId, eventId, dt, domain, stream, topic, partition, offset);
        }

        private OldAndNew readOldAndNew(String object, int nameStart, JsonParser parser)
                throws IOException {
            OtherFields inner = new OtherFields(json);
            if (parser.currentToken() == JsonToken.VALUE_NULL) {
                others.add(object, inner);
                return OldAndNew.ABSENT;
            }
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                others.add(object, nameStart, parser);
                return OldAndNew.ABSENT;
            }
            Long oldValue = null;
            Long newValue = null;
            String name;
            while ((name = parser.nextFieldName()) != null) {
                int start = start(parser);
                parser.nextToken();
                switch (name) {
                    case "old" -> oldValue = ChangeJson.integer(parser);
                    case "new" -> newValue = ChangeJson.integer(parser);
                    default -> inner.add(name, start, parser);
                }
            }
            others.add(object, inner);
            return new OldAndNew(oldValue, newValue);
        }

        /** The text, since the shape varies. */
        private @Nullable String params(JsonParser parser) throws IOException {
            return parser.currentToken() == JsonToken.VALUE_NULL ? null : sourceText(parser, json);
        }

        private WikiChange toChange() throws MalformedChange {
            if (meta == null) {
                throw ChangeJson.missing("meta");
            }
            if (!hasTimestamp) {
                throw ChangeJson.missing("timestamp");
            }
            return new WikiChange(
                    schema != null ? schema : metaSchemaUri,
                    meta,
                    id,
                    type,
                    namespace,
                    title,
                    titleUrl,
                    comment,
                    parsedComment,
                    timestamp,
                    user,
                    bot,
                    notifyUrl,
                    minor,
                    patrolled,
                    length,
                    revision,
                    serverUrl,
                    serverName,
                    serverScriptPath,
                    wiki,
                    new Log(logId, logType, logAction, logActionComment, logParams),
                    others.toJson());
        }
    }
}
