package dev.caravan.replicate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.http.ProblemCode;
import dev.caravan.http.ProblemException;
import dev.caravan.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Builds the model's input: the fields of the request that are not Caravan's, and those under {@code input}. */
final class PredictionInput {
    private static final Set<String> OURS = Set.of("owner", "name", "type", "tags", "metadata", "input");
    /** Sizes by their height, as models of the Wan family name them. */
    private static final Map<String, String> SIZES =
            Map.of("480p", "832*480", "720p", "1280*720", "1080p", "1920*1080");

    private PredictionInput() {}

    /** @throws ProblemException {@code INVALID_BODY} when nothing is left */
    static Map<String, Object> of(JsonNode body) {
        Map<String, Object> input = new LinkedHashMap<>();
        Json.toMap(body).forEach((name, value) -> {
            if (!OURS.contains(name) && value != null) {
                input.put(name, asModelsTakeIt(name, value));
            }
        });
        if (body.path("input").isObject()) {
            input.putAll(Json.toMap(body.get("input")));
        }
        if (input.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.INVALID_BODY,
                    "There is nothing for the model in the body",
                    "Send its inputs, such as prompt, beside owner, name, type, tags and metadata, or under input.");
        }
        return input;
    }

    private static Object asModelsTakeIt(String name, Object value) {
        if (name.equals("duration") && value instanceof String text && text.matches("\\d{1,4}s?")) {
            return Integer.valueOf(text.replace("s", ""));
        }
        return name.equals("size") && value instanceof String text ? SIZES.getOrDefault(text, text) : value;
    }
}
