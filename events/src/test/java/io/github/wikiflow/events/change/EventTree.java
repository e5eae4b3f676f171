package io.github.wikiflow.events.change;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an event says by another reading than the parsers': Java decodes its bytes, Jackson makes a
 * tree of the text, and the fields are looked up there.
 *
 * @param timestamp in epoch seconds
 * @param values in the form of {@link ChangeText#value}, of the fields that the event has
 */
record EventTree(long timestamp, Map<ChangeField, Object> values) {

    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private static final BigDecimal LATEST = BigDecimal.valueOf(ChangeJson.LATEST_TIMESTAMP);

    /** Whether the bytes are UTF-8. */
    static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /**
     * Reads bytes that are UTF-8.
     *
     * @return empty if they are no change
     * @throws JsonProcessingException if they are no JSON, have a name twice, or numbers beyond
     *     what can be computed with
     */
    static Optional<EventTree> read(byte[] utf8) throws JsonProcessingException {
        JsonNode event = MAPPER.readTree(new String(utf8, StandardCharsets.UTF_8));
        BigDecimal timestamp = integer(event.get("timestamp"));
        if (!event.path("meta").isObject()
                || timestamp == null
                || timestamp.signum() < 0
                || timestamp.compareTo(LATEST) > 0) {
            return Optional.empty();
        }
        Map<ChangeField, Object> values = new EnumMap<>(ChangeField.class);
        for (ChangeField field : ChangeField.values()) {
            Object value = value(event, field);
            if (value != null) {
                values.put(field, value);
            }
        }
        return Optional.of(new EventTree(timestamp.longValueExact(), values));
    }

    private static Object value(JsonNode event, ChangeField field) {
        if (field == ChangeField.OTHER_FIELDS) {
            return others((ObjectNode) event);
        }
        String place = field.place().jsonName;
        JsonNode node = (place == null ? event : event.path(place)).get(field.jsonName());
        if (field == ChangeField.SCHEMA && text(node) == null) {
            node = event.path("meta").get("schema_uri");
        }
        return switch (field.kind()) {
            case TEXT -> text(node);
            case BOOLEAN -> node == null || !node.isBoolean() ? null : node.booleanValue();
            case INTEGER -> bounded(node, BigDecimal.valueOf(Integer.MAX_VALUE));
            case LONG -> bounded(node, BigDecimal.valueOf(Long.MAX_VALUE));
            case SOURCE -> node == null || node.isNull() ? null : new Source(node);
        };
    }

    /** What is left of the event without the fields that have a place in a change. */
    private static Source others(ObjectNode event) {
        ObjectNode others = event.deepCopy();
        others.remove("timestamp");
        ((ObjectNode) others.get("meta")).remove("schema_uri");
        for (ChangeField field : ChangeField.values()) {
            String place = field.place().jsonName;
            if (place == null && field.jsonName() != null) {
                others.remove(field.jsonName());
            } else if (others.get(place) instanceof ObjectNode object) {
                object.remove(field.jsonName());
            }
        }
        for (String place : List.of("meta", "length", "revision")) {
            if (others.path(place).isNull()
                    || others.path(place).isObject() && others.path(place).isEmpty()) {
                others.remove(place);
            }
        }
        return others.isEmpty() ? null : new Source(others);
    }

    private static Object text(JsonNode node) {
        if (node == null || node.isNull() || node.isContainerNode()) {
            return null;
        }
        return node.isNumber() ? node.decimalValue() : ChangeText.inUtf8(node.asText());
    }

    private static Long bounded(JsonNode node, BigDecimal greatest) {
        BigDecimal integer = integer(node);
        return integer == null
                        || integer.compareTo(greatest) > 0
                        || integer.compareTo(greatest.negate().subtract(BigDecimal.ONE)) < 0
                ? null
                : Long.valueOf(integer.longValueExact());
    }

    /** A number without a fraction, as JSON Schema defines integers; null for anything else. */
    private static BigDecimal integer(JsonNode node) {
        if (node == null || !node.isNumber()) {
            return null;
        }
        BigDecimal number = node.decimalValue();
        return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0 ? number : null;
    }

    /** In what a parser's values of these fields differ; empty if in nothing. */
    List<String> differences(ChangeValues change, Set<ChangeField> fields) {
        List<String> differences = new ArrayList<>();
        if (change.timestamp() != timestamp) {
            differences.add("timestamp: %d, not %d".formatted(change.timestamp(), timestamp));
        }
        for (ChangeField field : fields) {
            Object found = ChangeText.value(change, field);
            if (!isSame(values.get(field), found)) {
                differences.add("%s: %s, not %s".formatted(field, found, values.get(field)));
            }
        }
        return differences;
    }

    private static boolean isSame(Object expected, Object found) {
        if (expected instanceof BigDecimal number) {
            return found instanceof String text && isWrittenAs(number, text);
        }
        if (expected instanceof Source source) {
            return found instanceof String text && source.isWrittenAs(text);
        }
        return expected == null ? found == null : expected.equals(found);
    }

    /** An integer of 64 bits has only digits; how other numbers are written, nothing says. */
    private static boolean isWrittenAs(BigDecimal number, String text) {
        boolean isLong =
                bounded(new DecimalNode(number), BigDecimal.valueOf(Long.MAX_VALUE)) != null;
        return (!isLong || text.matches("-?[0-9]+")) && number.compareTo(new BigDecimal(text)) == 0;
    }

    /** A value of which the change has the JSON. */
    private record Source(JsonNode node) {

        boolean isWrittenAs(String json) {
            try {
                return node.equals(MAPPER.readTree(json));
            } catch (JsonProcessingException e) {
                return false;
            }
        }
    }
}
