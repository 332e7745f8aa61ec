package dev.caravan.replicate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.json.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Calls Replicate's HTTP API. A call costs money: it is made once, and the answer tells as far as known whether it
 * succeeded.
 *
 * @see <a href="https://replicate.com/docs/reference/http#models.predictions.create">Replicate's reference</a>
 */
final class ReplicateApi {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;
    private static final int MAX_DETAIL = 500;

    private final ReplicateSettings settings;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();

    ReplicateApi(ReplicateSettings settings) {
        this.settings = settings;
    }

    /** The outcome of a call. */
    sealed interface Answer {
        /** @param status as Replicate writes it */
        record Started(String prediction, String status) implements Answer {}

        /**
         * No prediction was made.
         *
         * @param busy whether the same call may get another answer later
         */
        record NotStarted(boolean busy, String why) implements Answer {}

        /** A prediction may have been made: its webhook will tell. */
        record Unknown(String why) implements Answer {}
    }

    Answer start(String model, Map<String, Object> input, String webhook) {
        Map<String, Object> body =
                Map.of("input", input, "webhook", webhook, "webhook_events_filter", List.of("completed"));
        HttpRequest request = HttpRequest.newBuilder(URI.create(settings.api() + "/models/" + model + "/predictions"))
                .timeout(settings.timeout())
                .header("Authorization", "Bearer " + settings.requiredToken())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.text(body)))
                .build();
        try {
            return read(http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            return new Answer.NotStarted(true, "Replicate cannot be reached: " + e);
        } catch (IOException e) {
            return new Answer.Unknown(e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Unknown("interrupted");
        }
    }

    private static Answer read(HttpResponse<String> response) {
        int status = response.statusCode();
        if (status >= SERVER_ERROR) {
            return new Answer.Unknown("Replicate answered " + status);
        }
        JsonNode body = json(response.body());
        if (status >= 200 && status < 300) {
            String id = body.path("id").asText("");
            return id.isEmpty()
                    ? new Answer.Unknown("Replicate answered %d without an id".formatted(status))
                    : new Answer.Started(id, body.path("status").asText("starting"));
        }
        String detail = body.path("detail").asText(body.path("title").asText("no detail"));
        String shown = detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) + "..." : detail;
        return new Answer.NotStarted(status == TOO_MANY, "Replicate answered %d: %s".formatted(status, shown));
    }

    private static JsonNode json(String text) {
        try {
            JsonNode node = Json.MAPPER.readTree(text);
            return node == null ? Json.MAPPER.missingNode() : node;
        } catch (JsonProcessingException e) {
            return Json.MAPPER.missingNode();
        }
    }
}
