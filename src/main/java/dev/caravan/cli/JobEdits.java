package dev.caravan.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that change a job before it continues. */
final class JobEdits {
    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "Sets a parameter; an empty value takes it away. May come more than once.")
    private Map<String, String> parameters = new LinkedHashMap<>();

    @Option(names = "--priority", paramLabel = "PRIORITY", description = "high, normal or low.")
    private String priority;

    @Option(
            names = "--run-at",
            paramLabel = "TIME",
            description = "Not to start before: ISO 8601 with an offset, as 2026-12-24T22:00:00Z.")
    private String runAt;

    boolean none() {
        return parameters.isEmpty() && priority == null && runAt == null;
    }

    ObjectNode into(ObjectNode body) {
        if (priority != null) {
            body.put("priority", priority);
        }
        if (runAt != null) {
            body.put("run_at", runAt);
        }
        parameters(parameters, body);
        return body;
    }

    static void parameters(Map<String, String> given, ObjectNode body) {
        if (!given.isEmpty()) {
            ObjectNode values = body.putObject("parameters");
            given.forEach((name, value) -> values.set(name, value(value)));
        }
    }

    /** Reads numbers, booleans and other JSON as such, everything else as text. */
    private static JsonNode value(String text) {
        if (text.isEmpty()) {
            return ApiConnection.JSON.nullNode();
        }
        try {
            return ApiConnection.JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }
}
