package io.github.wikiflow.events.change;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What all parsers of a change have in common, so that they always agree on which bytes are a
 * change: the JSON must be one complete object in well-formed UTF-8, with an integer {@code
 * timestamp} and an object {@code meta}. Fields may come in any order; of a repeated field the last
 * one counts.
 */
final class ChangeJson {

    /** 9999-12-31T23:59:59Z: later years do not fit the text and Parquet forms of a timestamp. */
    static final long LATEST_TIMESTAMP = 253_402_300_799L;

    private static final JsonFactory FACTORY = new JsonFactory();

    private ChangeJson() {}

    /** Opens a parser that stands on the object's start. */
    static JsonParser open(byte @Nullable [] json) throws IOException, MalformedChange {
        if (json == null || json.length == 0) {
            throw new MalformedChange("empty");
        }
        // Jackson would guess UTF-16 or UTF-32 from these; the stream is UTF-8 by contract.
        if (json[0] == 0 || json.length > 1 && json[1] == 0) {
            throw new MalformedChange("not UTF-8");
        }
        // Jackson decodes surrogates, overlong forms and what lies beyond Unicode.
        int wellFormed = Utf8.wellFormedLength(json);
        if (wellFormed < json.length) {
            throw new MalformedChange("not UTF-8: wrong byte at " + wellFormed);
        }
        if (json[0] < 0) {
            throw new MalformedChange(
                    "not a JSON object: starts with the byte 0x%02X".formatted(json[0]));
        }
        JsonParser parser = FACTORY.createParser(json);
        JsonToken first = parser.nextToken();
        if (first != JsonToken.START_OBJECT) {
            parser.close();
            throw new MalformedChange(
                    first == null ? "empty" : "not a JSON object but " + describe(first));
        }
        return parser;
    }

    /** Fails unless nothing but white space follows the object. */
    static void requireEnd(JsonParser parser) throws IOException, MalformedChange {
        if (parser.nextToken() != null) {
            throw new MalformedChange("more than one JSON value");
        }
    }

    /** Reads the value of {@code timestamp}, on which the parser stands. */
    static long timestamp(JsonParser parser) throws IOException, MalformedChange {
        JsonToken token = parser.currentToken();
        Long seconds = integer(parser);
        if (seconds == null && token != JsonToken.VALUE_NUMBER_INT) {
            throw new MalformedChange("timestamp is " + describe(token) + ", not an integer");
        }
        if (seconds == null || seconds < 0 || seconds > LATEST_TIMESTAMP) {
            throw new MalformedChange("timestamp is not in the years 1970 to 9999");
        }
        return seconds;
    }

    /** Fails unless the parser stands on the start of an object, the value of {@code meta}. */
    static void requireMetaObject(JsonParser parser) throws MalformedChange {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new MalformedChange(
                    "meta is " + describe(parser.currentToken()) + ", not an object");
        }
    }

    static MalformedChange missing(String field) {
        return new MalformedChange("no " + field);
    }

    /** What the parser said of the bytes, without quoting them and on one line. */
    static MalformedChange notJson(IOException cause) {
        String reason;
        if (cause instanceof StreamConstraintsException) {
            reason = "JSON beyond the limits of depth or length";
        } else if (cause instanceof JsonParseException syntax && syntax.getLocation() != null) {
            reason = "not JSON: syntax error at byte " + syntax.getLocation().getByteOffset();
        } else {
            reason = "not JSON";
        }
        return new MalformedChange(reason);
    }

    /**
     * A scalar's text, whatever its type, but of an {@link #integer} only its digits; null for JSON
     * null; null and skipped for an object or array.
     */
    static @Nullable String text(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            Long integer = integer(parser);
            return integer == null ? parser.getText() : integer.toString();
        }
        if (token == JsonToken.VALUE_STRING || token.isNumeric() || token.isBoolean()) {
            return parser.getText();
        }
        parser.skipChildren();
        return null;
    }

    /**
     * An integer of 64 bits, which as in JSON Schema is any number without a fraction: 4, 4.0 and
     * 0.4e1; null and skipped for anything else.
     */
    static @Nullable Long integer(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return parser.getLongValue();
        }
        if (token == JsonToken.VALUE_NUMBER_FLOAT) {
            try {
                return new BigDecimal(parser.getText()).longValueExact();
            } catch (ArithmeticException | NumberFormatException e) {
                // A fraction, more than 64 bits, or an exponent beyond what can be computed with.
                return null;
            }
        }
        parser.skipChildren();
        return null;
    }

    /** An integer of 32 bits; null and skipped for anything else. */
    static @Nullable Integer smallInteger(JsonParser parser) throws IOException {
        Long value = integer(parser);
        return value == null || value != value.intValue()
                ? null
                : Integer.valueOf(value.intValue());
    }

    /** A boolean; null and skipped for anything else. */
    static @Nullable Boolean bool(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token.isBoolean()) {
            return token == JsonToken.VALUE_TRUE;
        }
        parser.skipChildren();
        return null;
    }

    private static String describe(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> token.name();
        };
    }
}
