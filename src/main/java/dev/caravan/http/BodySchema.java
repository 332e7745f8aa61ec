package dev.caravan.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The schema of the JSON body of one operation.
 *
 * @param document the whole contract, which contains the schema
 * @param schema compiled at its first use
 * @param required whether the operation needs a body
 */
record BodySchema(JsonNode document, Supplier<JsonSchema> schema, boolean required) {
    private static final int MAX_NAMED = 5;

    /** @throws ProblemException {@code INVALID_BODY} that names the first few faults, and what the first place allows */
    void check(JsonNode body) {
        List<ValidationMessage> faults = schema.get().validate(body).stream()
                .sorted(Comparator.comparing(
                        fault -> fault.getInstanceLocation().toString()))
                .toList();
        if (!faults.isEmpty()) {
            String all =
                    faults.stream().limit(MAX_NAMED).map(BodySchema::sentence).collect(Collectors.joining("; "));
            throw RequestBodies.invalid(
                    faults.size() > MAX_NAMED ? all + "; and more" : all,
                    faults.stream()
                            .limit(MAX_NAMED)
                            .map(this::allowed)
                            .distinct()
                            .collect(Collectors.joining(" ")));
        }
    }

    /** Returns the library's message, after the place. */
    private static String sentence(ValidationMessage fault) {
        String text = fault.getError();
        return switch (fault.getType()) {
            case "additionalProperties" -> place(fault) + ": there is no property '" + fault.getProperty() + "'";
            case "required" -> place(fault) + ": the property '" + fault.getProperty() + "' is missing";
            default -> place(fault) + ": " + text;
        };
    }

    private static String place(ValidationMessage fault) {
        String pointer = fault.getInstanceLocation().toString();
        return pointer.isEmpty() ? "The body" : pointer;
    }

    private String allowed(ValidationMessage fault) {
        return place(fault) + " may be " + SchemaText.by(around(fault)) + ".";
    }

    /** Returns the schema whose keyword is broken. */
    private JsonNode around(ValidationMessage fault) {
        String keyword = fault.getSchemaLocation().getFragment().toString();
        JsonNode at = document.at(keyword.substring(0, keyword.lastIndexOf('/')));
        return at.isMissingNode() ? schema.get().getSchemaNode() : at;
    }
}
