package dev.caravan.durable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caravan.work.StepValues;
import java.util.Map;
import java.util.Optional;

/**
 * What a job may set of a step: a property of its Kamelet, a value that the step declares ({@code values.from}), or one of
 * its further inputs ({@code inputs.logo}).
 *
 * @param parameters that the pipeline gives the Kamelet
 */
record ParameterDefinition(KameletText kamelet, Map<String, String> parameters) {
    private static final String FORMAT = "format";
    private static final String VALUES = "values";
    private static final String INPUTS = "inputs";
    /** What a job may name: a public URL, or an asset of its owner, or one of the asset's derivatives. */
    private static final String INPUT = "^(https?://[^\\s]{1,2000}|asset:[A-Za-z0-9-]{1,64}(/[a-z0-9-]{1,64})?)$";

    Optional<JsonNode> of(String property) {
        if (is(property, VALUES)) {
            return values().definition(name(property));
        } else if (is(property, INPUTS)) {
            return declaresInput(name(property)) ? Optional.of(input()) : Optional.empty();
        }
        return kamelet.property(property);
    }

    /** True where the property begins with the name of one of that format. */
    private boolean is(String property, String format) {
        return property.startsWith(format + ".")
                && kamelet.property(format)
                        .filter(found -> found.path(FORMAT).asText().equals(format))
                        .isPresent();
    }

    private static String name(String property) {
        return property.substring(property.indexOf('.') + 1);
    }

    private StepValues values() {
        return StepValues.parse(parameters.getOrDefault(VALUES, ""));
    }

    private boolean declaresInput(String name) {
        return parameters.getOrDefault(INPUTS, "").lines().anyMatch(line -> line.strip()
                .matches(name + "\\s*=.*"));
    }

    private static JsonNode input() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "string")
                .put("pattern", INPUT)
                .put("example", "https://example.com/logo.png");
    }

    static String missing(String kamelet, String property) {
        return property.matches("(values|inputs)\\..*")
                ? "the step's %s do not name %s"
                        .formatted(property.replaceFirst("\\..*", ""), property.replaceFirst("[a-z]+\\.", ""))
                : "Kamelet %s has no property %s".formatted(kamelet, property);
    }
}
