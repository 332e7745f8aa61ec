package dev.caravan.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/** What a running Caravan says about itself. */
final class Health {
    private static final int TIMEOUT_MILLIS = 5000;

    private Health() {}

    /** {@code healthy}, {@code degraded}, {@code unhealthy}; or {@code unreachable} when it does not answer. */
    static String of(String api) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(api + "/api/health").toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            boolean failed = connection.getResponseCode() >= 400;
            try (InputStream body = failed ? connection.getErrorStream() : connection.getInputStream()) {
                return new ObjectMapper().readTree(body).path("status").asText("unreachable");
            }
        } catch (IOException e) {
            return "unreachable";
        }
    }
}
