package io.github.wikiflow.sandbox.generator;

import io.github.wikiflow.sandbox.generator.EventContent.Edit;
import io.github.wikiflow.sandbox.generator.EventContent.Envelope;
import io.github.wikiflow.sandbox.generator.EventContent.LogEntry;
import io.github.wikiflow.sandbox.generator.EventContent.Page;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as JSON, in the order of fields that the stream uses and without those that are
 * absent. It needs no library, so that it is fast and so that a fault of the library under test
 * cannot hide in it.
 */
final class EventJson {

    private static final int USUAL_LENGTH = 2_048;

    private EventJson() {}

    static byte[] change(EventContent event) {
        return change(event, null, true);
    }

    /**
     * An event, on request without its {@code meta}, or with another value for its timestamp.
     *
     * @param timestamp JSON to write instead of the timestamp; the empty text leaves the field out;
     *     null for the event's own
     */
    static byte[] change(EventContent event, @Nullable String timestamp, boolean withMeta) {
        Page page = event.page();
        JsonBuffer out = new JsonBuffer(USUAL_LENGTH);
        out.append("{\"$schema\":\"").append(EventContent.SCHEMA).append("\"");
        if (withMeta) {
            out.append(",\"meta\":{\"uri\":");
            out.text(page.url());
            envelope(event.meta(), page.wiki().serverName(), out.append(","));
        }
        if (event.id() != null) {
            out.append(",\"id\":").append(event.id().longValue());
        }
        text(",\"type\":", event.type(), out);
        out.append(",\"namespace\":").append(page.namespace());
        text(",\"title\":", page.title(), out);
        text(",\"title_url\":", page.url(), out);
        text(",\"comment\":", event.comment().text(), out);
        if (timestamp == null) {
            out.append(",\"timestamp\":").append(event.timestamp());
        } else if (!timestamp.isEmpty()) {
            out.append(",\"timestamp\":").append(timestamp);
        }
        text(",\"user\":", event.user(), out);
        out.append(",\"bot\":").append(event.bot());
        text(",\"notify_url\":", event.notifyUrl(), out);
        if (event.edit() != null) {
            edit(event.edit(), out);
        }
        if (event.log() != null) {
            log(event.log(), out);
        }
        text(",\"server_url\":", page.wiki().serverUrl(), out);
        text(",\"server_name\":", page.wiki().serverName(), out);
        text(",\"server_script_path\":", EventContent.SCRIPT_PATH, out);
        text(",\"wiki\":", page.wiki().name(), out);
        text(",\"parsedcomment\":", event.comment().html(), out);
        return out.append("}").toBytes();
    }

    /** The stream's sign of life: a {@code meta} and little else. */
    static byte[] canary(Envelope meta) {
        JsonBuffer out = new JsonBuffer(512);
        out.append("{\"$schema\":\"").append(EventContent.SCHEMA).append("\",\"meta\":{");
        envelope(meta, "canary", out);
        return out.append("}").toBytes();
    }

    /** ISO 8601 with milliseconds. */
    static String instant(long epochMillis) {
        String seconds = Instant.ofEpochSecond(Math.floorDiv(epochMillis, 1000L)).toString();
        long millis = Math.floorMod(epochMillis, 1000L);
        return seconds.substring(0, seconds.length() - 1)
                + (millis < 10 ? ".00" : millis < 100 ? ".0" : ".")
                + millis
                + 'Z';
    }

    private static void envelope(Envelope meta, String domain, JsonBuffer out) {
        out.append("\"request_id\":\"").append(meta.requestId());
        out.append("\",\"id\":\"").append(meta.id());
        out.append("\",\"domain\":\"").append(domain);
        out.append("\",\"stream\":\"").append(EventContent.STREAM);
        out.append("\",\"dt\":\"").append(meta.dt());
        out.append("\",\"topic\":\"").append(meta.position().topic());
        out.append("\",\"partition\":").append(meta.position().partition());
        out.append(",\"offset\":").append(meta.position().offset()).append("}");
    }

    private static void edit(Edit edit, JsonBuffer out) {
        out.append(",\"minor\":").append(edit.minor());
        if (edit.patrolled() != null) {
            out.append(",\"patrolled\":").append(edit.patrolled().booleanValue());
        }
        oldAndNew(",\"length\":{", edit.oldLength(), edit.newLength(), out);
        oldAndNew(",\"revision\":{", edit.oldRevision(), edit.newRevision(), out);
    }

    private static void oldAndNew(String start, @Nullable Long before, long after, JsonBuffer out) {
        out.append(start);
        if (before != null) {
            out.append("\"old\":").append(before.longValue()).append(",");
        }
        out.append("\"new\":").append(after).append("}");
    }

    private static void log(LogEntry log, JsonBuffer out) {
        out.append(",\"log_id\":").append(log.id());
        text(",\"log_type\":", log.type(), out);
        text(",\"log_action\":", log.action(), out);
        if (log.params() != null) {
            out.append(",\"log_params\":").append(log.params());
        }
        text(",\"log_action_comment\":", log.comment(), out);
    }

    /** A field of text; nothing when it is absent. */
    private static void text(String name, @Nullable String value, JsonBuffer out) {
        if (value != null) {
            out.append(name).text(value);
        }
    }
}
