package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ApiClient.Answer;
import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Videos that are repaired and deleted by hand, over HTTP. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VideoChangesIT {
    @TempDir
    static Path folder;

    private TestCaravan caravan;
    private ApiClient api;
    private Path clip;
    private Asset ready;

    @BeforeAll
    void start() {
        clip = TestMedia.clip(folder, "clip.mp4", 1);
        caravan = TestCaravan.prepareOnSharedBucket();
        caravan.start();
        api = new ApiClient(caravan);
        ready = finished("patched.mp4");
    }

    @AfterAll
    void stop() {
        caravan.close();
    }

    @Test
    void fields_that_are_named_change_and_no_others() {
        Answer before = api.get(path(ready));
        Answer answer = api.json("PATCH", path(ready), "{\"description\":\"a day out\",\"duration\":12.5}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("description").asText()).isEqualTo("a day out");
        assertThat(answer.body().path("duration").asDouble()).isEqualTo(12.5);
        assertThat(answer.body().path("resolution")).isEqualTo(before.body().path("resolution"));
        assertThat(answer.body().path("status").asText()).isEqualTo("saved");
        assertThat(etag(answer)).isNotEqualTo(etag(before)).isEqualTo(etag(api.get(path(ready))));
        api.json("PATCH", path(ready), "{\"description\":null}");
        assertThat(api.get(path(ready)).body().path("description").isNull()).isTrue();
    }

    @Test
    void a_change_that_is_based_on_an_old_state_is_refused() {
        String old = etag(api.get(path(ready)));
        Answer first = api.json("PATCH", path(ready), "{\"description\":\"mine\"}", "If-Match", old);
        assertThat(first.status()).isEqualTo(200);
        Answer second = api.json("PATCH", path(ready), "{\"description\":\"yours\"}", "If-Match", old);
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("STALE_REVISION");
        assertThat(second.body().path("advice").asText()).contains("ETag");
        assertThat(api.json("PATCH", path(ready), "{\"description\":\"any\"}", "If-Match", "*")
                        .status())
                .isEqualTo(200);
        assertThat(api.get(path(ready)).body().path("description").asText()).isEqualTo("any");
    }

    @Test
    void the_status_is_repaired_only_where_that_makes_sense_and_is_counted() {
        Asset video = finished("status.mp4");
        Map<String, Long> before = caravan.wiring().counts.totals();
        assertThat(status(video, "processing").code()).isEqualTo("IMPOSSIBLE_TRANSITION");
        Answer failed = status(video, "failed");
        assertThat(failed.body().path("status").asText()).isEqualTo("failed");
        assertThat(failed.body().path("error").path("code").asText()).isEqualTo("MARKED_FAILED");
        Map<String, Long> between = caravan.wiring().counts.totals();
        assertThat(between.get("video_failed")).isEqualTo(before.getOrDefault("video_failed", 0L) + 1);
        assertThat(between.get("video_ready")).isEqualTo(before.get("video_ready") - 1);
        Answer saved = status(video, "saved");
        assertThat(saved.body().path("status").asText()).isEqualTo("saved");
        assertThat(saved.body().path("error").isNull()).isTrue();
        assertThat(caravan.wiring().counts.totals().get("video_ready")).isEqualTo(before.get("video_ready"));
        assertThat(status(video, "uploaded").status()).isEqualTo(200);
    }

    @Test
    void what_a_job_is_about_to_decide_is_not_decided_by_hand() {
        caravan.wiring().worker.holdBack(Duration.ofSeconds(3));
        String id = put("busy.mp4");
        Awaitility.await().until(() -> caravan.wiring().assets.find(id).isPresent());
        Answer answer = api.json("PATCH", "/api/videos/" + id, "{\"status\":\"saved\"}");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("VIDEO_BUSY");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"file_size\":1}|409|FILE_SIZE_DIFFERS",
                "{\"status\":\"done\"}|400|INVALID_BODY",
                "{\"resolution\":\"wide\"}|400|INVALID_BODY",
                "{\"duration\":-1}|400|INVALID_BODY",
                "{\"colour\":\"red\"}|400|INVALID_BODY",
                "{}|400|INVALID_BODY",
                "[]|400|INVALID_BODY",
                "{|400|INVALID_BODY"
            })
    void a_body_that_cannot_be_meant_changes_nothing(String body, int status, String code) {
        String before = etag(api.get(path(ready)));
        Answer answer = api.json("PATCH", path(ready), body);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(etag(api.get(path(ready)))).isEqualTo(before);
    }

    @Test
    void a_deleted_video_is_gone_with_all_that_was_made_of_it_and_stays_gone() {
        Asset video = finished("deleted.mp4");
        assertThat(keys("media/default/" + video.assetId() + "/")).isNotEmpty();
        long counted = caravan.wiring().counts.totals().get("video_ready");
        Answer answer = api.send("DELETE", path(video) + "/");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.response().body()).isEmpty();
        assertThat(api.get(path(video)).status()).isEqualTo(404);
        assertThat(api.send("DELETE", path(video)).status()).isEqualTo(404);
        assertThat(api.json("PATCH", path(video), "{\"description\":\"x\"}").status())
                .isEqualTo(404);
        assertThat(keys("media/default/" + video.assetId() + "/")).isEmpty();
        assertThat(keys(video.source().key())).isEmpty();
        assertThat(caravan.wiring().counts.totals().get("video_ready")).isEqualTo(counted - 1);
        Asset tombstone = caravan.asset(video.assetId());
        assertThat(tombstone.deleted()).isTrue();
        assertThat(tombstone.filename()).isNull();
        assertThat(ids(api.get("/api/videos?limit=200"))).doesNotContain(video.assetId());
    }

    @Test
    void a_video_that_is_worked_on_is_deleted_with_its_job() {
        caravan.wiring().worker.holdBack(Duration.ofSeconds(2));
        String id = put("in work.mp4");
        Awaitility.await().until(() -> !SharedUploads.jobs(caravan, id).isEmpty());
        assertThat(api.send("DELETE", "/api/videos/" + id).status()).isEqualTo(204);
        Job job = SharedUploads.jobs(caravan, id).get(0);
        assertThat(caravan.awaitEnd(job.jobId()).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(api.get("/api/v1/jobs/" + job.jobId() + "?wait=30")
                        .body()
                        .path("status")
                        .asText())
                .isEqualTo("CANCELLED");
    }

    @Test
    void a_deletion_that_was_cut_off_is_finished_by_the_next_call() {
        Asset video = finished("cut off.mp4");
        caravan.wiring()
                .records
                .update(caravan.wiring().assets.writeOf(video).set("deleted_at", "2026-01-01T00:00:00.000Z"));
        assertThat(api.get(path(video)).status()).isEqualTo(404);
        assertThat(api.send("DELETE", path(video)).status()).isEqualTo(204);
        assertThat(keys("media/default/" + video.assetId() + "/")).isEmpty();
        assertThat(api.send("DELETE", path(video)).status()).isEqualTo(404);
    }

    @Test
    void a_job_on_demand_leaves_the_status_alone() {
        Answer made = api.json(
                "POST",
                "/api/v1/jobs",
                "{\"asset_id\":\"%s\",\"pipeline\":\"three-acts\",\"priority\":\"high\",\"parameters\":{\"tempo\":2}}"
                        .formatted(ready.assetId()));
        assertThat(made.status()).isEqualTo(202);
        String location = made.response().headers().firstValue("Location").orElseThrow();
        Answer ended = api.get(location + "?wait=20");
        assertThat(ended.body().path("status").asText()).isEqualTo("COMPLETED");
        assertThat(ended.body().path("priority").asInt()).isEqualTo(5);
        assertThat(ended.body().path("parameters").path("tempo").asInt()).isEqualTo(2);
        assertThat(caravan.asset(ready.assetId()).status()).isEqualTo(AssetStatus.READY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"asset_id\":\"ID\",\"pipeline\":\"opera\"}|400|UNKNOWN_PIPELINE",
                "{\"asset_id\":\"ID\",\"pipeline\":\"three-acts\",\"parameters\":{\"tempo\":99}}|400|INVALID_PARAMETERS",
                "{\"asset_id\":\"ID\",\"pipeline\":\"three-acts\",\"parameters\":{\"volume\":1}}|400|INVALID_PARAMETERS",
                "{\"asset_id\":\"ID\",\"pipeline\":\"three-acts\",\"start_from\":\"encore\"}|400|UNKNOWN_STEP",
                "{\"asset_id\":\"ID\",\"pipeline\":\"one-act\",\"start_from\":\"only\",\"priority\":7}|400|INVALID_BODY",
                "{\"asset_id\":\"nobody\",\"pipeline\":\"three-acts\"}|404|UNKNOWN_ASSET",
                "{\"pipeline\":\"three-acts\"}|400|INVALID_BODY"
            })
    void a_job_that_cannot_be_made_is_refused_with_what_there_is(String body, int status, String code) {
        Answer answer = api.json("POST", "/api/v1/jobs", body.replace("ID", ready.assetId()));
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void a_job_on_demand_works_on_the_result_where_the_upload_is_not_kept() {
        Asset video = finished("not kept.mp4");
        caravan.clients().s3().deleteObject(request -> request.bucket(
                        video.source().bucket())
                .key(video.source().key()));
        Answer made = api.json(
                "POST",
                "/api/v1/jobs",
                "{\"asset_id\":\"%s\",\"pipeline\":\"standardize-video\"}".formatted(video.assetId()));
        Job job = caravan.awaitEnd(made.body().path("job_id").asText());
        assertThat(job.source()).isEqualTo(video.file());
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void a_job_that_is_asked_for_twice_under_one_key_is_made_once() {
        String body = "{\"asset_id\":\"%s\",\"pipeline\":\"three-acts\"}".formatted(ready.assetId());
        Answer once = api.json("POST", "/api/v1/jobs", body, "Idempotency-Key", "job-1");
        Answer twice = api.json("POST", "/api/v1/jobs", body, "Idempotency-Key", "job-1");
        assertThat(twice.body().path("job_id")).isEqualTo(once.body().path("job_id"));
        Answer other =
                api.json("POST", "/api/v1/jobs", body.replace("three-acts", "one-act"), "Idempotency-Key", "job-1");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void a_wait_that_is_no_number_of_seconds_is_refused() {
        String job = SharedUploads.jobs(caravan, ready.assetId()).get(0).jobId();
        assertThat(api.get("/api/v1/jobs/" + job + "?wait=soon").code()).isEqualTo("INVALID_WAIT");
        assertThat(api.get("/api/v1/jobs/" + job + "?wait=601").status()).isEqualTo(400);
        assertThat(api.get("/api/v1/jobs/nobody?wait=60").status()).isEqualTo(404);
    }

    private Answer status(Asset video, String word) {
        return api.json("PATCH", path(video), "{\"status\":\"%s\"}".formatted(word));
    }

    private Asset finished(String name) {
        String id = put(name);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> caravan.wiring()
                .assets
                .find(id)
                .filter(asset -> asset.status() == AssetStatus.READY)
                .isPresent());
        return caravan.asset(id);
    }

    private String put(String name) {
        String key = caravan.key(name);
        caravan.clients()
                .s3()
                .putObject(
                        request -> request.bucket(caravan.property("caravan.s3.bucket"))
                                .key(key),
                        RequestBody.fromFile(clip));
        return SharedUploads.id(caravan.clients().s3(), caravan.property("caravan.s3.bucket"), key);
    }

    private Stream<String> keys(String prefix) {
        return caravan
                .clients()
                .s3()
                .listObjectsV2(request ->
                        request.bucket(caravan.property("caravan.s3.bucket")).prefix(prefix))
                .contents()
                .stream()
                .map(S3Object::key);
    }

    private static Stream<String> ids(Answer page) {
        return page.body().path("items").findValuesAsText("id").stream();
    }

    private static String path(Asset video) {
        return "/api/videos/" + video.assetId();
    }

    private static String etag(Answer answer) {
        return answer.response().headers().firstValue("ETag").orElseThrow();
    }
}
