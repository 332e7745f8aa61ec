package dev.caravan;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.caravan.ApiClient.Answer;
import dev.caravan.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Plays Replicate: takes predictions, serves what they made, and signs webhooks. */
final class ReplicateSite implements AutoCloseable {
    static final String TOKEN = "r8_test-token";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Output> outputs = new ConcurrentHashMap<>();
    private volatile Reply reply = new Reply(201, null);

    /** What was asked of it. */
    record Call(String path, String authorization, JsonNode body) {}

    /** @param body null for a prediction that starts */
    record Reply(int status, String body) {}

    /** How it answers a request for a file. */
    interface Output {
        void answer(HttpExchange exchange) throws IOException;
    }

    ReplicateSite() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/", this::predict);
        server.createContext("/files/", this::serve);
        server.start();
    }

    String api() {
        return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
    }

    /** The URL of a file that it serves so. */
    String file(String name, Output output) {
        outputs.put("/files/" + name, output);
        return "http://127.0.0.1:%d/files/%s".formatted(server.getAddress().getPort(), name);
    }

    String file(String name, byte[] bytes) {
        return file(name, exchange -> send(exchange, 200, bytes));
    }

    List<Call> calls() {
        return calls;
    }

    /** How it answers calls from now on. */
    void replies(int status, String body) {
        reply = new Reply(status, body);
    }

    private void predict(HttpExchange exchange) throws IOException {
        JsonNode body = Json.MAPPER.readTree(exchange.getRequestBody());
        calls.add(new Call(
                exchange.getRequestURI().getPath(), exchange.getRequestHeaders().getFirst("Authorization"), body));
        String started = "{\"id\":\"%s\",\"status\":\"starting\"}".formatted("p" + calls.size());
        Reply now = reply;
        String text = now.body() == null ? started : now.body();
        send(exchange, now.status(), text.getBytes(StandardCharsets.UTF_8));
    }

    private void serve(HttpExchange exchange) throws IOException {
        outputs.getOrDefault(exchange.getRequestURI().getPath(), gone -> send(gone, 404, new byte[0]))
                .answer(exchange);
    }

    static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    /** A webhook of Replicate's, signed just now. */
    record Hook(String id, Instant at, String body, List<String> secrets, String query) {
        static Hook of(String prediction, String status, Object output, String query) {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("id", prediction);
            body.put("status", status);
            body.put("model", "wan-video/wan-2.5-t2v");
            body.put("input", Map.of("prompt", "a red kite"));
            body.put("output", output);
            body.put("error", status.equals("failed") ? "CUDA out of memory" : null);
            return new Hook("msg_" + UUID.randomUUID(), Instant.now(), Json.text(body), List.of(), query);
        }

        Hook signedWith(String... more) {
            return new Hook(id, at, body, List.of(more), query);
        }

        Hook sentAt(Instant time) {
            return new Hook(id, time, body, secrets, query);
        }

        /** The headers go with {@code this}, the bytes are others. */
        Answer sendTo(ApiClient api, String bytes) {
            String signatures = String.join(
                    " ", secrets.stream().map(secret -> "v1," + sign(secret)).toList());
            return api.json(
                    "POST",
                    "/api/v1/webhooks/replicate" + query,
                    bytes,
                    "webhook-id",
                    id,
                    "webhook-timestamp",
                    String.valueOf(at.getEpochSecond()),
                    "webhook-signature",
                    signatures.isEmpty() ? "none" : signatures);
        }

        Answer sendTo(ApiClient api) {
            return sendTo(api, body);
        }

        List<String> headers() {
            return List.of(
                    "webhook-id",
                    id,
                    "webhook-timestamp",
                    String.valueOf(at.getEpochSecond()),
                    "webhook-signature",
                    "v1," + sign(secrets.get(0)));
        }

        private String sign(String secret) {
            try {
                Mac mac = Mac.getInstance("HmacSHA256");
                mac.init(new SecretKeySpec(
                        Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
                String signed = "%s.%d.%s".formatted(id, at.getEpochSecond(), body);
                return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
