package dev.caravan.durable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.caravan.json.Json;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The values that a property of a Kamelet may have.
 *
 * @param definition the property's JSON schema, as it stands in the Kamelet
 */
record AllowedValues(JsonNode definition) {
    private static final int MAX_VALUE = 100;
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);

    /** True where the schema says which values there are, and not their type alone. */
    boolean bounded() {
        return type().equals("boolean")
                || definition.has("enum")
                || definition.has("pattern")
                || definition.has("minimum") && definition.has("maximum");
    }

    /** A sentence about a value that is not allowed. */
    Optional<String> problem(String name, Object value) {
        JsonNode node = Json.MAPPER.valueToTree(value);
        return SCHEMAS.getSchema(definition).validate(node).isEmpty()
                ? Optional.empty()
                : Optional.of("%s is %s; it must be %s".formatted(name, shown(node), words()));
    }

    /** The same of a value as YAML and endpoint URIs hold it. */
    Optional<String> problemOfText(String name, String text) {
        return problem(name, typed(text));
    }

    private JsonNode typed(String text) {
        return switch (type()) {
            case "integer" ->
                text.matches("-?\\d{1,9}") ? IntNode.valueOf(Integer.parseInt(text)) : TextNode.valueOf(text);
            case "number" ->
                text.matches("-?\\d{1,9}(\\.\\d{1,9})?")
                        ? DecimalNode.valueOf(new BigDecimal(text))
                        : TextNode.valueOf(text);
            case "boolean" ->
                text.matches("true|false") ? BooleanNode.valueOf(Boolean.parseBoolean(text)) : TextNode.valueOf(text);
            default -> TextNode.valueOf(text);
        };
    }

    private static String shown(JsonNode value) {
        String text = value.isTextual() ? "'" + value.asText() + "'" : value.toString();
        return text.length() > MAX_VALUE ? text.substring(0, MAX_VALUE) + "..." : text;
    }

    /** {@code a whole number from 0 to 51}. */
    String words() {
        if (definition.path("enum").isArray()) {
            return "one of "
                    + StreamSupport.stream(definition.get("enum").spliterator(), false)
                            .map(JsonNode::asText)
                            .collect(Collectors.joining(", "));
        }
        return switch (type()) {
            case "integer" -> (definition.has("multipleOf") ? "an even number" : "a whole number") + bounds();
            case "number" -> "a number" + bounds();
            case "boolean" -> "true or false";
            default -> text();
        };
    }

    private String text() {
        String example = definition.has("example")
                ? " such as " + definition.get("example").asText()
                : "";
        return definition.has("pattern")
                ? "text%s, by the pattern %s"
                        .formatted(example, definition.get("pattern").asText())
                : "text" + example;
    }

    private String bounds() {
        String least =
                definition.has("minimum") ? " from " + definition.get("minimum").asText() : "";
        return definition.has("maximum")
                ? least + " to " + definition.get("maximum").asText()
                : least;
    }

    private String type() {
        return definition.path("type").asText("string");
    }
}
