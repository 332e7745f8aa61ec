package dev.caravan.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.Caravan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Calls the API of a Caravan: the one that runs here, or the one that {@code --api} names. */
final class ApiConnection {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final int BUSY = 503;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    @Option(
            names = "--api",
            paramLabel = "URL",
            description =
                    "The Caravan to speak to, http://host:port. Default: CARAVAN_API, else the one that runs here.")
    private String api;

    @Option(names = "--json", description = "Prints the answer as JSON, for programs.")
    private boolean json;

    private boolean fromEnvironment;

    boolean json() {
        return json;
    }

    JsonNode get(String path) {
        return send("GET", path, null);
    }

    JsonNode post(String path, Object body) {
        return send("POST", path, body);
    }

    JsonNode patch(String path, Object body) {
        return send("PATCH", path, body);
    }

    JsonNode delete(String path) {
        return send("DELETE", path, null);
    }

    /**
     * Calls the API.
     *
     * @param path with its query, each value encoded
     * @param body the object to send as JSON, or null
     * @return the response's JSON; a missing node where it has none
     * @throws Refused with the problem that the API names
     */
    private JsonNode send(String method, String path, Object body) {
        String base = base();
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
            if (body == null) {
                request.method(method, BodyPublishers.noBody());
            } else {
                request.method(method, BodyPublishers.ofString(JSON.writeValueAsString(body)))
                        .header("Content-Type", "application/json");
            }
            HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
            JsonNode said = JSON.readTree(answer.body());
            if (answer.statusCode() >= 400) {
                throw Refused.of(answer.statusCode(), said);
            }
            return said;
        } catch (IOException e) {
            throw silent(base);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refused("interrupted");
        }
    }

    /** An address from a shell variable may be that of an earlier start. */
    private Refused silent(String base) {
        return new Refused(
                "Nothing answers at %s. %s"
                        .formatted(
                                base,
                                fromEnvironment
                                        ? "The address stands in CARAVAN_API, perhaps since an earlier start: eval \"$(./caravan env)\" again, or unset it."
                                        : "Look whether it runs with ./caravan status, and whether the address is right."),
                Refused.NOT_RUNNING);
    }

    /** Encodes the text as one part of a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /**
     * Follows server-sent events until the server ends them or disconnects.
     *
     * @param lastId of the event after which to continue, or null
     * @return whether it answered
     * @throws Refused with the problem that the API names
     */
    boolean follow(String path, String lastId, Consumer<String> lines) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path));
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        try {
            HttpResponse<Stream<String>> answer = client.send(request.build(), BodyHandlers.ofLines());
            if (answer.statusCode() == BUSY) {
                return false;
            } else if (answer.statusCode() >= 400) {
                String said = answer.body().collect(Collectors.joining());
                throw Refused.of(answer.statusCode(), JSON.readTree(said));
            }
            answer.body().forEach(lines);
            return true;
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
    }

    String base() {
        if (api == null) {
            api = System.getenv("CARAVAN_API");
            fromEnvironment = api != null && !api.isBlank();
        }
        if (api == null || api.isBlank()) {
            api = RunState.read(Caravan.settings(Map.of()).path("caravan.data"))
                    .map(RunState::api)
                    .orElseThrow(() -> new Refused(
                            "Caravan is not running here. Start it with ./caravan run, or name another one with --api.",
                            Refused.NOT_RUNNING));
        }
        return api.replaceFirst("/+$", "");
    }

    /** Reports that the API refused a request, with the API's message. */
    static final class Refused extends RuntimeException {
        static final int NOT_RUNNING = 3;
        private static final long serialVersionUID = 1L;
        private final int exitCode;

        Refused(String why) {
            this(why, 1);
        }

        Refused(String why, int exitCode) {
            super(why);
            this.exitCode = exitCode;
        }

        /** The exit code: 3 where no server answers, as with {@code status}; 1 where the request was refused. */
        int exitCode() {
            return exitCode;
        }

        private static Refused of(int status, JsonNode problem) {
            return new Refused("%s (%d): %s %s"
                    .formatted(
                            problem.path("code").asText("HTTP_" + status),
                            status,
                            sentence(problem.path("detail")
                                    .asText(problem.path("title").asText())),
                            TerminalAdvice.of(problem.path("advice").asText()))
                    .trim());
        }

        private static String sentence(String text) {
            return text.isBlank() || text.matches("(?s).*[.!?:]\\s*") ? text : text + ".";
        }
    }
}
