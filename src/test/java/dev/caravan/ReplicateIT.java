package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.ApiClient.Answer;
import dev.caravan.ReplicateSite.Hook;
import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Predictions from the order to the file, against a site that plays Replicate. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplicateIT {
    private static final String OLD = "whsec_b2xkIHNlY3JldCBvZiByZXBsaWNhdGU=";
    private static final String NEW = "whsec_bmV3IHNlY3JldCBvZiByZXBsaWNhdGU=";
    private static final String ORDERS = "/api/v1/replicate/";
    private static final String SUNSET =
            "{\"prompt\":\"beautiful sunset\",\"size\":\"720p\",\"duration\":\"5s\",\"type\":\"image\"}";

    @TempDir
    static Path folder;

    private final ReplicateSite site = new ReplicateSite();
    private TestCaravan caravan;
    private ApiClient api;
    private byte[] picture;
    private int predictions;

    @BeforeAll
    void start() throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("caravan.replicate.url", site.api());
        settings.put("caravan.replicate.token", ReplicateSite.TOKEN);
        settings.put("caravan.replicate.webhook-secrets", OLD + "," + NEW);
        settings.put("caravan.replicate.timeout", "1s");
        settings.put("caravan.http.url", "https://caravan.example");
        settings.put("caravan.import.allow", "127.0.0.1");
        settings.put("caravan.retry.delay", "20");
        caravan = TestCaravan.start(settings);
        api = new ApiClient(caravan);
        Path still = folder.resolve("still.jpg");
        TestMedia.run(List.of(
                "ffmpeg",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "testsrc=size=64x48",
                "-frames:v",
                "1",
                still.toString()));
        picture = Files.readAllBytes(still);
    }

    @AfterAll
    void stop() {
        caravan.close();
        site.close();
    }

    @BeforeEach
    void usual() {
        site.replies(201, null);
    }

    @Test
    void an_order_comes_home_as_a_file() {
        int before = site.calls().size();
        Answer order = api.json("POST", ORDERS + "wan-video-t2v", SUNSET);
        assertThat(order.status()).as(order.response().body()).isEqualTo(202);
        String id = order.body().path("job_id").asText();
        assertThat(order.body().path("status").asText()).isEqualTo("starting");
        assertThat(order.response().headers().firstValue("Location")).hasValue("/api/v1/media/" + id);
        ReplicateSite.Call call = site.calls().get(before);
        assertThat(call.path()).isEqualTo("/v1/models/wan-video/wan-2.5-t2v/predictions");
        assertThat(call.authorization()).isEqualTo("Bearer " + ReplicateSite.TOKEN);
        assertThat(call.body().path("input").toString())
                .isEqualTo("{\"duration\":5,\"prompt\":\"beautiful sunset\",\"size\":\"1280*720\"}");
        assertThat(call.body().path("webhook_events_filter").toString()).isEqualTo("[\"completed\"]");
        String query = "?asset=" + id;
        assertThat(call.body().path("webhook").asText())
                .isEqualTo("https://caravan.example/api/v1/webhooks/replicate" + query);
        JsonNode waiting = media(id);
        assertThat(waiting.path("status").asText()).isEqualTo("uploading");
        assertThat(waiting.path("name").asText()).isEqualTo("beautiful sunset");

        String file = site.file("sunset.jpg", picture);
        String prediction = order.body().path("prediction_id").asText();
        Answer told =
                Hook.of(prediction, "succeeded", file, query).signedWith(OLD).sendTo(api);
        assertThat(told.status()).as(told.response().body()).isEqualTo(200);
        assertThat(told.body().path("status").asText()).isEqualTo("accepted");
        assertThat(told.body().at("/assets/0/asset_id").asText()).isEqualTo(id);
        assertThat(ended(told, 0).status()).isEqualTo(JobStatus.COMPLETED);
        JsonNode home = media(id);
        assertThat(home.path("status").asText()).isEqualTo("ready");
        assertThat(home.path("size").asInt()).isEqualTo(picture.length);
        assertThat(home.path("tags").toString()).isEqualTo("[\"ai-generated\"]");
        assertThat(home.path("metadata").path("model").asText()).isEqualTo("wan-video/wan-2.5-t2v");
        assertThat(home.path("metadata").path("prompt").asText()).isEqualTo("a red kite");
        assertThat(home.path("metadata").path("prediction_id").asText()).isEqualTo(prediction);
        assertThat(api.get("/api/v1/media?tag=ai-generated")
                        .body()
                        .path("items")
                        .findValuesAsText("asset_id"))
                .contains(id);
    }

    @Test
    void a_webhook_is_answered_before_its_file_is_here_and_a_replay_as_it_was() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger requests = new AtomicInteger();
        String file = site.file("slow.jpg", exchange -> {
            requests.incrementAndGet();
            asked.countDown();
            await(go);
            ReplicateSite.send(exchange, 200, picture);
        });
        Hook hook = Hook.of(next(), "succeeded", file, "").signedWith(NEW);
        Answer first = hook.sendTo(api);
        assertThat(asked.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        Answer again = hook.sendTo(api);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        go.countDown();
        Job job = ended(first, 0);
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(hook.sendTo(api).body()).isEqualTo(first.body());
        assertThat(requests).hasValue(1);
        assertThat(caravan.jobs().ofAsset(job.assetId())).hasSize(1);
        Answer other = new Hook("msg_other", hook.at(), hook.body(), hook.secrets(), "").sendTo(api);
        assertThat(other.body().path("status").asText()).isEqualTo("known");
        assertThat(caravan.jobs().ofAsset(job.assetId())).hasSize(1);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void what_replicate_did_not_sign_just_now_is_refused() {
        Hook good =
                Hook.of(next(), "succeeded", site.file("none.jpg", picture), "").signedWith(OLD);
        String tampered = good.body().replace("none.jpg", "evil.jpg");
        refused(good.sendTo(api, tampered));
        refused(good.sentAt(Instant.now().minus(Duration.ofMinutes(6))).sendTo(api));
        refused(good.sentAt(Instant.now().plus(Duration.ofMinutes(6))).sendTo(api));
        refused(good.signedWith("whsec_c29tZWJvZHkgZWxzZQ==").sendTo(api));
        refused(good.signedWith().sendTo(api));
        refused(api.json("POST", "/api/v1/webhooks/replicate", good.body()));
        Answer rotating = good.signedWith("whsec_c29tZWJvZHkgZWxzZQ==", NEW).sendTo(api);
        assertThat(rotating.body().path("status").asText()).isEqualTo("accepted");
        ended(rotating, 0);
    }

    private static void refused(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("INVALID_SIGNATURE");
    }

    @Test
    void several_files_are_several_assets() {
        List<String> files =
                List.of(site.file("one.jpg", picture), site.file("two.jpg", picture), "ftp://no/three.jpg");
        String order = api.json(
                        "POST", ORDERS + "black-forest-labs/flux-schnell", "{\"prompt\":\"two\",\"owner\":\"ann\"}")
                .body()
                .path("job_id")
                .asText();
        Answer told = Hook.of("p" + site.calls().size(), "succeeded", files, "?asset=" + order)
                .signedWith(OLD)
                .sendTo(api);
        assertThat(told.body().path("assets")).as(told.response().body()).hasSize(2);
        Asset first = caravan.asset(ended(told, 0).assetId());
        Asset second = caravan.asset(ended(told, 1).assetId());
        assertThat(first.assetId()).isEqualTo(order);
        assertThat(first.type().word()).isEqualTo("image");
        assertThat(List.of(first.status(), second.status())).containsOnly(AssetStatus.READY);
        assertThat(second.owner()).isEqualTo("ann");
        assertThat(second.metadata()).containsEntry("model", "wan-video/wan-2.5-t2v");
        assertThat(second.filename()).startsWith("two 2");
    }

    @Test
    void the_asset_that_waits_gets_the_first_file_and_no_text_is_one() {
        String order = started("{\"prompt\":\"a caption\"}");
        String small = "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(picture);
        String file = site.file("captioned.jpg", picture);
        Map<String, Object> output = new LinkedHashMap<>();
        output.put("caption", "https is a protocol");
        output.put("logs", file + " was written");
        output.put("image", " " + file + "#first\n");
        output.put("again", file);
        output.put("small", small);
        Answer told = Hook.of("p" + site.calls().size(), "succeeded", output, "?asset=" + order)
                .signedWith(OLD)
                .sendTo(api);
        assertThat(told.body().path("assets")).as(told.response().body()).hasSize(2);
        Asset first = caravan.asset(ended(told, 0).assetId());
        Asset second = caravan.asset(ended(told, 1).assetId());
        assertThat(first.assetId()).isEqualTo(order);
        assertThat(List.of(first.status(), second.status())).containsOnly(AssetStatus.READY);
        assertThat(second.imported().sha256()).isEqualTo(first.imported().sha256());
        assertThat(second.imported().shown()).isEqualTo("data:image/jpeg,...");
    }

    @Test
    void more_files_than_one_transaction_takes_are_all_taken() {
        List<String> files = IntStream.range(0, 67)
                .mapToObj(number -> "http://who:ever@127.0.0.1/%d.jpg".formatted(number))
                .toList();
        Hook hook = Hook.of(next(), "succeeded", files, "").signedWith(OLD);
        Answer told = hook.sendTo(api);
        assertThat(told.body().path("assets")).as(told.response().body()).hasSize(67);
        assertThat(told.body().path("assets").findValuesAsText("asset_id"))
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(caravan.asset(id).error().code()).isEqualTo("URL_REFUSED"));
        assertThat(hook.sendTo(api).body()).as("a replay").isEqualTo(told.body());
        Answer other = new Hook("msg_more", hook.at(), hook.body(), hook.secrets(), "").sendTo(api);
        assertThat(other.body().path("status").asText()).isEqualTo("known");
    }

    @Test
    void what_failed_is_recorded_with_its_reason() {
        String order = started("{\"prompt\":\"too much\"}");
        Answer told = Hook.of("p" + site.calls().size(), "failed", null, "?asset=" + order)
                .signedWith(OLD)
                .sendTo(api);
        assertThat(told.body().path("status").asText()).isEqualTo("recorded");
        assertThat(media(order).path("status").asText()).isEqualTo("failed");
        assertThat(media(order).path("metadata").path("error").asText())
                .isEqualTo("PREDICTION_FAILED: The prediction failed: CUDA out of memory");

        Answer elsewhere = Hook.of(next(), "canceled", null, "").signedWith(OLD).sendTo(api);
        String id = elsewhere.body().at("/assets/0/asset_id").asText();
        assertThat(caravan.asset(id).error().code()).isEqualTo("PREDICTION_CANCELED");
        Answer words = Hook.of(next(), "succeeded", List.of("Once", " upon"), "")
                .signedWith(OLD)
                .sendTo(api);
        assertThat(caravan.asset(words.body().at("/assets/0/asset_id").asText())
                        .error()
                        .code())
                .isEqualTo("PREDICTION_WITHOUT_FILE");
        Answer early = Hook.of(next(), "processing", null, "").signedWith(OLD).sendTo(api);
        assertThat(early.body().path("status").asText()).isEqualTo("ignored");
    }

    @Test
    void a_file_that_does_not_come_is_tried_longer_than_others_and_one_that_is_gone_is_not() {
        AtomicInteger requests = new AtomicInteger();
        String late = site.file(
                "late.jpg",
                exchange -> ReplicateSite.send(
                        exchange,
                        requests.incrementAndGet() < 6 ? 503 : 200,
                        requests.get() < 6 ? new byte[0] : picture));
        Job job = ended(Hook.of(next(), "succeeded", late, "").signedWith(OLD).sendTo(api), 0);
        assertThat(job.status()).as(String.valueOf(job.error())).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.step("fetch").orElseThrow().attempts()).isEqualTo(6);
        String gone = site.file("gone.jpg", exchange -> ReplicateSite.send(exchange, 404, new byte[0]));
        Job lost = ended(Hook.of(next(), "succeeded", gone, "").signedWith(OLD).sendTo(api), 0);
        assertThat(lost.error().code()).isEqualTo("URL_GONE");
        assertThat(media(lost.assetId()).path("status").asText()).isEqualTo("failed");
    }

    @Test
    void an_order_is_paid_for_once() {
        int before = site.calls().size();
        Answer first = ordered("once", SUNSET);
        Answer again = ordered("once", SUNSET);
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(site.calls()).hasSize(before + 1);
        assertThat(ordered("once", "{\"prompt\":\"other\"}").code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    }

    @Test
    void an_order_whose_answer_got_lost_is_brought_home_by_its_webhook() {
        site.replies(502, "");
        int before = site.calls().size();
        Answer unknown = ordered("lost", SUNSET);
        assertThat(unknown.status()).isEqualTo(202);
        assertThat(unknown.body().path("status").asText()).isEqualTo("starting");
        assertThat(ordered("lost", SUNSET).body()).isEqualTo(unknown.body());
        assertThat(site.calls()).hasSize(before + 1);
        String id = unknown.body().path("job_id").asText();
        Answer told = Hook.of(next(), "succeeded", site.file("lost.jpg", picture), "?asset=" + id)
                .signedWith(OLD)
                .sendTo(api);
        ended(told, 0);
        assertThat(media(id).path("status").asText()).isEqualTo("ready");
        Answer wrong = Hook.of(next(), "succeeded", site.file("lost.jpg", picture), "?asset=" + id)
                .signedWith(OLD)
                .sendTo(api);
        assertThat(ended(wrong, 0).assetId()).isNotEqualTo(id);
    }

    @Test
    void what_replicate_refuses_is_answered_with_its_reason() {
        site.replies(422, "{\"title\":\"Input validation failed\",\"detail\":\"duration must be 5 or 10\"}");
        Answer refused = ordered("refused", SUNSET);
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("PREDICTION_REFUSED");
        assertThat(refused.body().path("detail").asText())
                .isEqualTo("Replicate answered 422: duration must be 5 or 10")
                .doesNotContain(ReplicateSite.TOKEN);
        site.replies(201, null);
        assertThat(ordered("refused", SUNSET).code()).isEqualTo("PREDICTION_REFUSED");
    }

    @Test
    void what_replicate_did_not_take_can_be_sent_again() {
        site.replies(429, "{\"detail\":\"slow down\"}");
        Answer busy = ordered("busy", SUNSET);
        assertThat(busy.status()).isEqualTo(503);
        assertThat(busy.code()).isEqualTo("PROVIDER_UNAVAILABLE");
        assertThat(busy.response().headers().firstValue("Retry-After")).isPresent();
        site.replies(201, null);
        Answer again = ordered("busy", SUNSET);
        assertThat(again.status()).isEqualTo(202);
        String id = again.body().path("job_id").asText();
        assertThat(media(id).path("status").asText()).isEqualTo("uploading");
        assertThat(api.send("DELETE", "/api/v1/media/" + id).status()).isEqualTo(204);
        assertThat(ordered("busy", SUNSET).code()).isEqualTo("ASSET_DELETED");
        Answer late = Hook.of(next(), "succeeded", site.file("late2.jpg", picture), "?asset=" + id)
                .signedWith(OLD)
                .sendTo(api);
        assertThat(late.body().path("status").asText()).isEqualTo("ignored");
    }

    @Test
    void a_model_that_nobody_knows_is_named() {
        assertThat(api.json("POST", ORDERS + "nothing", SUNSET).code()).isEqualTo("UNKNOWN_MODEL");
        assertThat(api.json("POST", ORDERS + "wan-video-t2v", "{\"owner\":\"ann\"}")
                        .code())
                .isEqualTo("INVALID_BODY");
    }

    private Answer ordered(String key, String body) {
        return api.json("POST", ORDERS + "wan-video-t2v", body, "Idempotency-Key", key);
    }

    private String started(String body) {
        return api.json("POST", ORDERS + "wan-video-t2v", body)
                .body()
                .path("job_id")
                .asText();
    }

    /** The id of a prediction that was started elsewhere. */
    private String next() {
        return "elsewhere" + predictions++;
    }

    private JsonNode media(String id) {
        return api.get("/api/v1/media/" + id).body();
    }

    private Job ended(Answer told, int output) {
        assertThat(told.status()).as(told.response().body()).isEqualTo(200);
        return caravan.awaitEnd(
                told.body().at("/assets/%d/import_job_id".formatted(output)).asText());
    }
}
