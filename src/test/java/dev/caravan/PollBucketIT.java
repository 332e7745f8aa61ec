package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.EncodingType;

/** A bucket that announces nothing, and a Caravan without a reconciler that would find what is in it. */
class PollBucketIT {
    /** Of the shared bucket, whose events go to another queue than this Caravan's. */
    private static final String FOLDER = "poll-" + UUID.randomUUID() + "/";

    @Test
    void what_lies_in_the_bucket_is_taken_once_and_stays_where_it_is() {
        Map<String, String> changes = new HashMap<>();
        changes.put("caravan.roles", "api");
        changes.put("caravan.ingest.prefixes", FOLDER + "uploads/");
        changes.put("caravan.ingest.poll", "true");
        changes.put("caravan.ingest.poll-interval", "200ms");
        changes.put("caravan.recovery.page", "1");
        changes.put(
                "camel.main.routes-include-pattern",
                TestCaravan.INGEST + ",classpath:routes/ingest/poll-bucket.camel.yaml,"
                        + "classpath:routes/pipelines/*.camel.yaml,classpath:routes/jobs/*.camel.yaml,"
                        + "classpath:routes/api/*.camel.yaml");
        try (TestCaravan caravan = TestCaravan.start(changes)) {
            ApiClient api = new ApiClient(caravan);
            put(caravan, "uploads/one.mp4");
            put(caravan, "uploads/notes.txt");
            put(caravan, "elsewhere/two.mp4");
            await(api, Set.of("one.mp4"));
            put(caravan, "uploads/three.mp4");
            put(caravan, "uploads/odd\u0003 +.mp4");
            await(api, Set.of("one.mp4", "three.mp4", "odd\u0003 +.mp4"));
            assertThat(api.get("/api/v1/jobs").body().path("items")).hasSize(3);
            assertThat(caravan.s3()
                            .listObjectsV2(request -> request.bucket(caravan.property("caravan.s3.bucket"))
                                    .prefix(FOLDER)
                                    .encodingType(EncodingType.URL))
                            .keyCount())
                    .isEqualTo(5);
        }
    }

    private static void put(TestCaravan caravan, String key) {
        caravan.s3()
                .putObject(
                        request -> request.bucket(caravan.property("caravan.s3.bucket"))
                                .key(FOLDER + key),
                        RequestBody.fromString(key));
    }

    private static void await(ApiClient api, Set<String> names) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> api.get("/api/v1/media").body().path("items").findValuesAsText("name"),
                        found -> Set.copyOf(found).equals(names));
    }
}
