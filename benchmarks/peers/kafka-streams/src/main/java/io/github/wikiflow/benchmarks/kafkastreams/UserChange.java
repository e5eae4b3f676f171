package io.github.wikiflow.benchmarks.kafkastreams;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * What a ranking of users needs of an event.
 *
 * @param timestamp in epoch seconds, -1 if there is none
 * @param user null if there is none
 */
record UserChange(long timestamp, @Nullable String user) {

    private static final JsonFactory JSON = new JsonFactory();

    /** Reads an event up to the second of the two fields. */
    static UserChange parse(byte[] event) {
        long timestamp = -1;
        String user = null;
        try (JsonParser parser = JSON.createParser(event)) {
            parser.nextToken();
            String name;
            while ((timestamp < 0 || user == null) && (name = parser.nextFieldName()) != null) {
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "timestamp" -> timestamp = parser.getLongValue();
                    case "user" -> user = value == JsonToken.VALUE_NULL ? null : parser.getText();
                    default -> parser.skipChildren();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new UserChange(timestamp, user);
    }
}
