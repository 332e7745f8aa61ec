package dev.caravan.durable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.caravan.failure.Refusal;
import dev.caravan.records.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What jobs of one pipeline may set: each parameter is a property of the Kamelet of one step, and as that is typed. */
final class Parameters {
    private final String pipeline;
    private final Map<String, Target> targets;
    private final JsonSchema schema;

    /**
     * @param step id of the step whose Kamelet has the property
     * @param definition of the property, a JSON schema
     */
    record Target(String step, String property, JsonNode definition) {}

    Parameters(String pipeline, Map<String, Target> targets) {
        this.pipeline = pipeline;
        this.targets = new TreeMap<>(targets);
        this.schema = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schemaOf(this.targets));
    }

    private static JsonNode schemaOf(Map<String, Target> targets) {
        ObjectNode schema = Json.MAPPER.createObjectNode().put("type", "object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        targets.forEach((name, target) -> properties.set(name, target.definition()));
        return schema;
    }

    /** @throws Refusal naming each parameter that is wrong, and what it may be */
    void check(Map<String, Object> given) {
        var wrong = schema.validate(Json.MAPPER.valueToTree(given));
        if (!wrong.isEmpty()) {
            throw new Refusal(
                    "INVALID_PARAMETERS",
                    wrong.stream()
                            .map(message -> message.getMessage().replaceFirst("^\\$[.:]? ?", ""))
                            .sorted()
                            .collect(Collectors.joining("; ")),
                    targets.isEmpty()
                            ? "The pipeline " + pipeline + " takes no parameters."
                            : "The pipeline " + pipeline + " takes " + described() + ".");
        }
    }

    private String described() {
        return targets.entrySet().stream()
                .map(target ->
                        target.getKey() + " (" + allowed(target.getValue().definition()) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String allowed(JsonNode definition) {
        if (definition.path("enum").isArray()) {
            return Json.MAPPER
                    .convertValue(definition.get("enum"), java.util.List.class)
                    .toString()
                    .replaceAll("[\\[\\]]", "");
        }
        String type = definition.path("type").asText("string");
        return definition.has("minimum") && definition.has("maximum")
                ? type + " from " + definition.get("minimum") + " to " + definition.get("maximum")
                : type;
    }

    /** Of the values that a job was given, those for properties of {@code step}'s Kamelet. */
    Map<String, Object> of(String step, Map<String, Object> given) {
        Map<String, Object> values = new LinkedHashMap<>();
        targets.forEach((name, target) -> {
            if (target.step().equals(step) && given.get(name) != null) {
                values.put(target.property(), given.get(name));
            }
        });
        return values;
    }
}
