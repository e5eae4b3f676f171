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
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * The JSON form of a {@link Cursor}, the value of the record in {@code wiki-changes-cursor}. What
 * is unknown is left out. Stateless; may be shared between threads.
 */
public final class CursorJson {

    private static final int VERSION = 2;
    private static final int UUID_BYTES = 16;
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
            json.writeStringField("unplaced", writeUnplaced(cursor.unplaced()));
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
            if (cursor == null || cursor.path("version").asInt() != VERSION) {
                throw new IllegalArgumentException(
                        "no cursor of version %d, which this release reads".formatted(VERSION));
            }
            List<LogCursor> logs = new ArrayList<>();
            for (JsonNode log : cursor.path("logs")) {
                logs.add(readLog(log));
            }
            return new Cursor(
                    UUID.fromString(requiredText(cursor, "owner")),
                    requiredNumber(cursor.path("commit")),
                    cursor.has("kind") ? SourceKind.ofLabel(cursor.path("kind").asText()) : null,
                    number(cursor, "since"),
                    List.copyOf(logs),
                    readUnplaced(requiredText(cursor, "unplaced")));
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
        if (log.isUnsure()) {
            json.writeBooleanField("unsure", true);
        }
        writeIfKnown(json, "offset", log.offset());
        json.writeArrayFieldStart("settled");
        for (OffsetRange range : log.settled()) {
            json.writeStartArray();
            json.writeNumber(range.first());
            json.writeNumber(range.last());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static LogCursor readLog(JsonNode log) {
        List<OffsetRange> settled = new ArrayList<>();
        for (JsonNode range : log.path("settled")) {
            settled.add(
                    new OffsetRange(requiredNumber(range.path(0)), requiredNumber(range.path(1))));
        }
        return new LogCursor(
                new SourceLog(
                        requiredText(log, "topic"), (int) requiredNumber(log.path("partition"))),
                number(log, "timestamp"),
                log.path("unsure").asBoolean(),
                number(log, "offset"),
                List.copyOf(settled));
    }

    /** 128 bits each, in Base64 since the cursor is written with every transaction. */
    private static String writeUnplaced(List<UUID> ids) {
        ByteBuffer bytes = ByteBuffer.allocate(UUID_BYTES * ids.size());
        for (UUID id : ids) {
            bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static List<UUID> readUnplaced(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (bytes.length % UUID_BYTES != 0) {
            throw new IllegalArgumentException("unplaced has %d bytes".formatted(bytes.length));
        }
        List<UUID> ids = new ArrayList<>();
        for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
            ids.add(new UUID(rest.getLong(), rest.getLong()));
        }
        return List.copyOf(ids);
    }

    private static String requiredText(JsonNode object, String name) {
        if (!object.path(name).isTextual()) {
            throw new IllegalArgumentException("no text '%s' in it".formatted(name));
        }
        return object.path(name).asText();
    }

    private static long requiredNumber(JsonNode number) {
        if (!number.isIntegralNumber()) {
            throw new IllegalArgumentException("a number is missing in it");
        }
        return number.asLong();
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
