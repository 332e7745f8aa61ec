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
import dev.caravan.bench.CallCounter;
import dev.caravan.local.SharedCloud;
import dev.caravan.records.Items;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Walks the contract: each operation with each status that it documents, and bodies as its schemas say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractIT {
    private static final String WORKER = "contract-worker";
    private static final String DOCUMENT = "https://caravan.test/openapi.json";

    private static final Map<String, String> COUNTS = Map.of("job_id", "counts#assets#00", "item", "counts");
    private static final Map<String, String> SWITCHES = Map.of("job_id", "control#queues", "item", "control");

    private final Gate dynamo = new Gate(SharedCloud.get().properties().get("caravan.dynamodb.endpoint"));
    private final CallCounter calls = new CallCounter();
    private TestCaravan caravan;
    private ApiClient api;
    private String job;
    private String video;
    private JsonNode document;
    private JsonSchemaFactory schemas;
    private UploadStatuses uploads;
    private ContractSteering steering;
    private ContractAnnounced announced;
    private final ReplicateSite replicate = new ReplicateSite();
    private ContractPredictions predictions;

    /** Operations that take files. */
    private static final Set<String> UPLOADS = Set.of("processVideo", "uploadVideo");

    /** Operations that may be held to a state of the record. */
    private static final Set<String> PATCHES = Set.of("patchVideo", "patchMedia");

    @TempDir
    static Path folder;

    /** @param schema where it lies in the document; empty for an answer without a body */
    private record Case(String method, String path, String operation, int status, String schema) {
        String type() {
            return schema.replaceAll(".*/content/(.*)/schema", "$1").replace("~1", "/");
        }
    }

    @BeforeAll
    void start() {
        Map<String, String> changes = new HashMap<>(TestCaravan.WITH_API);
        changes.put("caravan.dynamodb.endpoint", dynamo.url());
        changes.put("caravan.upload.stall", "1s");
        changes.put("caravan.worker.name", WORKER);
        changes.put("caravan.upload.least-disk", "1000000");
        changes.put("caravan.http.url", "https://caravan.example");
        changes.put("caravan.replicate.url", replicate.api());
        changes.put("caravan.replicate.token", ReplicateSite.TOKEN);
        changes.put("caravan.replicate.webhook-secrets", ContractPredictions.SECRET);
        caravan = TestCaravan.prepare(changes)
                .through(real -> new CloudClients(
                        real.s3(), calls.around(DynamoDbClient.class, "dynamodb", real.dynamo()), real.sqs()));
        caravan.start();
        uploads = new UploadStatuses(caravan, dynamo, folder);
        api = new ApiClient(caravan);
        job = caravan.submit("three-acts");
        video = caravan.awaitEnd(job).assetId();
        steering = new ContractSteering(caravan, api, job);
        announced = new ContractAnnounced(caravan, api, video);
        predictions = new ContractPredictions(api, replicate);
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
        replicate.close();
    }

    @TestFactory
    Stream<DynamicTest> answers_as_the_contract_says() {
        return Stream.concat(
                cases().stream()
                        .map(each ->
                                DynamicTest.dynamicTest(each.operation() + " " + each.status(), () -> check(each))),
                Stream.of(DynamicTest.dynamicTest("none of them scans a table", this::nothingWasScanned)));
    }

    private void nothingWasScanned() {
        assertThat(calls.counts()).containsKeys("dynamodb.query", "dynamodb.getItem");
        assertThat(calls.counts().keySet()).noneMatch(call -> call.contains("scan") || call.contains("execute"));
    }

    /** Those where the store is down come last. */
    private List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                for (Map.Entry<String, JsonNode> response :
                        method.getValue().path("responses").properties()) {
                    cases.add(new Case(
                            method.getKey(),
                            path.getKey(),
                            method.getValue().path("operationId").asText(),
                            Integer.parseInt(response.getKey()),
                            schema(path.getKey(), method.getKey(), response)));
                }
            }
        }
        assertThat(cases).hasSizeGreaterThan(60);
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
        if (content.isMissingNode()) {
            return "";
        }
        String type = content.fieldNames().next().replace("/", "~1");
        return "#/paths/%s/%s/responses/%s/content/%s/schema"
                .formatted(path.replace("/", "~1"), method, response.getKey(), type)
                .replace("{", "%7B")
                .replace("}", "%7D");
    }

    private void check(Case each) {
        Answer answer =
                UPLOADS.contains(each.operation()) ? uploads.provoke(each.path(), each.status()) : provoke(each);
        assertThat(answer.status()).isEqualTo(each.status());
        if (each.schema().isEmpty()) {
            assertThat(answer.response().body()).isEmpty();
            return;
        }
        assertThat(answer.contentType().split(";")[0]).isEqualTo(each.type());
        if (!each.type().endsWith("json")) {
            assertThat(answer.response().body()).isNotEmpty();
            return;
        }
        JsonSchema schema = schemas.getSchema(
                SchemaLocation.of(DOCUMENT + each.schema()),
                SchemaValidatorsConfig.builder().build());
        assertThat(schema.validate(answer.body())).isEmpty();
    }

    private Answer provoke(Case each) {
        Optional<ContractSample> exact = steering.exact(each.operation(), each.status(), plain(each))
                .or(() -> announced.exact(each.operation(), each.status(), plain(each)))
                .or(() -> predictions.exact(each.operation(), each.status(), plain(each)));
        if (exact.isPresent()) {
            return send(exact.get());
        }
        ContractSample good = sample(each);
        return switch (each.status()) {
            case 200, 201, 202 -> send(good);
            case 204 -> send(good.at(each.path().replaceAll("\\{(video|asset)_id}", another())));
            case 400 -> send(good.wrong());
            case 403 -> send(good.with("Origin", "https://elsewhere.example"));
            case 404 ->
                send(
                        each.operation().equals("getPlan")
                                ? good.about("three-acts", "unknown")
                                : good.about(video, "unknown")
                                        .about(job, "unknown")
                                        .about(WORKER, "unknown")
                                        .about(steering.redrive, "unknown"));
            case 406 -> send(good.with("Accept", "image/png"));
            case 409 -> send(PATCHES.contains(each.operation()) ? good.with("If-Match", "\"0\"") : tooFar(good));
            case 413 -> send(good.saying("\"" + "x".repeat(2 << 20) + "\""));
            case 415 -> send(good.as("text/plain"));
            case 422 -> send(reused(good.with("Idempotency-Key", "contract")));
            case 429 -> withFullQueue(good);
            case 500 -> withBrokenRecords(() -> send(good));
            case 503 -> withoutStore(() -> send(good));
            default -> throw new IllegalStateException("Nobody knows how to provoke " + each.status());
        };
    }

    /** A request that is answered as it should be. */
    private ContractSample sample(Case each) {
        ContractSample plain = plain(each);
        return switch (each.operation()) {
            case "patchVideo" -> plain.saying("{\"description\":\"seen\"}");
            case "patchMedia" -> plain.saying("{\"tags\":[\"seen\"]}");
            case "recover" -> plain.saying("{\"max_age_minutes\":10}");
            case "createJob" -> plain.saying("{\"asset_id\":\"%s\",\"pipeline\":\"three-acts\"}".formatted(video));
            case "pauseQueues", "resumeQueues" -> plain.saying("{\"pipeline\":\"one-act\",\"priority\":\"low\"}");
            case "drainWorker", "drainWorkers", "purgeQueues" -> plain.saying("{}");
            case "initiateMedia", "initiateAlertMedia", "completeMedia", "completeAlertMedia" ->
                ContractAnnounced.sample(each.operation(), plain);
            case "startPrediction", "startPredictionOf" -> plain.saying(ContractPredictions.ORDER);
            case "receiveReplicateWebhook" -> predictions.webhook(plain.at(plain.path() + "?asset=" + video));
            default -> ContractSteering.sample(each.operation(), plain);
        };
    }

    private ContractSample plain(Case each) {
        String path = each.path()
                .replace("{video_id}", video)
                .replace("{asset_id}", video)
                .replace("{mediaId}", video)
                .replace("{alertId}", ContractAnnounced.ALERT)
                .replace("{job_id}", job)
                .replace("{redrive_id}", steering.redrive)
                .replace("{worker}", WORKER)
                .replace("{pipeline}", "three-acts")
                .replace("{model}", "wan-video-t2v")
                .replace("{model_owner}", "black-forest-labs")
                .replace("{model_name}", "flux-schnell");
        return ContractSample.of(each.method(), path);
    }

    private Answer send(ContractSample sample) {
        return sample.sendBy(api);
    }

    private String another() {
        return caravan.awaitEnd(caravan.submit("one-act")).assetId();
    }

    /** Nothing has got as far on this asset. */
    private ContractSample tooFar(ContractSample good) {
        return good.saying(
                "{\"asset_id\":\"%s\",\"pipeline\":\"three-acts\",\"start_from\":\"third\"}".formatted(another()));
    }

    private ContractSample reused(ContractSample good) {
        send(good);
        return good.about("three-acts", "one-act");
    }

    private static Answer withFullQueue(ContractSample good) {
        Map<String, String> changes = new HashMap<>(TestCaravan.WITH_API);
        changes.put("caravan.roles", "api");
        changes.put("caravan.queue.max-ready", "0");
        try (TestCaravan other = TestCaravan.start(changes)) {
            return good.sendBy(new ApiClient(other));
        }
    }

    private interface Request {
        Answer send();
    }

    /** With text where a map belongs, in fields that no index looks at, and a count of what cannot be. */
    private Answer withBrokenRecords(Request request) {
        Map<String, String> waiting = Map.of("job_id", "broken", "item", "job");
        spoil("caravan.table.assets", Map.of("asset_id", video), "error", "text");
        spoil("caravan.table.jobs", Map.of("job_id", job, "item", "job"), "error", "text");
        spoil("caravan.table.jobs", COUNTS, "job#three-acts#nobody#open", 1);
        spoil("caravan.table.jobs", SWITCHES, "paused", "text");
        spoil("caravan.table.jobs", waiting, "error", "text");
        spoil("caravan.table.jobs", waiting, "created_at", "2026-01-14T10:30:00.000Z");
        spoil("caravan.table.jobs", waiting, "status", "RETRYING");
        try {
            return request.send();
        } finally {
            spoil("caravan.table.assets", Map.of("asset_id", video), "error", null);
            spoil("caravan.table.jobs", Map.of("job_id", job, "item", "job"), "error", null);
            spoil("caravan.table.jobs", COUNTS, "job#three-acts#nobody#open", null);
            spoil("caravan.table.jobs", SWITCHES, "paused", null);
            spoil("caravan.table.jobs", waiting, "status", null);
        }
    }

    /** @param value null to take it away again */
    private void spoil(String table, Map<String, String> key, String attribute, Object value) {
        caravan.wiring().clients.dynamo().updateItem(request -> request.tableName(
                        caravan.caravan().setting(table))
                .key(Items.attributes(key))
                .updateExpression(value == null ? "REMOVE #spoiled" : "SET #spoiled = :value")
                .expressionAttributeNames(Map.of("#spoiled", attribute))
                .expressionAttributeValues(value == null ? null : Items.attributes(Map.of(":value", value))));
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
