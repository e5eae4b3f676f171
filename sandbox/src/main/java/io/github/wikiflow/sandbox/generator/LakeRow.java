package io.github.wikiflow.sandbox.generator;

import io.github.wikiflow.sandbox.generator.EventContent.Edit;
import io.github.wikiflow.sandbox.generator.EventContent.LogEntry;
import io.github.wikiflow.sandbox.generator.EventContent.Page;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/** The row that the lake should hold for an event, and the one that a reader finds in it. */
public final class LakeRow {

    private LakeRow() {}

    /**
     * The value of each column, the two partition columns included: String, Boolean, Long for any
     * whole number, Instant for the three points in time, or null.
     *
     * @param topic our topic, in which the event landed
     */
    public static Map<String, Object> columns(LandedEvent landed, String topic) {
        EventContent content = landed.event().change();
        Page page = content.page();
        Edit edit = content.edit();
        LogEntry log = content.log();
        SourcePosition position = content.meta().position();
        Instant changed = Instant.ofEpochSecond(content.timestamp());
        Map<String, Object> row = new TreeMap<>();
        row.put("event_key", new String(landed.event().key(), StandardCharsets.UTF_8));
        row.put("event_topic", topic);
        row.put("event_partition", (long) landed.partition());
        row.put("event_offset", landed.offset());
        row.put("event_timestamp", Instant.ofEpochMilli(landed.recordTime()));
        row.put("schema", EventContent.SCHEMA);
        row.put("bot", content.bot());
        row.put("comment", content.comment().text());
        row.put("id", content.id() == null ? null : content.id().toString());
        row.put("length_new", edit == null ? null : edit.newLength());
        row.put("length_old", edit == null ? null : edit.oldLength());
        row.put("minor", edit == null ? null : edit.minor());
        row.put("namespace", (long) page.namespace());
        row.put("parsedcomment", content.comment().html());
        row.put("patrolled", edit == null ? null : edit.patrolled());
        row.put("revision_new", edit == null ? null : edit.newRevision());
        row.put("revision_old", edit == null ? null : edit.oldRevision());
        row.put("server_script_path", EventContent.SCRIPT_PATH);
        row.put("server_url", page.wiki().serverUrl());
        row.put("server_name", page.wiki().serverName());
        row.put("change_timestamp", changed);
        row.put("change_timestamp_date", changed.atOffset(ZoneOffset.UTC).toLocalDate().toString());
        row.put("title", page.title());
        row.put("title_url", page.url());
        row.put("notify_url", content.notifyUrl());
        row.put("type", content.type());
        row.put("user", content.user());
        row.put("wiki", page.wiki().name());
        row.put("meta_domain", page.wiki().serverName());
        row.put("meta_dt", Instant.parse(content.meta().dt()));
        row.put("meta_id", content.meta().id());
        row.put("meta_offset", position.offset());
        row.put("meta_partition", (long) position.partition());
        row.put("meta_request_id", content.meta().requestId());
        row.put("meta_stream", EventContent.STREAM);
        row.put("meta_topic", position.topic());
        row.put("meta_uri", page.url());
        row.put("log_id", log == null ? null : log.id());
        row.put("log_type", log == null ? null : log.type());
        row.put("log_action", log == null ? null : log.action());
        row.put("log_action_comment", log == null ? null : log.comment());
        row.put("log_params", log == null ? null : log.params());
        row.put("other_fields", null);
        return row;
    }

    /**
     * The value of each column of the row at which a reader stands, in the same terms.
     *
     * @throws SQLException if the reader cannot read it
     */
    public static Map<String, Object> found(ResultSet reader) throws SQLException {
        ResultSetMetaData columns = reader.getMetaData();
        Map<String, Object> row = new TreeMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            row.put(columns.getColumnName(i), value(reader.getObject(i)));
        }
        return row;
    }

    private static Object value(Object found) {
        if (found instanceof OffsetDateTime time) {
            return time.toInstant();
        }
        if (found instanceof Timestamp time) {
            return Instant.ofEpochMilli(time.getTime());
        }
        if (found instanceof LocalDate date) {
            return date.toString();
        }
        return found instanceof Integer || found instanceof Short
                ? Long.valueOf(((Number) found).longValue())
                : found;
    }

    /**
     * A row on one line, to compare what was expected with what a reader found: the columns by name
     * and their values, text in quotes, whole numbers alike whatever their width.
     */
    public static String text(Map<String, ?> columns) {
        StringBuilder out = new StringBuilder();
        for (Map.Entry<String, ?> column : new TreeMap<>(columns).entrySet()) {
            out.append(out.isEmpty() ? "" : ", ").append(column.getKey()).append('=');
            if (column.getValue() instanceof String text) {
                out.append(JsonBuffer.quote(text));
            } else {
                out.append(column.getValue());
            }
        }
        return out.toString();
    }
}
