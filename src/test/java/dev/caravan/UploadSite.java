package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A Caravan that takes uploads into a bucket of its own and does not run their jobs, and a look at what it holds. */
final class UploadSite implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    final TestCaravan caravan;
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param body null where it is not JSON */
    record Answer(int status, String text, JsonNode body, Map<String, List<String>> headers) {
        String code() {
            return body == null ? "" : body.path("code").asText();
        }
    }

    /** All that an upload may leave behind. */
    record Belongings(long assets, long jobs, long objects, long files) {}

    UploadSite(Map<String, String> changes) {
        Map<String, String> all = new HashMap<>(Map.of(
                "caravan.roles", "api",
                "caravan.s3.bucket", "up-" + UUID.randomUUID().toString().substring(0, 8),
                "caravan.upload.max-size", "3000000",
                "caravan.upload.least-disk", "1000000",
                // Nobody works on the jobs here, so nobody waits for them either.
                "caravan.http.timeout", "0",
                "camel.main.routes-include-pattern",
                        "classpath:routes/ingest/check-upload.camel.yaml,classpath:routes/alone/*.camel.yaml,"
                                + "classpath:routes/pipelines/*.camel.yaml,"
                                + "classpath:routes/jobs/*.camel.yaml,classpath:routes/api/*.camel.yaml"));
        all.putAll(changes);
        caravan = TestCaravan.start(all);
    }

    JsonNode get(String path) {
        return new ApiClient(caravan).get(path).body();
    }

    Answer post(String path, String type, byte[] body, String... headers) {
        return post(path, type, HttpRequest.BodyPublishers.ofByteArray(body), headers);
    }

    Answer post(String path, String type, HttpRequest.BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(caravan.caravan().apiUrl()).resolve(path))
                .POST(body);
        if (type != null) {
            request.header("Content-Type", type);
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return answer(
                    response.statusCode(), response.body(), response.headers().map());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Answer answer(int status, String text, Map<String, List<String>> headers) throws IOException {
        return new Answer(status, text, text.startsWith("{") ? JSON.readTree(text) : null, headers);
    }

    Socket connect() throws IOException {
        return new Socket("127.0.0.1", URI.create(caravan.caravan().apiUrl()).getPort());
    }

    byte[] head(String path, String... headers) {
        return ("POST " + path + " HTTP/1.1\r\nHost: localhost:"
                        + URI.create(caravan.caravan().apiUrl()).getPort() + "\r\n" + String.join("\r\n", headers)
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Sends bytes as they are and returns all that comes back until the other side is done. */
    String raw(byte[] head, byte[] body, boolean andNoMore) {
        try (Socket socket = connect()) {
            socket.setSoTimeout(20_000);
            OutputStream out = socket.getOutputStream();
            try {
                out.write(head);
                out.write(body);
                if (andNoMore) {
                    socket.shutdownOutput();
                }
            } catch (SocketException e) {
                // It has answered already.
            }
            return new String(until(socket.getInputStream()), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] until(InputStream in) throws IOException {
        return in.readAllBytes();
    }

    Belongings belongings() {
        return new Belongings(
                count("caravan.table.assets"),
                count("caravan.table.jobs"),
                objects().size(),
                files());
    }

    List<String> objects() {
        return caravan
                .clients()
                .s3()
                .listObjectsV2(request -> request.bucket(caravan.property("caravan.s3.bucket")))
                .contents()
                .stream()
                .map(object -> object.key())
                .toList();
    }

    private long count(String table) {
        return caravan
                .clients()
                .dynamo()
                .scanPaginator(request -> request.tableName(caravan.caravan().setting(table)))
                .items()
                .stream()
                .filter(item -> item.containsKey("status"))
                .count();
    }

    private long files() {
        try (Stream<Path> tree = Files.walk(Path.of(caravan.property("caravan.temp"), "uploads"))) {
            return tree.count() - 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nothing more than {@code before}, as soon as whatever still runs has ended. */
    void holdsOnly(Belongings before) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(belongings())
                .isEqualTo(before));
    }

    @Override
    public void close() {
        caravan.close();
    }
}
