package dev.caravan.ops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Asks a running Caravan for its own state, that of its stores, and what it knows to be stuck. */
record RunningCheck(String name, String url, Judgement judgement) implements Check {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MILLIS = 15_000;
    private static final int MAX_NAMED = 5;

    private interface Judgement {
        Finding of(JsonNode answer);
    }

    static List<Check> of(String api) {
        return List.of(
                new RunningCheck("caravan", api + "/api/health", RunningCheck::health),
                new RunningCheck("stuck", api + "/api/v1/recovery", RunningCheck::stuck));
    }

    @Override
    public Finding look() throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        boolean refused = connection.getResponseCode() >= 400;
        try (InputStream body = refused ? connection.getErrorStream() : connection.getInputStream()) {
            return judgement.of(JSON.readTree(body));
        }
    }

    @Override
    public Finding outOfReach(String why) {
        return Finding.bad(
                HealthStatus.UNHEALTHY,
                "silent",
                url + ": " + why,
                "Look into its log: ./caravan logs; then restart it.");
    }

    private static Finding health(JsonNode answer) {
        HealthStatus status =
                HealthStatus.valueOf(answer.path("status").asText("unhealthy").toUpperCase(Locale.ROOT));
        List<String> wrong = new ArrayList<>();
        List<String> advice = new ArrayList<>();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("version", answer.path("version").asText());
        answer.path("checks").properties().forEach(check -> {
            details.put(check.getKey(), check.getValue().path("status").asText());
            if (check.getValue().hasNonNull("message")) {
                wrong.add(
                        check.getKey() + ": " + check.getValue().get("message").asText());
                advice.add(check.getValue().path("advice").asText());
            }
        });
        return new Finding(
                "running",
                status,
                null,
                wrong.isEmpty() ? null : String.join("; ", wrong),
                advice.isEmpty() ? null : String.join(" ", advice),
                details);
    }

    private static Finding stuck(JsonNode answer) {
        JsonNode stuck = answer.path("stuck");
        if (!stuck.isArray()) {
            return Finding.bad(
                    HealthStatus.DEGRADED, "unknown", answer.path("detail").asText(), null);
        } else if (stuck.isEmpty()) {
            return Finding.good("none", Map.of());
        }
        List<String> first = StreamSupport.stream(stuck.spliterator(), false)
                .limit(MAX_NAMED)
                .map(each -> (each.path("code").asText() + " "
                                + each.path("job_id")
                                        .asText(each.path("asset_id").asText()))
                        .trim())
                .toList();
        return new Finding(
                "some",
                HealthStatus.DEGRADED,
                null,
                "%d stuck: %s".formatted(stuck.size(), String.join(", ", first)),
                "./caravan recover --status says why and what to do.",
                Map.of("stuck", stuck.size()));
    }
}
