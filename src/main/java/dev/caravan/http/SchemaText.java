package dev.caravan.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Describes in text the values that a schema allows. */
final class SchemaText {
    private SchemaText() {}

    static String by(JsonNode schema) {
        if (schema.has("enum")) {
            return "one of " + joined(schema.path("enum"));
        }
        if (schema.has("properties")) {
            return "an object with "
                    + String.join(", ", (Iterable<String>)
                            () -> schema.path("properties").fieldNames());
        }
        StringBuilder text = new StringBuilder(schema.path("type").asText("what /docs shows"));
        add(text, schema, "minimum", " from ");
        add(text, schema, "maximum", " to ");
        add(text, schema, "minLength", " of at least ", " characters");
        add(text, schema, "maxLength", " of at most ", " characters");
        add(text, schema, "minItems", " with at least ", " items");
        add(text, schema, "maxItems", " with at most ", " items");
        add(text, schema, "format", " of the format ");
        add(text, schema, "pattern", " matching ");
        return text + (schema.path("nullable").asBoolean() ? ", or null" : "");
    }

    private static void add(StringBuilder text, JsonNode schema, String keyword, String before, String... after) {
        if (schema.has(keyword)) {
            text.append(before).append(schema.path(keyword).asText()).append(String.join("", after));
        }
    }

    private static String joined(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }
}
