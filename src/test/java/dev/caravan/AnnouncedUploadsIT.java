package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.ApiClient.Answer;
import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import java.io.ByteArrayOutputStream;
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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Files that are announced, put into S3 by whoever has them, and completed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnnouncedUploadsIT {
    private static final int MIB = 1 << 20;

    @TempDir
    static Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private TestCaravan caravan;
    private ApiClient api;
    private byte[] clip;

    @BeforeAll
    void start() throws IOException {
        clip = Files.readAllBytes(TestMedia.clip(folder, "clip.mp4", 0.5));
        // The bucket whose events arrive: what is announced must not be started by them as well.
        caravan = TestCaravan.prepareOnSharedBucket()
                .change("caravan.upload.parts-above", String.valueOf(6 * MIB))
                .change("caravan.upload.part-size", String.valueOf(5 * MIB))
                .change("caravan.upload.least-disk", "1000000");
        caravan.start();
        api = new ApiClient(caravan);
    }

    @AfterAll
    void stop() {
        caravan.close();
    }

    private static String body(String type, String mime, long size, String more) {
        return "{\"type\":\"%s\",\"filename\":\"../my clip.mp4\",\"mimeType\":\"%s\",\"size\":%d%s}"
                .formatted(type, mime, size, more);
    }

    private JsonNode announce(String type, String mime, long size, String more) {
        Answer answer = api.json("POST", "/api/v1/media/initiate", body(type, mime, size, more));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer.body();
    }

    private JsonNode video(long size) {
        return announce("video", "video/mp4", size, "");
    }

    private Answer complete(JsonNode announced) {
        return complete(announced, "{}");
    }

    private Answer complete(JsonNode announced, String body) {
        return api.json("POST", announced.path("complete_path").asText(), body);
    }

    private HttpResponse<String> put(URI to, byte[] bytes, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(to).PUT(HttpRequest.BodyPublishers.ofByteArray(bytes));
        headers.forEach(request::header);
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As the answer said. */
    private HttpResponse<String> put(JsonNode request, byte[] bytes) {
        Map<String, String> headers = new HashMap<>();
        request.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        return put(URI.create(request.path("url").asText()), bytes, headers);
    }

    private HttpResponse<String> through(JsonNode announced, byte[] bytes, Map<String, String> headers) {
        return put(
                URI.create(caravan.caravan().apiUrl())
                        .resolve(announced.path("proxy_path").asText()),
                bytes,
                headers);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Asset asset(JsonNode announced) {
        return caravan.asset(announced.path("mediaId").asText());
    }

    private List<String> jobsOf(JsonNode announced) {
        return caravan.jobs().ofAsset(announced.path("mediaId").asText());
    }

    private byte[] large(int size) {
        return TestMedia.padded(clip, size);
    }

    private void becomesReady(JsonNode announced, Answer completed) {
        assertThat(completed.status()).as(completed.response().body()).isEqualTo(202);
        Job job = Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> caravan.job(completed.body().at("/jobs/0").asText()), it -> it.status()
                        .ended());
        assertThat(job.status()).as(String.valueOf(job.error())).isEqualTo(JobStatus.COMPLETED);
        assertThat(asset(announced).status()).isEqualTo(AssetStatus.READY);
    }

    @Test
    void a_file_that_was_put_into_s3_is_completed_once() {
        JsonNode announced = announce("VIDEO", "video/mp4", clip.length, ",\"sha256\":\"" + sha256(clip) + "\"");
        assertThat(asset(announced).status()).isEqualTo(AssetStatus.UPLOADING);
        assertThat(asset(announced).filename()).isEqualTo("my clip.mp4");
        assertThat(asset(announced).source().key())
                .isEqualTo("media/default/" + announced.path("mediaId").asText() + "/upload");
        assertThat(announced.has("multipart")).isFalse();
        assertThat(put(announced.path("upload"), clip).statusCode()).isEqualTo(200);
        Answer first = complete(announced);
        becomesReady(announced, first);
        Answer again = complete(announced, "{\"sha256\":\"" + "0".repeat(64) + "\"}");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.body().path("jobs"))
                .isEqualTo(first.body().path("jobs"))
                .hasSize(1);
        assertThat(jobsOf(announced)).hasSize(1);
        assertThat(through(announced, clip, Map.of()).body()).contains("UPLOAD_COMPLETED");
        assertThat(caravan.counts().totals()).doesNotContainEntry("video_uploading", -1L);
        JsonNode shown =
                api.get("/api/v1/media/" + announced.path("mediaId").asText()).body();
        assertThat(shown.path("sha256").asText()).isEqualTo(sha256(clip));
        assertThat(shown.path("status").asText()).isEqualTo("ready");
    }

    @Test
    void many_who_complete_at_once_start_one_set_of_jobs() {
        JsonNode announced = video(clip.length);
        put(announced.path("upload"), clip);
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            answers.add(CompletableFuture.supplyAsync(() -> complete(announced)));
        }
        assertThat(answers.stream()
                        .map(CompletableFuture::join)
                        .map(answer -> answer.status() + " " + answer.body().path("jobs")))
                .allMatch(answer -> answer.startsWith("202 [\""))
                .containsOnly(answers.get(0).join().status() + " "
                        + answers.get(0).join().body().path("jobs"));
        Awaitility.await().until(() -> jobsOf(announced).size() == 1);
    }

    @Test
    void s3_itself_takes_nothing_but_what_was_announced() {
        JsonNode announced = video(clip.length);
        JsonNode upload = announced.path("upload");
        assertThat(put(upload, Arrays.copyOf(clip, clip.length - 1)).statusCode())
                .isBetween(400, 499);
        assertThat(put(URI.create(upload.path("url").asText()), clip, Map.of("Content-Type", "text/html"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(complete(announced).code()).isEqualTo("UPLOAD_INCOMPLETE");
    }

    @Test
    void a_large_file_comes_in_parts_in_any_order() {
        byte[] file = large(11 * MIB + 17);
        JsonNode announced = announce("video", "video/mp4", file.length, ",\"sha256\":\"" + sha256(file) + "\"");
        JsonNode parts = announced.at("/multipart/parts");
        assertThat(parts).hasSize(3);
        assertThat(complete(announced).code()).isEqualTo("UPLOAD_INCOMPLETE");
        String[] etags = new String[3];
        for (int i : List.of(2, 0, 1)) {
            assertThat(complete(announced).status()).isEqualTo(409);
            byte[] part = Arrays.copyOfRange(file, i * 5 * MIB, Math.min(file.length, (i + 1) * 5 * MIB));
            assertThat(parts.at("/" + i + "/size").asInt()).isEqualTo(part.length);
            HttpResponse<String> answer = put(parts.get(i), part);
            assertThat(answer.statusCode()).isEqualTo(200);
            etags[i] = answer.headers().firstValue("ETag").orElseThrow().replace("\"", "");
        }
        String named = "{\"parts\":[{\"part_number\":3,\"etag\":\"%s\"},{\"part_number\":1,\"etag\":\"%s\"},"
                + "{\"part_number\":2,\"etag\":\"%s\"}]}";
        assertThat(complete(announced, named.formatted(etags[2], etags[0], "another"))
                        .code())
                .isEqualTo("UPLOAD_INCOMPLETE");
        becomesReady(announced, complete(announced, named.formatted(etags[2], etags[0], etags[1])));
        assertThat(asset(announced).sizeBefore()).isEqualTo(file.length);
    }

    @Test
    void many_who_complete_a_file_in_parts_at_once_are_all_told_the_same() {
        byte[] file = large(11 * MIB + 17);
        JsonNode announced = announce("video", "video/mp4", file.length, "");
        JsonNode parts = announced.at("/multipart/parts");
        for (int i = 0; i < 3; i++) {
            byte[] part = Arrays.copyOfRange(file, i * 5 * MIB, Math.min(file.length, (i + 1) * 5 * MIB));
            assertThat(put(parts.get(i), part).statusCode()).isEqualTo(200);
        }
        CountDownLatch together = new CountDownLatch(1);
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            answers.add(CompletableFuture.supplyAsync(
                    () -> {
                        awaitUninterrupted(together);
                        return complete(announced);
                    },
                    task -> new Thread(task).start()));
        }
        together.countDown();
        assertThat(answers.stream()
                        .map(CompletableFuture::join)
                        .map(answer -> answer.status() + " " + answer.body())
                        .distinct())
                .singleElement()
                .asString()
                .startsWith("202 ");
        becomesReady(announced, answers.get(0).join());
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void who_cannot_reach_s3_puts_the_file_here() {
        JsonNode raw = video(clip.length);
        assertThat(through(raw, clip, Map.of("Content-Type", "video/mp4")).statusCode())
                .isEqualTo(200);
        becomesReady(raw, complete(raw));
        JsonNode form = video(clip.length);
        byte[] body = new Form()
                .field("note", "first")
                .file("file", "test.mp4", "video/mp4", clip)
                .bytes();
        HttpResponse<String> answer = put(
                URI.create(caravan.caravan().apiUrl())
                        .resolve(
                                "/api/uploads/presigned/" + form.path("mediaId").asText()),
                body,
                Map.of("Content-Type", Form.TYPE));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(complete(form).status()).isEqualTo(202);
        byte[] file = large(11 * MIB + 17);
        JsonNode parts = announce("video", "video/mp4", file.length, ",\"sha256\":\"" + sha256(file) + "\"");
        assertThat(through(parts, file, Map.of()).statusCode()).isEqualTo(200);
        assertThat(complete(parts).status()).isEqualTo(202);
    }

    @Test
    void what_is_put_here_must_be_of_the_announced_size() throws IOException {
        JsonNode announced = video(clip.length);
        assertThat(through(announced, Arrays.copyOf(clip, 1000), Map.of()).body())
                .contains("FILE_SIZE_DIFFERS");
        byte[] more = Arrays.copyOf(clip, clip.length + 1);
        assertThat(through(announced, more, Map.of()).body()).contains("FILE_SIZE_DIFFERS");
        // In a form nobody knows before how long the file is.
        for (byte[] wrong : List.of(more, Arrays.copyOf(clip, clip.length - 1))) {
            byte[] form = new Form().file("file", "a.mp4", null, wrong).bytes();
            assertThat(through(announced, form, Map.of("Content-Type", Form.TYPE))
                            .body())
                    .contains("FILE_SIZE_DIFFERS");
        }
        assertThat(through(announced, new Form().field("a", "b").bytes(), Map.of("Content-Type", Form.TYPE))
                        .body())
                .contains("MISSING_PART");
        brokenOff(announced, Arrays.copyOf(clip, clip.length - 5));
        assertThat(complete(announced).code()).isEqualTo("UPLOAD_INCOMPLETE");
        assertThat(through(announced, clip, Map.of()).statusCode()).isEqualTo(200);
        assertThat(complete(announced).status()).isEqualTo(202);
    }

    private void brokenOff(JsonNode announced, byte[] bytes) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", api.port())) {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(("PUT " + announced.path("proxy_path").asText() + " HTTP/1.1\r\nHost: localhost:"
                            + api.port() + "\r\nContent-Length: " + clip.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            request.writeBytes(bytes);
            socket.getOutputStream().write(request.toByteArray());
        }
    }

    @Test
    void what_the_bytes_are_counts_and_not_what_was_said() {
        byte[] text = "nothing that anybody could watch".getBytes(StandardCharsets.UTF_8);
        JsonNode words = video(text.length);
        put(words.path("upload"), text);
        Answer refused = complete(words);
        assertThat(refused.status() + refused.code()).isEqualTo("422NOT_MEDIA");
        assertThat(asset(words).status()).isEqualTo(AssetStatus.UPLOADING);
        assertThat(asset(words).error().code()).as("for lists").isEqualTo("NOT_MEDIA");
        JsonNode picture = announce("image", "image/jpeg", clip.length, "");
        put(picture.path("upload"), clip);
        assertThat(complete(picture).code()).isEqualTo("TYPE_MISMATCH");
        JsonNode other = announce("video", "video/mp4", clip.length, ",\"sha256\":\"" + sha256(text) + "\"");
        put(other.path("upload"), clip);
        assertThat(complete(other).code()).isEqualTo("CHECKSUM_DIFFERS");
        JsonNode later = video(clip.length);
        put(later.path("upload"), clip);
        assertThat(complete(later, "{\"sha256\":\"" + sha256(text) + "\"}").code())
                .isEqualTo("CHECKSUM_DIFFERS");
        assertThat(jobsOf(other)).isEmpty();
        // What was wrong is put right in the same place.
        JsonNode again = announce("video", "video/mp4", clip.length, ",\"sha256\":\"" + sha256(clip) + "\"");
        byte[] damaged = clip.clone();
        damaged[damaged.length - 1] ^= 1;
        put(again.path("upload"), damaged);
        assertThat(complete(again).code()).isEqualTo("CHECKSUM_DIFFERS");
        put(again.path("upload"), clip);
        assertThat(complete(again).status()).isEqualTo(202);
    }

    @Test
    void what_cannot_be_taken_is_refused_when_it_is_announced() {
        String path = "/api/v1/media/initiate";
        assertThat(api.json("POST", path, body("video", "video/mp4", 1L << 40, ""))
                        .code())
                .isEqualTo("UPLOAD_TOO_LARGE");
        assertThat(api.json("POST", path, body("video", "image/png", 10, "")).code())
                .isEqualTo("INVALID_BODY");
        assertThat(api.json("POST", path, body("video", "video/mp4", 0, "")).code())
                .isEqualTo("INVALID_BODY");
        Answer inside =
                api.json("POST", path, body("video", "video/mp4", 10, ",\"notify_url\":\"http://169.254.169.254/x\""));
        assertThat(inside.status() + inside.code()).isEqualTo("422URL_REFUSED");
        assertThat(api.json("POST", path, body("video", "video/mp4", 10, ",\"notify_url\":\"ftp://a/b\""))
                        .status())
                .isBetween(400, 422);
        JsonNode kept = announce("video", "video/mp4", 10, ",\"notify_url\":\"https://example.com/hook?key=s3cret\"");
        assertThat(asset(kept).announced().notifyUrl()).isEqualTo("https://example.com/hook?key=s3cret");
        String id = kept.path("mediaId").asText();
        assertThat(api.get("/api/v1/media/" + id).response().body()).doesNotContain("s3cret");
    }

    @Test
    void a_repeated_announcement_is_one_asset() {
        String body = body("video", "video/mp4", 7 * MIB, "");
        Answer first = api.json("POST", "/api/v1/media/initiate", body, "Idempotency-Key", "again");
        Answer second = api.json("POST", "/api/v1/media/initiate", body, "Idempotency-Key", "again");
        assertThat(second.body().path("mediaId")).isEqualTo(first.body().path("mediaId"));
        assertThat(second.body().at("/multipart/parts")).hasSize(2);
        String key = "media/default/" + first.body().path("mediaId").asText() + "/upload";
        assertThat(caravan.s3()
                        .listMultipartUploads(request -> request.bucket(caravan.property("caravan.s3.bucket")))
                        .uploads())
                .filteredOn(upload -> upload.key().equals(key))
                .hasSize(1);
    }

    @Test
    void the_file_of_an_alert_is_known_by_it() {
        String path = "/api/alerts/7f-alert/media/";
        Answer answer = api.json(
                "POST",
                path + "initiate",
                body("VIDEO", "video/mp4", clip.length, ",\"position\":1,\"category\":\"DISP\""));
        assertThat(answer.status()).isEqualTo(201);
        String id = answer.body().path("mediaId").asText();
        put(answer.body().path("upload"), clip);
        assertThat(api.json("POST", "/api/alerts/other/media/" + id + "/complete", "{}")
                        .status())
                .isEqualTo(404);
        // As the document of that system has it: without a body.
        assertThat(api.send("POST", path + id + "/complete").status()).isEqualTo(202);
        JsonNode media = api.get("/api/v1/media/" + id).body();
        assertThat(media.path("alert_id").asText()).isEqualTo("7f-alert");
        assertThat(media.path("position").asInt()).isEqualTo(1);
        assertThat(media.path("category").asText()).isEqualTo("DISP");
        assertThat(api.get("/api/videos/" + id).body().path("alert_id").asText())
                .isEqualTo("7f-alert");
        assertThat(api.json("POST", "/api/alerts/.bad/media/initiate", body("video", "video/mp4", 10, ""))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void who_came_another_way_cannot_be_completed() {
        String id = caravan.job(caravan.submit("three-acts")).assetId();
        assertThat(api.json("POST", "/api/v1/media/" + id + "/complete", "{}").code())
                .isEqualTo("UPLOAD_NOT_ANNOUNCED");
        assertThat(api.json("POST", "/api/v1/media/nobody/complete", "{}").code())
                .isEqualTo("UNKNOWN_ASSET");
        assertThat(api.send("GET", "/api/v1/uploads/" + id).status()).isEqualTo(405);
        assertThat(put(URI.create(caravan.caravan().apiUrl()).resolve("/api/v1/uploads/nobody"), clip, Map.of())
                        .statusCode())
                .isEqualTo(404);
    }
}
