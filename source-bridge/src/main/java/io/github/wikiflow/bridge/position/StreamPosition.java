package io.github.wikiflow.bridge.position;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code id} of a frame: for each source log the place right after what has been sent from it.
 * It is a position in the stream and not the identity of the frame's event.
 *
 * @param entries in the order of the id, of which nothing follows; empty when the id could not be
 *     read
 */
public record StreamPosition(List<Entry> entries) {

    /** A timestamp or offset that the id does not give. */
    public static final long UNKNOWN = -1;

    /** Of a frame without a usable id. */
    public static final StreamPosition NONE = new StreamPosition(List.of());

    /** Escapes what could not be in an HTTP header. */
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    /**
     * The place in one source log; the id gives one of the two.
     *
     * @param timestamp epoch milliseconds, one more than that of the record sent last; or {@link
     *     #UNKNOWN}
     * @param offset the next to be sent; or {@link #UNKNOWN}, which the service itself writes for
     *     "nothing sent yet on this connection"
     */
    public record Entry(SourceLog log, long timestamp, long offset) {}

    /**
     * Reads an id.
     *
     * @param id as received, from a source that may send anything; may be null
     * @return {@link #NONE} if it is not what an id should be
     */
    public static StreamPosition parse(@Nullable String id) {
        if (id == null || id.isEmpty()) {
            return NONE;
        }
        try (JsonParser parser = JSON.createParser(id)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return NONE;
            }
            List<Entry> entries = new ArrayList<>(2);
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                Entry entry = entry(parser);
                if (entry == null) {
                    return NONE;
                }
                entries.add(entry);
            }
            return parser.currentToken() == JsonToken.END_ARRAY
                    ? new StreamPosition(entries)
                    : NONE;
        } catch (IOException e) {
            return NONE;
        }
    }

    /** The timestamp for a log; {@link #UNKNOWN} if the id has none. */
    public long timestamp(SourceLog log) {
        for (Entry entry : entries) {
            if (entry.log().equals(log)) {
                return entry.timestamp();
            }
        }
        return UNKNOWN;
    }

    /** Whether the id has an entry for a log. */
    public boolean names(SourceLog log) {
        for (Entry entry : entries) {
            if (entry.log().equals(log)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Writes positions as an id for the service.
     *
     * @param entries with a timestamp, or an offset, or neither for "latest"
     */
    public static String write(List<Entry> entries) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (Entry entry : entries) {
                json.writeStartObject();
                json.writeStringField("topic", entry.log().topic());
                json.writeNumberField("partition", entry.log().partition());
                if (entry.timestamp() == UNKNOWN) {
                    json.writeNumberField("offset", entry.offset());
                } else {
                    json.writeNumberField("timestamp", entry.timestamp());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written to", e);
        }
        return text.toString();
    }

    /** The entry with the greatest timestamp; null if none has a timestamp. */
    public @Nullable Entry newest() {
        return newest(entries);
    }

    /**
     * The entry that the frame's event has moved. Each event moves that of its own log; the others
     * stand where the connection happens to have come in them.
     *
     * @param before the position of the frame before it
     * @return null if none has moved, as after an event of the same log at the same time
     */
    @Nullable Entry movedFrom(StreamPosition before) {
        List<Entry> moved = new ArrayList<>(entries);
        moved.removeAll(before.entries());
        return newest(moved);
    }

    private static @Nullable Entry newest(List<Entry> entries) {
        Entry newest = null;
        for (Entry entry : entries) {
            if (entry.timestamp() != UNKNOWN
                    && (newest == null || entry.timestamp() > newest.timestamp())) {
                newest = entry;
            }
        }
        return newest;
    }

    private static @Nullable Entry entry(JsonParser parser) throws IOException {
        String topic = null;
        long partition = UNKNOWN;
        long timestamp = UNKNOWN;
        long offset = UNKNOWN;
        String name;
        while ((name = parser.nextFieldName()) != null) {
            JsonToken value = parser.nextToken();
            if (name.equals("topic") && value == JsonToken.VALUE_STRING) {
                topic = parser.getText();
            } else if (value == JsonToken.VALUE_NUMBER_INT) {
                switch (name) {
                    case "partition" -> partition = parser.getLongValue();
                    case "timestamp" -> timestamp = parser.getLongValue();
                    case "offset" -> offset = parser.getLongValue();
                    default -> {}
                }
            } else {
                parser.skipChildren();
            }
        }
        if (topic == null || partition < 0 || partition > Integer.MAX_VALUE) {
            return null;
        }
        return new Entry(
                new SourceLog(topic, (int) partition),
                Math.max(timestamp, UNKNOWN),
                Math.max(offset, UNKNOWN));
    }
}
