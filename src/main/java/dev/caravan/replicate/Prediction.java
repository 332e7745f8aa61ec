package dev.caravan.replicate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A prediction as Replicate's webhook describes it.
 *
 * @param outputs URLs of the files in its output, in their order
 */
record Prediction(String id, String status, String model, String prompt, List<String> outputs, String error) {
    private static final int MAX_PROMPT = 8000;
    private static final int MAX_ERROR = 1000;

    static Prediction of(JsonNode body) {
        return new Prediction(
                body.path("id").asText(),
                body.path("status").asText(),
                body.path("model").asText(null),
                shortened(body.path("input").path("prompt").asText(null)),
                OutputUrls.of(body.path("output")),
                cut(body.path("error").asText(null), MAX_ERROR));
    }

    /** Shortens a prompt for the record. */
    static String shortened(String prompt) {
        return cut(prompt, MAX_PROMPT);
    }

    private static String cut(String text, int most) {
        return text == null || text.length() <= most ? text : text.substring(0, most) + "...";
    }

    boolean ended() {
        return Set.of("succeeded", "failed", "canceled", "aborted").contains(status);
    }

    /** Returns why there is nothing to import; empty if there is something. */
    Optional<Failure> failure() {
        return switch (status) {
            case "succeeded" ->
                outputs.isEmpty()
                        ? failure(
                                "PREDICTION_WITHOUT_FILE",
                                "The prediction succeeded, and its output names no file: no text in it is a URL as a whole",
                                "Use a model whose output is a file.")
                        : Optional.empty();
            case "failed" ->
                failure(
                        "PREDICTION_FAILED",
                        "The prediction failed: " + (error == null ? "Replicate does not say why" : error),
                        "Look at the prediction at Replicate, change what was asked for, and start it again.");
            default ->
                failure("PREDICTION_CANCELED", "The prediction was canceled", "Start it again where it is wanted.");
        };
    }

    private static Optional<Failure> failure(String code, String message, String advice) {
        return Optional.of(new Failure(code, FailureKind.PERMANENT, null, message, advice, null));
    }
}
