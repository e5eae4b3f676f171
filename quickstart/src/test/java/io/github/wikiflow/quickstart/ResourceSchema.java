package io.github.wikiflow.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Checks a Kubernetes resource against the schema of its definition as strictly as {@code kubectl
 * --validate=strict} does: a field that the schema does not know is an error.
 */
final class ResourceSchema {

    private static final String ANY_FIELDS = "x-kubernetes-preserve-unknown-fields";
    private static final String NUMBER_OR_TEXT = "x-kubernetes-int-or-string";

    private ResourceSchema() {}

    /** What is wrong, each with its place; empty if nothing is. */
    static List<String> errors(JsonNode schema, JsonNode value) {
        List<String> errors = new ArrayList<>();
        check("", schema, value, errors);
        return errors;
    }

    private static void check(String place, JsonNode schema, JsonNode value, List<String> errors) {
        JsonNode allowed = schema.path("enum");
        if (allowed.isArray() && !contains(allowed, value)) {
            errors.add("%s: %s is none of %s".formatted(place, value, allowed));
        }
        if (!hasType(schema, value)) {
            errors.add("%s: %s is no %s".formatted(place, value, schema.path("type").asText()));
        }
        for (JsonNode required : schema.path("required")) {
            if (!value.has(required.asText())) {
                errors.add("%s: %s is missing".formatted(place, required.asText()));
            }
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            check(place + "[" + i + "]", schema.path("items"), value.get(i), errors);
        }
        for (Map.Entry<String, JsonNode> field : value.properties()) {
            checkField(place + "." + field.getKey(), schema, field, errors);
        }
    }

    private static void checkField(
            String place, JsonNode schema, Map.Entry<String, JsonNode> field, List<String> errors) {
        JsonNode known = schema.path("properties").path(field.getKey());
        JsonNode others = schema.path("additionalProperties");
        if (!known.isMissingNode()) {
            check(place, known, field.getValue(), errors);
        } else if (others.isObject()) {
            check(place, others, field.getValue(), errors);
        } else if (!schema.path(ANY_FIELDS).asBoolean()) {
            errors.add(place + " is unknown");
        }
    }

    private static boolean contains(JsonNode array, JsonNode value) {
        for (JsonNode element : array) {
            if (element.equals(value)) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasType(JsonNode schema, JsonNode value) {
        if (schema.path(NUMBER_OR_TEXT).asBoolean()) {
            return value.isIntegralNumber() || value.isTextual();
        }
        return switch (schema.path("type").asText()) {
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> true;
        };
    }
}
