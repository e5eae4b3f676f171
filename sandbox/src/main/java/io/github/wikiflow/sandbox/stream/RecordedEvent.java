package io.github.wikiflow.sandbox.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;

/**
 * What a replay needs to know of a recorded event. It never fails: a line that is no event is
 * replayed too, since the real stream sends such data as well.
 *
 * @param time {@code meta.dt}, which has milliseconds and which canaries have too, or else {@code
 *     timestamp}, in milliseconds since 1970; {@link #UNKNOWN} when both are absent
 */
record RecordedEvent(long time) {

    static final long UNKNOWN = Long.MIN_VALUE;

    private static final JsonFactory FACTORY = new JsonFactory();

    static RecordedEvent parse(byte[] json) {
        long dt = UNKNOWN;
        long timestamp = UNKNOWN;
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                String name;
                while ((name = parser.nextFieldName()) != null) {
                    JsonToken value = parser.nextToken();
                    if (name.equals("timestamp") && value == JsonToken.VALUE_NUMBER_INT) {
                        timestamp = Math.multiplyExact(parser.getLongValue(), 1000L);
                    } else if (name.equals("meta") && value == JsonToken.START_OBJECT) {
                        while ((name = parser.nextFieldName()) != null) {
                            value = parser.nextToken();
                            if (name.equals("dt") && value == JsonToken.VALUE_STRING) {
                                dt =
                                        OffsetDateTime.parse(parser.getText())
                                                .toInstant()
                                                .toEpochMilli();
                            } else {
                                parser.skipChildren();
                            }
                        }
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        } catch (IOException | ArithmeticException | DateTimeException e) {
            // What was read until here is all that there is to know.
            return new RecordedEvent(dt == UNKNOWN ? timestamp : dt);
        }
        return new RecordedEvent(dt == UNKNOWN ? timestamp : dt);
    }
}
