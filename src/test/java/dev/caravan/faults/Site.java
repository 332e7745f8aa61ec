package dev.caravan.faults;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.caravan.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What a part of Caravan answers over HTTP. */
final class Site {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Site() {}

    /** {@code healthy, degraded, unhealthy}, or {@code silent} where nobody answers. */
    static String health(String api) {
        try {
            return Json.MAPPER
                    .readTree(send(api + "/api/health", "GET").body())
                    .path("status")
                    .asText();
        } catch (JsonProcessingException e) {
            return "silent";
        }
    }

    /** Returns the status; 0 where nobody answers. */
    static int delete(String api, String path) {
        return send(api + path, "DELETE").status();
    }

    private record Answer(int status, String body) {}

    private static Answer send(String url, String method) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(20))
                .build();
        try {
            HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (IOException e) {
            return new Answer(0, "{\"status\":\"silent\"}");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
