package io.github.wikiflow.bridge.position;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.wikiflow.bridge.position.Cursor.LogCursor;
import io.github.wikiflow.events.source.SourceKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The JSON form of a {@link Cursor}, the value of the record in {@code wiki-changes-cursor}. What
 * is unknown is left out. Stateless; may be shared between threads.
 */
public final class CursorJson {

    private static final int VERSION = 2;
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private CursorJson() {}

    /** Writes a cursor as UTF-8. */
    public static byte[] write(Cursor cursor) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
        try (JsonGenerator json = FACTORY.createGenerator(bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeNumberField("version", VERSION);
            json.writeStringField("owner", cursor.owner().toString());
            json.writeNumberField("commit", cursor.commit());
            if (cursor.kind() != null) {
                json.writeStringField("kind", cursor.kind().label());
            }
            writeIfKnown(json, "since", cursor.since());
            json.writeArrayFieldStart("logs");
            for (LogCursor log : cursor.logs()) {
                write(json, log);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written to", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads a cursor.
     *
     * @throws IllegalArgumentException if the bytes are no cursor of this version
     */
    public static Cursor read(byte[] json) {
        try {
            JsonNode cursor = MAPPER.readTree(json);
            if (cursor.path("version").asInt() != VERSION) {
                throw new IllegalArgumentException(
                        "a cursor of version %s, where this release reads version %d"
                                .formatted(cursor.path("version"), VERSION));
            }
            List<LogCursor> logs = new ArrayList<>();
            for (JsonNode log : cursor.path("logs")) {
                logs.add(readLog(log));
            }
            return new Cursor(
                    UUID.fromString(cursor.path("owner").asText()),
                    cursor.path("commit").asLong(),
                    cursor.has("kind") ? SourceKind.ofLabel(cursor.path("kind").asText()) : null,
                    number(cursor, "since"),
                    List.copyOf(logs));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not JSON", e);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be read", e);
        }
    }

    private static void write(JsonGenerator json, LogCursor log) throws IOException {
        json.writeStartObject();
        json.writeStringField("topic", log.log().topic());
        json.writeNumberField("partition", log.log().partition());
        writeIfKnown(json, "timestamp", log.timestamp());
        writeIfKnown(json, "offset", log.offset());
        writeIfKnown(json, "nextOffset", log.nextOffset());
        writeIfKnown(json, "settledThrough", log.settledThrough());
        json.writeArrayFieldStart("settled");
        for (UUID id : log.settled()) {
            json.writeString(id.toString());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static LogCursor readLog(JsonNode log) {
        List<UUID> settled = new ArrayList<>();
        for (JsonNode id : log.path("settled")) {
            settled.add(UUID.fromString(id.asText()));
        }
        return new LogCursor(
                new SourceLog(log.path("topic").asText(), log.path("partition").asInt()),
                number(log, "timestamp"),
                number(log, "offset"),
                number(log, "nextOffset"),
                number(log, "settledThrough"),
                List.copyOf(settled));
    }

    private static void writeIfKnown(JsonGenerator json, String name, long value)
            throws IOException {
        if (value != StreamPosition.UNKNOWN) {
            json.writeNumberField(name, value);
        }
    }

    private static long number(JsonNode object, String name) {
        return object.path(name).asLong(StreamPosition.UNKNOWN);
    }
}
