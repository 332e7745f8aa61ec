package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The health that a running Caravan reports about itself.
 *
 * @param remarks the messages of its checks, a pause among them
 */
record RunningHealth(String word, List<String> remarks) {
    private static final String UNREACHABLE = "unreachable";
    private static final int TIMEOUT_MILLIS = 5000;

    /** {@code healthy}, {@code degraded}, {@code unhealthy}; or {@code unreachable} when it does not answer. */
    static RunningHealth of(String api) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(api + "/api/health").toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            boolean failed = connection.getResponseCode() >= 400;
            try (InputStream body = failed ? connection.getErrorStream() : connection.getInputStream()) {
                JsonNode said = new ObjectMapper().readTree(body);
                List<String> remarks = new ArrayList<>();
                said.path("checks").forEach(check -> {
                    if (check.hasNonNull("message")) {
                        remarks.add(check.get("message").asText());
                    }
                });
                return new RunningHealth(said.path("status").asText(UNREACHABLE), remarks);
            }
        } catch (IOException e) {
            return new RunningHealth(UNREACHABLE, List.of());
        }
    }
}
