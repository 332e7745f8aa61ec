package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.oas.OpenApi30;
import dev.caravan.json.Json;
import dev.caravan.local.SharedCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Walks the doors through which announced files come: each operation with each status that the document names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadDoorsIT {
    private static final String DOCUMENT = "https://caravan.test/openapi-streams.json";
    private static final String TUS = "/api/v1/uploads/tus";
    private static final String BYTES = "application/offset+octet-stream";
    /** What a PNG begins with. */
    private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 'I', 'H'};

    private static final byte[] WORDS = "only words...!".getBytes(StandardCharsets.US_ASCII);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Gate dynamo = new Gate(SharedCloud.get().properties().get("caravan.dynamodb.endpoint"));
    private TestCaravan caravan;
    private TestCaravan crowded;
    private TestCaravan full;
    private JsonNode document;
    private JsonSchemaFactory schemas;

    /** @param schema where it lies in the document; empty for an answer that is no problem */
    private record Case(String operation, String method, String path, int status, String schema) {
        Case(String operation, String method, String path, int status) {
            this(operation, method, path, status, "");
        }

        boolean tus() {
            return path.startsWith(TUS);
        }

        /** Only a creation is about no upload that is there. */
        boolean creation() {
            return path.equals(TUS);
        }
    }

    /** @param headers names and values in turns */
    private record Request(String method, String path, byte[] body, List<String> headers) {
        Request with(String... more) {
            List<String> all = new ArrayList<>(headers);
            all.addAll(List.of(more));
            return new Request(method, path, body, all);
        }

        Request without(String name) {
            List<String> rest = new ArrayList<>(headers);
            int at = rest.indexOf(name);
            rest.subList(at, at + 2).clear();
            return new Request(method, path, body, rest);
        }

        Request replacing(String name, String value) {
            return without(name).with(name, value);
        }

        Request sending(byte[] bytes) {
            return new Request(method, path, bytes, headers);
        }
    }

    private record Answer(int status, String type, String body) {}

    @BeforeAll
    void start() throws IOException {
        Map<String, String> changes = new HashMap<>(TestCaravan.WITH_API);
        changes.put("caravan.dynamodb.endpoint", dynamo.url());
        changes.put("caravan.roles", "api");
        changes.put("caravan.upload.stall", "1s");
        changes.put("caravan.upload.least-disk", "1000000");
        caravan = TestCaravan.start(changes);
        changes.put("caravan.name", caravan.property("caravan.name"));
        changes.put("caravan.upload.least-disk", "9000000000000000");
        full = TestCaravan.start(changes);
        changes.put("caravan.queue.max-ready", "0");
        crowded = TestCaravan.start(changes);
        ApiClient.Answer read = new ApiClient(caravan).get("/openapi-streams.json");
        document = read.body();
        schemas = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V4, builder -> builder.metaSchema(OpenApi30.getInstance())
                        .defaultMetaSchemaIri(OpenApi30.getInstance().getIri())
                        .schemaLoaders(loaders -> loaders.schemas(Map.of(DOCUMENT, document.toString()))));
    }

    @AfterAll
    void stop() {
        crowded.close();
        full.close();
        caravan.close();
        dynamo.close();
    }

    /** Those where the store is down come last: a count that failed is not asked for again at once. */
    @TestFactory
    Stream<DynamicTest> answers_as_the_document_says() {
        List<Case> cases = new ArrayList<>();
        document.path("paths").properties().stream()
                .filter(path -> path.getKey().contains("/uploads/"))
                .forEach(path -> path.getValue().properties().stream()
                        .filter(method -> !method.getKey().equals("parameters"))
                        .forEach(method -> method.getValue()
                                .path("responses")
                                .properties()
                                .forEach(response -> cases.add(new Case(
                                        method.getValue().path("operationId").asText(),
                                        method.getKey().toUpperCase(Locale.ROOT),
                                        path.getKey(),
                                        Integer.parseInt(response.getKey()),
                                        schema(response.getValue()))))));
        assertThat(cases).hasSizeGreaterThan(50);
        cases.sort(Comparator.comparing((Case each) -> each.status() == 503));
        return cases.stream()
                .map(each -> DynamicTest.dynamicTest(each.operation() + " " + each.status(), () -> check(each)));
    }

    private String schema(JsonNode response) {
        String reference = response.path("$ref").asText("");
        return reference.isEmpty()
                ? ""
                : document.at(reference.substring(1) + "/content/application~1problem+json/schema/$ref")
                        .asText();
    }

    private void check(Case each) throws IOException {
        Answer answer = provoke(each);
        assertThat(answer.status()).as(answer.body()).isEqualTo(each.status());
        assertThat(each.schema().isEmpty()).isEqualTo(each.status() < 300);
        if (!each.schema().isEmpty() && !each.method().equals("HEAD")) {
            assertThat(answer.type()).isEqualTo("application/problem+json");
            JsonSchema schema = schemas.getSchema(
                    SchemaLocation.of(DOCUMENT + each.schema()),
                    SchemaValidatorsConfig.builder().build());
            assertThat(schema.validate(Json.MAPPER.readTree(answer.body()))).isEmpty();
        }
    }

    private Answer provoke(Case each) {
        String id = each.creation() ? null : announce(each.tus());
        Request good = good(each, id);
        return switch (each.status()) {
            case 200, 201, 204 -> send(caravan, good);
            case 400 ->
                send(
                        caravan,
                        each.tus()
                                ? good.without(each.creation() ? "Upload-Length" : "Upload-Offset")
                                : good.sending(new Form().field("a", "b").bytes())
                                        .with("Content-Type", Form.TYPE));
            case 403 -> send(caravan, good.with("Origin", "https://elsewhere.example"));
            case 404 -> send(caravan, good(each, "unknown"));
            case 408 -> stalled(each.creation() ? withBytes(good, PICTURE) : good);
            case 409 ->
                send(
                        caravan,
                        each.operation().equals("continueTusUpload")
                                ? good.replacing("Upload-Offset", "3")
                                : good(each, completed(each.tus())));
            case 410 -> send(caravan, good(each, expired(id)));
            case 412 -> send(caravan, good.without("Tus-Resumable"));
            case 413 ->
                send(
                        caravan,
                        each.creation()
                                ? good.replacing("Upload-Length", "999999999999999")
                                : good.sending(new byte[PICTURE.length + 1]));
            case 415 -> send(caravan, good.replacing("Content-Type", "image/png"));
            case 422 -> send(caravan, each.creation() ? withBytes(good, WORDS) : good.sending(WORDS));
            case 429 -> send(crowded, good);
            case 460 ->
                send(
                        caravan,
                        (each.creation() ? withBytes(good, PICTURE) : good)
                                .with("Upload-Checksum", "sha1 " + base64(new byte[20])));
            case 500 -> each.creation() ? withoutFolder(withBytes(good, PICTURE)) : spoiled(id, good);
            case 503 -> withoutStore(good);
            case 507 -> send(full, each.creation() ? withBytes(good, PICTURE) : good);
            default -> throw new IllegalStateException("Nobody knows how to provoke " + each.status());
        };
    }

    /** What is answered as it should be. */
    private static Request good(Case each, String id) {
        String path = each.path().replaceAll("\\{(mediaId|upload)}", String.valueOf(id));
        Request plain = new Request(each.method(), path, new byte[0], List.of());
        if (!each.tus()) {
            return plain.sending(PICTURE);
        }
        Request tus = plain.with("Tus-Resumable", "1.0.0");
        return switch (each.operation()) {
            case "createTusUpload" ->
                tus.with(
                        "Upload-Length",
                        String.valueOf(PICTURE.length),
                        "Upload-Metadata",
                        "filename " + base64("a.png".getBytes(StandardCharsets.UTF_8)) + ",filetype "
                                + base64("image/png".getBytes(StandardCharsets.UTF_8)));
            case "continueTusUpload" -> tus.sending(PICTURE).with("Upload-Offset", "0", "Content-Type", BYTES);
            default -> tus;
        };
    }

    private static Request withBytes(Request creation, byte[] bytes) {
        return creation.sending(bytes).with("Content-Type", BYTES);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private String announce(boolean tus) {
        Request request = tus
                ? good(new Case("createTusUpload", "POST", TUS, 201), null)
                : new Request(
                        "POST",
                        "/api/v1/media/initiate",
                        "{\"type\":\"image\",\"filename\":\"a.png\",\"mimeType\":\"image/png\",\"size\":14}"
                                .getBytes(StandardCharsets.UTF_8),
                        List.of("Content-Type", "application/json"));
        HttpResponse<String> answer =
                Awaitility.await().until(() -> exchange(caravan, request), response -> response.statusCode() == 201);
        String location = answer.headers().firstValue("Location").orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private String completed(boolean tus) {
        String id = announce(tus);
        Case whole = tus
                ? new Case("continueTusUpload", "PATCH", TUS + "/{upload}", 204)
                : new Case("putUpload", "PUT", "/api/v1/uploads/{mediaId}", 200);
        assertThat(send(caravan, good(whole, id)).status()).isEqualTo(whole.status());
        if (!tus) {
            assertThat(new ApiClient(caravan)
                            .json("POST", "/api/v1/media/" + id + "/complete", "{}")
                            .status())
                    .isEqualTo(202);
        }
        return id;
    }

    /** This installation has no pipeline that would call. */
    @Test
    void news_that_nobody_would_send_are_not_promised_and_hold_up_no_file() {
        ApiClient api = new ApiClient(caravan);
        ApiClient.Answer refused = api.json(
                "POST",
                "/api/v1/media/initiate",
                "{\"type\":\"image\",\"filename\":\"a.png\",\"mimeType\":\"image/png\",\"size\":14,"
                        + "\"notify_url\":\"https://example.com/hook\"}");
        assertThat(refused.status() + refused.code()).isEqualTo("503NOT_CONFIGURED");
        String id = announce(false);
        caravan.records()
                .update(caravan.assets()
                        .writeOf(caravan.asset(id))
                        .set("announced.notify_url", "https://example.com/hook"));
        assertThat(send(caravan, good(new Case("putUpload", "PUT", "/api/v1/uploads/{mediaId}", 200), id))
                        .status())
                .isEqualTo(200);
        ApiClient.Answer completed = api.json("POST", "/api/v1/media/" + id + "/complete", "{}");
        assertThat(completed.status()).as(completed.response().body()).isEqualTo(202);
    }

    private String expired(String id) {
        caravan.records()
                .update(caravan.assets()
                        .writeOf(caravan.asset(id))
                        .set(
                                "announced.expires_at",
                                Instant.now().minusSeconds(1).toString()));
        return id;
    }

    /** With text where a map belongs. */
    private Answer spoiled(String id, Request request) {
        caravan.wiring().clients.dynamo().updateItem(update -> update.tableName(
                        caravan.caravan().setting("caravan.table.assets"))
                .key(Map.of("asset_id", AttributeValue.fromS(id)))
                .updateExpression("SET announced = :text")
                .expressionAttributeValues(Map.of(":text", AttributeValue.fromS("text"))));
        return send(caravan, request);
    }

    /** With a file where the folder for pieces should be. */
    private Answer withoutFolder(Request request) {
        Path folder = Path.of(caravan.property("caravan.temp"), "announced");
        return with(
                () -> {
                    Files.delete(folder);
                    Files.createFile(folder);
                },
                () -> send(caravan, request),
                () -> {
                    Files.delete(folder);
                    Files.createDirectory(folder);
                });
    }

    private interface Change {
        void make() throws IOException;
    }

    private static Answer with(Change change, Supplier<Answer> answer, Change back) {
        try {
            change.make();
            try {
                return answer.get();
            } finally {
                back.make();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer withoutStore(Request request) {
        return with(
                dynamo::shut,
                () -> Awaitility.await().until(() -> send(caravan, request), answer -> answer.status() == 503),
                dynamo::reopen);
    }

    /** All of the head, and nothing of the body. */
    private Answer stalled(Request request) {
        int port = URI.create(caravan.caravan().apiUrl()).getPort();
        StringBuilder head = new StringBuilder("%s %s HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: %d\r\n"
                .formatted(request.method(), request.path(), port, request.body().length));
        for (int i = 0; i < request.headers().size(); i += 2) {
            head.append("%s: %s\r\n"
                    .formatted(request.headers().get(i), request.headers().get(i + 1)));
        }
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            String[] parts =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).split("\r\n\r\n", 2);
            return new Answer(
                    Integer.parseInt(parts[0].split(" ", 3)[1]),
                    parts[0].replaceFirst("(?is).*\r\ncontent-type: ([^\r]*).*", "$1"),
                    parts[1]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer send(TestCaravan to, Request request) {
        HttpResponse<String> answer = exchange(to, request);
        return new Answer(
                answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(""), answer.body());
    }

    private HttpResponse<String> exchange(TestCaravan to, Request request) {
        HttpRequest.Builder builder = HttpRequest.newBuilder(
                        URI.create(to.caravan().apiUrl()).resolve(request.path()))
                .method(
                        request.method(),
                        request.body().length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(request.body()));
        if (!request.headers().isEmpty()) {
            builder.headers(request.headers().toArray(String[]::new));
        }
        try {
            return http.send(builder.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
