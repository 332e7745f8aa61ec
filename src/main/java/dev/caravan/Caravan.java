package dev.caravan;

import com.sun.net.httpserver.HttpServer;
import dev.caravan.settings.Settings;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** One running Caravan. */
public final class Caravan implements AutoCloseable {
    private final Map<String, String> overrides;
    private final HttpServer server;
    private final CountDownLatch ended = new CountDownLatch(1);

    private Caravan(Map<String, String> overrides, HttpServer server) {
        this.overrides = overrides;
        this.server = server;
    }

    public static Settings settings(Map<String, String> overrides) {
        Map<String, String> values = new HashMap<>(Map.of(
                "caravan.data", environment("CARAVAN_DATA", "data"),
                "caravan.aws.region", "us-east-1",
                "caravan.s3.bucket", "caravan",
                "caravan.queue.events", "caravan-s3-events",
                "caravan.local.s3.port", environment("CARAVAN_LOCAL_S3_PORT", "9000"),
                "caravan.local.dynamodb.port", environment("CARAVAN_LOCAL_DYNAMODB_PORT", "9001"),
                "caravan.local.sqs.port", environment("CARAVAN_LOCAL_SQS_PORT", "9002"),
                "caravan.local.redis.port", environment("CARAVAN_LOCAL_REDIS_PORT", "9003"),
                "caravan.http.port", environment("PORT", "8000")));
        values.putAll(overrides);
        return new Settings(key -> Optional.ofNullable(values.get(key)));
    }

    public static Caravan start(Map<String, String> overrides) throws Exception {
        HttpServer server = HttpServer.create(
                new InetSocketAddress("127.0.0.1", settings(overrides).number("caravan.http.port")), 0);
        server.createContext("/api/health", exchange -> {
            byte[] body = "{\"status\":\"healthy\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return new Caravan(overrides, server);
    }

    public static List<String> provision(Map<String, String> overrides, boolean notifications) {
        return List.of();
    }

    public String apiUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public String setting(String key) {
        return settings(overrides).find(key).orElse("");
    }

    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    @Override
    public void close() {
        server.stop(0);
        ended.countDown();
    }

    private static String environment(String name, String otherwise) {
        return System.getenv().getOrDefault(name, otherwise);
    }
}
