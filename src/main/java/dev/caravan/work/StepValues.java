package dev.caravan.work;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.failure.StepException;
import dev.caravan.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The values that a step declares in its pipeline, one a line: a plain value, or a JSON schema with its default.
 *
 * <pre>{@code
 * from: {type: number, minimum: 0, maximum: 43200, default: 0}
 * title: {type: string, format: text, maxLength: 80, default: Hello}
 * speed: 2
 * }</pre>
 *
 * <p>A job may set each of them where the pipeline's settings say so ({@code parameters: from: clip.values.from}); the
 * schema limits its value.
 *
 * @param definitions JSON schemas by name
 */
public record StepValues(Map<String, JsonNode> definitions) {
    /** Prefix of the name of a value among the parameters of {@link StepContext}. */
    public static final String PREFIX = "values.";

    /** Marks a value of any text that is written into a file, whose name a command gets. */
    public static final String TEXT = "text";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    /**
     * @param yaml a mapping; empty for no values
     * @throws IllegalArgumentException with a sentence that names the error
     */
    public static StepValues parse(String yaml) {
        Map<String, JsonNode> definitions = new LinkedHashMap<>();
        Object tree = read(yaml);
        if (tree == null) {
            return new StepValues(definitions);
        } else if (!(tree instanceof Map<?, ?> map)) {
            throw new IllegalArgumentException("values are written one a line, as name: value");
        } else {
            map.forEach((name, value) -> definitions.put(checked(String.valueOf(name)), definition(value)));
            return new StepValues(definitions);
        }
    }

    private static Object read(String yaml) {
        try {
            return new Load(LoadSettings.builder().build()).loadFromString(yaml);
        } catch (YamlEngineException e) {
            throw new IllegalArgumentException("values are no YAML: " + e.getMessage(), e);
        }
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no name of a value; write lower-case letters, digits and _".formatted(name));
        }
        return name;
    }

    private static JsonNode definition(Object value) {
        if (value instanceof Map<?, ?>) {
            return Json.MAPPER.valueToTree(value);
        }
        ObjectNode definition = JsonNodeFactory.instance.objectNode();
        definition.put("type", value instanceof Number ? "number" : value instanceof Boolean ? "boolean" : "string");
        definition.set("default", Json.MAPPER.valueToTree(value == null ? "" : value));
        return definition;
    }

    public Optional<JsonNode> definition(String name) {
        return Optional.ofNullable(definitions.get(name));
    }

    /** Whether the value is text for a file. */
    public boolean isText(String name) {
        return definition(name)
                .filter(found -> found.path("format").asText().equals(TEXT))
                .isPresent();
    }

    /**
     * The values by name: those of the job, and the defaults for the rest.
     *
     * @param parameters of the job for this step, by {@code values.name} or by the name of a Kamelet's property, whose
     *     capitals are written with {@code _} here
     * @throws StepException permanent {@code PARAMETER_INVALID} for one without default that the job does not set
     */
    public Map<String, Object> with(Map<String, Object> parameters) {
        Map<String, Object> values = new LinkedHashMap<>();
        definitions.forEach((name, definition) -> {
            Object given = parameters.getOrDefault(PREFIX + name, parameters.get(camelCase(name)));
            values.put(name, given == null ? fallback(name, definition) : given);
        });
        return values;
    }

    private static Object fallback(String name, JsonNode definition) {
        if (!definition.has("default")) {
            throw StepException.permanent(
                    "PARAMETER_INVALID",
                    "The value %s is not set and has no default".formatted(name),
                    "Set it as a parameter of the job, or give it a default in the pipeline.");
        }
        return Json.MAPPER.convertValue(definition.get("default"), Object.class);
    }

    private static String camelCase(String name) {
        return Pattern.compile("_([a-z0-9])").matcher(name).replaceAll(found -> found.group(1)
                .toUpperCase(java.util.Locale.ROOT));
    }
}
