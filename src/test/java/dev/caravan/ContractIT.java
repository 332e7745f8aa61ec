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
import dev.caravan.local.SharedCloud;
import dev.caravan.records.Items;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Walks the contract: each operation with each status that it documents, and bodies as its schemas say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractIT {
    private static final String DOCUMENT = "https://caravan.test/openapi.json";

    private final Gate dynamo = new Gate(SharedCloud.get().properties().get("caravan.dynamodb.endpoint"));
    private TestCaravan caravan;
    private ApiClient api;
    private String job;
    private String video;
    private JsonNode document;
    private JsonSchemaFactory schemas;
    private UploadStatuses uploads;

    @TempDir
    static Path folder;

    private record Case(String path, String method, String operation, int status, String schema) {}

    @BeforeAll
    void start() {
        Map<String, String> changes = new HashMap<>(TestCaravan.WITH_API);
        changes.put("caravan.dynamodb.endpoint", dynamo.url());
        changes.put("caravan.upload.stall", "1s");
        changes.put("caravan.upload.least-disk", "1000000");
        caravan = TestCaravan.start(changes);
        uploads = new UploadStatuses(caravan, dynamo, folder);
        api = new ApiClient(caravan);
        job = caravan.submit("three-acts");
        video = caravan.awaitEnd(job).assetId();
        document = api.get("/openapi.json").body();
        schemas = JsonSchemaFactory.getInstance(
                SpecVersion.VersionFlag.V4, builder -> builder.metaSchema(OpenApi30.getInstance())
                        .defaultMetaSchemaIri(OpenApi30.getInstance().getIri())
                        .schemaLoaders(loaders -> loaders.schemas(Map.of(DOCUMENT, document.toString()))));
    }

    @AfterAll
    void stop() {
        caravan.close();
        dynamo.close();
    }

    @TestFactory
    Stream<DynamicTest> answers_as_the_contract_says() {
        return cases().stream()
                .map(each -> DynamicTest.dynamicTest(each.operation() + " " + each.status(), () -> check(each)));
    }

    /** Those where the store is down come last. */
    private List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
                for (Map.Entry<String, JsonNode> response :
                        operation.getValue().path("responses").properties()) {
                    cases.add(new Case(
                            path.getKey(),
                            operation.getKey(),
                            operation.getValue().path("operationId").asText(),
                            Integer.parseInt(response.getKey()),
                            schema(path.getKey(), operation.getKey(), response)));
                }
            }
        }
        assertThat(cases).hasSizeGreaterThan(40);
        cases.sort((one, other) -> Integer.compare(one.status(), other.status()));
        return cases;
    }

    /** Where in the document the schema of a response lies. */
    private static String schema(String path, String method, Map.Entry<String, JsonNode> response) {
        JsonNode content = response.getValue().path("content");
        String ref = response.getValue().path("$ref").asText(null);
        if (ref != null) {
            return ref + "/content/application~1problem+json/schema";
        }
        String type = content.fieldNames().next().replace("/", "~1");
        return "#/paths/%s/%s/responses/%s/content/%s/schema"
                .formatted(path.replace("/", "~1"), method, response.getKey(), type)
                .replace("{", "%7B")
                .replace("}", "%7D");
    }

    private void check(Case each) {
        String path = each.path().replace("{video_id}", video).replace("{job_id}", job);
        Answer answer = each.method().equals("post") ? uploads.provoke(path, each.status()) : provoke(each, path);
        assertThat(answer.status()).isEqualTo(each.status());
        assertThat(answer.contentType())
                .isEqualTo(each.schema().contains("problem") ? "application/problem+json" : "application/json");
        JsonSchema schema = schemas.getSchema(
                SchemaLocation.of(DOCUMENT + each.schema()),
                SchemaValidatorsConfig.builder().build());
        assertThat(schema.validate(answer.body())).isEmpty();
    }

    private Answer provoke(Case each, String path) {
        return switch (each.status()) {
            case 200 -> api.get(path);
            case 400 -> api.get(path + "?limit=0");
            case 403 -> api.get(path, "Origin", "https://elsewhere.example");
            case 404 -> api.get(path.replace(video, "unknown").replace(job, "unknown"));
            case 406 -> api.get(path, "Accept", "image/png");
            case 500 -> withBrokenRecords(() -> api.get(path));
            case 503 -> withoutStore(() -> api.get(path));
            default -> throw new IllegalStateException("Nobody knows how to provoke " + each.status());
        };
    }

    private interface Request {
        Answer send();
    }

    /** With text where a map belongs, in fields that no index looks at. */
    private Answer withBrokenRecords(Request request) {
        update("caravan.table.assets", Map.of("asset_id", video), "SET #error = :broken");
        update("caravan.table.jobs", Map.of("job_id", job, "item", "job"), "SET #error = :broken");
        try {
            return request.send();
        } finally {
            update("caravan.table.assets", Map.of("asset_id", video), "REMOVE #error");
            update("caravan.table.jobs", Map.of("job_id", job, "item", "job"), "REMOVE #error");
        }
    }

    private void update(String table, Map<String, String> key, String expression) {
        caravan.wiring().clients.dynamo().updateItem(request -> request.tableName(
                        caravan.caravan().setting(table))
                .key(Items.attributes(key))
                .updateExpression(expression)
                .expressionAttributeNames(Map.of("#error", "error"))
                .expressionAttributeValues(
                        expression.startsWith("SET") ? Items.attributes(Map.of(":broken", "text")) : null));
    }

    private Answer withoutStore(Request request) {
        dynamo.shut();
        try {
            return Awaitility.await().until(request::send, answer -> answer.status() == 503);
        } finally {
            dynamo.reopen();
        }
    }
}
