package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.oas.OpenApi30;
import dev.caravan.ApiClient.Answer;
import dev.caravan.fetch.ScriptedSite;
import dev.caravan.http.ProblemCode;
import dev.caravan.local.SharedCloud;
import dev.caravan.storage.ArchivedTest;
import dev.caravan.storage.MediaFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.S3Client;

/** Walks the document of the streams: each status that it names is seen, with the headers that it names and no others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamsDocumentIT {
    private static final String DOCUMENT = "https://caravan.test/openapi-streams.json";
    private static final Set<String> TOLD = Set.of(
            "accept-ranges",
            "content-disposition",
            "content-length",
            "content-range",
            "etag",
            "last-modified",
            "location");

    private final Gate dynamo = new Gate(SharedCloud.get().properties().get("caravan.dynamodb.endpoint"));
    private TestCaravan caravan;
    private TestCaravan redirecting;
    private ApiClient api;
    private JsonNode document;
    private JsonSchemaFactory schemas;
    private String path;
    private String gone;
    private String broken;

    private record Case(String method, int status, JsonNode response) {}

    @BeforeAll
    void start() {
        Map<String, String> changes = new HashMap<>(TestCaravan.WITH_API);
        changes.put("caravan.dynamodb.endpoint", dynamo.url());
        caravan = TestCaravan.start(changes);
        changes.putAll(Map.of("caravan.name", caravan.property("caravan.name"), "caravan.stream.mode", "redirect"));
        redirecting = TestCaravan.start(changes);
        api = new ApiClient(caravan);
        document = api.get("/openapi-streams.json").body();
        schemas = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V4, builder -> builder.metaSchema(OpenApi30.getInstance())
                        .defaultMetaSchemaIri(OpenApi30.getInstance().getIri())
                        .schemaLoaders(loaders -> loaders.schemas(Map.of(DOCUMENT, document.toString()))));
        Footage footage = new Footage(caravan);
        MediaFile file = footage.put(footage.bytes(1000), "a.mp4", "video/mp4", "a.mp4");
        MediaFile never = new MediaFile(file.bucket(), file.key() + ".never", "etag", 10, "video/mp4", "a.mp4");
        path = "/api/stream/" + footage.video(file);
        gone = "/api/stream/" + footage.video(never);
        broken = "/api/stream/"
                + footage.record(file, file, List.of(), item -> {
                    item.put("error", AttributeValue.fromS("text"));
                    return item;
                });
    }

    @AfterAll
    void stop() {
        caravan.close();
        redirecting.close();
        dynamo.close();
    }

    @TestFactory
    Stream<DynamicTest> answers_as_the_document_says() {
        List<Case> cases = new ArrayList<>();
        JsonNode operations = document.at("/paths/~1api~1stream~1{video_id}");
        for (String method : List.of("get", "head")) {
            for (Map.Entry<String, JsonNode> response :
                    operations.path(method).path("responses").properties()) {
                cases.add(new Case(
                        method.toUpperCase(Locale.ROOT),
                        Integer.parseInt(response.getKey()),
                        resolved(response.getValue())));
            }
        }
        assertThat(cases).hasSizeGreaterThan(15);
        return cases.stream()
                .map(each -> DynamicTest.dynamicTest(each.method() + " " + each.status(), () -> check(each)));
    }

    @Test
    void its_codes_are_ours() {
        JsonNode documented = document.at("/components/schemas/Problem/properties/code/enum");
        Set<String> ours = new TreeSet<>();
        Stream.of(ProblemCode.values()).map(Enum::name).forEach(ours::add);
        assertThat(documented).isNotEmpty().allMatch(code -> ours.contains(code.asText()));
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText(null);
        return reference == null ? node : document.at(reference.substring(1));
    }

    private void check(Case each) {
        Answer answer = provoke(each);
        assertThat(answer.status()).isEqualTo(each.status());
        Set<String> undocumented =
                new TreeSet<>(answer.response().headers().map().keySet());
        undocumented.retainAll(TOLD);
        for (Map.Entry<String, JsonNode> header :
                each.response().path("headers").properties()) {
            JsonNode described = resolved(header.getValue());
            String value =
                    answer.response().headers().firstValue(header.getKey()).orElse(null);
            assertThat(value).as(header.getKey()).isNotNull();
            JsonNode schema = described.path("schema");
            assertThat(value).containsPattern(schema.path("pattern").asText(""));
            if (schema.has("enum")) {
                assertThat(value).isEqualTo(schema.at("/enum/0").asText());
            }
            undocumented.remove(header.getKey().toLowerCase(Locale.ROOT));
        }
        boolean problem = each.response().at("/content").has("application/problem+json");
        if (problem) {
            assertThat(answer.contentType()).isEqualTo("application/problem+json");
            undocumented.remove("content-length");
        }
        if (each.status() == 302) {
            undocumented.remove("content-length");
        }
        assertThat(undocumented).isEmpty();
        if (problem && each.method().equals("GET")) {
            JsonSchema schema = schemas.getSchema(
                    SchemaLocation.of(DOCUMENT + "#/components/schemas/Problem"),
                    SchemaValidatorsConfig.builder().build());
            assertThat(schema.validate(answer.body())).isEmpty();
        }
    }

    private Answer provoke(Case each) {
        String method = each.method();

        return switch (each.status()) {
            case 200 -> api.send(method, path);
            case 206 -> api.send(method, path, "Range", "bytes=1-2");
            case 302 -> new ApiClient(redirecting).send(method, path);
            case 304 -> api.send(method, path, "If-None-Match", "*");
            case 400 -> api.send(method, path + "?type=a&type=b");
            case 403 -> api.send(method, path, "Origin", "https://elsewhere.example");
            case 404 -> api.send(method, path + "?type=poster");
            case 409 -> archived(method);
            case 410 -> api.send(method, gone);
            case 412 -> api.send(method, path, "If-Match", "\"other\"");
            case 416 -> api.send(method, path, "Range", "bytes=1000-");
            case 500 -> api.send(method, broken);
            case 503 -> withoutStore(method);
            default -> throw new IllegalStateException("Nobody knows how to provoke " + each.status());
        };
    }

    private static Answer archived(String method) {
        try (ScriptedSite site = ArchivedTest.s3("x-amz-storage-class: GLACIER");
                S3Client s3 = ArchivedTest.client(site);
                TestCaravan other = ArchivedIT.caravan(s3, "proxy")) {
            return new ApiClient(other).send(method, "/api/stream/" + new Footage(other).video(ArchivedIT.FILE));
        }
    }

    private Answer withoutStore(String method) {
        dynamo.shut();
        try {
            return Awaitility.await().until(() -> api.send(method, path), answer -> answer.status() == 503);
        } finally {
            dynamo.reopen();
        }
    }
}
