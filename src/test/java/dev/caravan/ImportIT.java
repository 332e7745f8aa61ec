package dev.caravan;

import static dev.caravan.fetch.ScriptedSite.head;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caravan.ApiClient.Answer;
import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.fetch.ScriptedSite;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ImportIT {
    private static final String IMPORTS = "/api/v1/media/import-from-url";

    @TempDir
    static Path folder;

    private TestCaravan caravan;
    private ApiClient api;
    private byte[] clip;
    private byte[] picture;
    private ScriptedSite site;

    @BeforeAll
    void start() throws IOException {
        Map<String, String> settings = new HashMap<>();
        settings.put("caravan.import.allow", "127.0.0.1, files.intern");
        settings.put("caravan.import.max-size", "2000000");
        settings.put("caravan.import.stall", "2s");
        settings.put("caravan.retry.delay", "50");
        caravan = TestCaravan.start(settings);
        api = new ApiClient(caravan);
        clip = Files.readAllBytes(TestMedia.clip(folder, "clip.mp4", 1));
        Path still = folder.resolve("still.jpg");
        TestMedia.run(List.of(
                "ffmpeg",
                "-v",
                "error",
                "-f",
                "lavfi",
                "-i",
                "testsrc=size=320x240",
                "-frames:v",
                "1",
                still.toString()));
        picture = Files.readAllBytes(still);
    }

    @AfterAll
    void stop() {
        caravan.close();
    }

    @AfterEach
    void leave() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void a_video_becomes_an_asset_with_its_own_file_and_what_the_probe_saw() throws IOException {
        serve(clip);
        Job job = imported("/holiday?X-Signature=secret", "Holiday", "video", Map.of("album", "summer"));
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.parameters()).isEmpty();
        assertThat(Json.text(job)).doesNotContain("secret");
        Asset asset = caravan.asset(job.assetId());
        assertThat(asset.media()).containsEntry("sha256", sha256(clip)).containsKeys("duration", "video");
        assertThat(asset.derivatives())
                .filteredOn(made -> made.type().equals("thumbnail"))
                .singleElement()
                .satisfies(made -> {
                    assertThat(made.width()).isEqualTo(320);
                    assertThat(made.time()).isZero();
                });
        assertThat(asset.status()).isEqualTo(AssetStatus.READY);
        assertThat(asset.file()).isEqualTo(asset.source());
        assertThat(asset.file().key())
                .startsWith("media/default/%s/%s/fetch-".formatted(asset.assetId(), job.jobId()))
                .endsWith(".mp4");
        assertThat(asset.file().filename()).isEqualTo("Holiday.mp4");
        assertThat(object(asset)).isEqualTo(clip);
        JsonNode view = view(job).body();
        assertThat(view.path("status").asText()).isEqualTo("ready");
        assertThat(view.path("sha256").asText()).isEqualTo(sha256(clip));
        assertThat(view.path("size").asLong()).isEqualTo(clip.length);
        assertThat(view.path("imported_from").asText()).isEqualTo(site.url("/holiday?..."));
        assertThat(view.path("metadata").path("album").asText()).isEqualTo("summer");
        assertThat(view.path("metadata").path("duration").asDouble()).isBetween(0.9, 1.1);
        assertThat(view.path("metadata").path("width").asInt()).isPositive();
        assertThat(fetched(view.path("url").asText())).isEqualTo(clip);
        // Each link is signed by itself, and a second may pass between them.
        String thumbnail = view.path("thumbnail_url").asText();
        String derivative = derivative(view, "thumbnail").path("url").asText();
        assertThat(thumbnail.split("\\?")[0]).isEqualTo(derivative.split("\\?")[0]);
        assertThat(fetched(thumbnail)).isEqualTo(fetched(derivative)).isNotEmpty();
        assertThat(List.of(thumbnail, derivative)).allMatch(link -> link.contains("X-Amz-Expires=3600"));
        assertThat(view.toString()
                        + api.get("/api/v1/jobs/" + job.jobId()).body()
                        + api.get("/api/v1/jobs").body())
                .doesNotContain("secret");
    }

    @Test
    void a_picture_gets_its_thumbnails() {
        serve(picture);
        Job job = imported("/still", "Still", "image", Map.of());
        assertThat(job.status()).as(String.valueOf(job.error())).isEqualTo(JobStatus.COMPLETED);
        assertThat(view(job).body().path("derivatives").findValuesAsText("type"))
                .containsExactlyInAnyOrder("thumbnail", "medium", "large");
        Asset asset = caravan.asset(job.assetId());
        assertThat(asset.status()).isEqualTo(AssetStatus.READY);
        assertThat(asset.file().contentType()).isEqualTo("image/jpeg");
        assertThat(object(asset)).isEqualTo(picture);
    }

    @Test
    void sound_is_imported_with_what_it_holds() throws IOException {
        Path sound = folder.resolve("sound.mp3");
        TestMedia.run(List.of(
                "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=d=1", "-c:a", "libmp3lame", sound.toString()));
        serve(Files.readAllBytes(sound));
        Job job = imported("/sound", "Sound", "audio", Map.of());
        assertThat(job.status()).as(String.valueOf(job.error())).isEqualTo(JobStatus.COMPLETED);
        Asset asset = caravan.asset(job.assetId());
        assertThat(asset.status()).isEqualTo(AssetStatus.READY);
        assertThat(asset.media()).containsKey("audio");
        assertThat(asset.file().contentType()).isEqualTo("audio/mpeg");
    }

    @Test
    void the_asset_is_uploading_until_its_file_is_there() {
        site = new ScriptedSite((request, out) -> head(out, "HTTP/1.1 503 Later", "Retry-After: 600"));
        JsonNode accepted =
                post(site.url("/late"), "Late", "video", Map.of(), "default").body();
        Job job = caravan.await(accepted.path("import_job_id").asText(), found -> found.status() == JobStatus.RETRYING);
        assertThat(job.error().code()).isEqualTo("URL_BUSY");
        assertThat(caravan.history(job.jobId())).contains("postponed");
        assertThat(view(job).body().path("status").asText()).isEqualTo("uploading");
        assertThat(view(job).body().path("url").isNull()).isTrue();
        assertThat(caravan.deletion().delete(job.assetId())).isTrue();
        assertThat(view(job).status()).isEqualTo(404);
        assertThat(caravan.awaitEnd(job.jobId()).status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void a_download_that_breaks_off_goes_on_in_the_next_attempt() {
        int half = clip.length / 2;
        site = new ScriptedSite((request, out) -> {
            switch (request.number()) {
                case 1 -> {
                    head(out, "HTTP/1.1 200 OK", "Content-Length: " + clip.length, "ETag: \"v1\"");
                    out.write(clip, 0, half);
                }
                case 2 -> head(out, "HTTP/1.1 502 Bad", "Content-Length: 0");
                default -> {
                    int from = Integer.parseInt(request.header("range").replaceAll("\\D", ""));
                    head(
                            out,
                            "HTTP/1.1 206 Part",
                            "Content-Length: " + (clip.length - from),
                            "Content-Range: bytes %d-%d/%d".formatted(from, clip.length - 1, clip.length),
                            "ETag: \"v1\"");
                    out.write(clip, from, clip.length - from);
                }
            }
        });
        Job job = imported("/broken", "Broken", "video", Map.of());
        assertThat(job.status()).as(String.valueOf(job.error())).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.step("fetch").orElseThrow().attempts()).isEqualTo(2);
        assertThat(site.requests().get(2).header("range")).isEqualTo("bytes=%d-".formatted(half));
        assertThat(object(caravan.asset(job.assetId()))).isEqualTo(clip);
    }

    @Test
    void what_fails_for_good_says_why() {
        site = new ScriptedSite((request, out) -> head(out, "HTTP/1.1 404 No", "Content-Length: 0"));
        Job gone = imported("/gone?token=secret", "Gone", "video", Map.of("error", "mine"));
        assertThat(gone.status()).isEqualTo(JobStatus.FAILED);
        assertThat(gone.error().code()).isEqualTo("URL_GONE");
        assertThat(site.requests()).hasSize(1);
        JsonNode view = view(gone).body();
        assertThat(view.path("status").asText()).isEqualTo("failed");
        assertThat(view.path("metadata").path("error").asText())
                .startsWith("URL_GONE: ")
                .doesNotContain("secret");
        site.close();
        serve("<!doctype html><html>Sign in</html>".getBytes());
        assertThat(imported("/page", "Page", "video", Map.of()).error().code()).isEqualTo("NOT_MEDIA");
        site.close();
        serve("#EXTM3U\n/etc/passwd\n".getBytes());
        assertThat(imported("/list", "List", "video", Map.of()).error().code()).isEqualTo("PLAYLIST_REFUSED");
        site.close();
        serve(picture);
        assertThat(imported("/p", "P", "video", Map.of()).error().code()).isEqualTo("TYPE_MISMATCH");
        site.close();
        site = new ScriptedSite((request, out) -> head(out, "HTTP/1.1 200 OK", "Content-Length: 2000001"));
        assertThat(imported("/large", "L", "video", Map.of()).error().code()).isEqualTo("URL_TOO_LARGE");
        site.close();
        site = new ScriptedSite(
                (request, out) -> head(out, "HTTP/1.1 302 Go", "Content-Length: 0", "Location: http://10.0.0.1/"));
        assertThat(imported("/inside", "I", "video", Map.of()).error().code()).isEqualTo("URL_REFUSED");
    }

    @Test
    void the_same_bytes_of_the_same_owner_are_reported_and_not_shared() {
        byte[] own = clip.clone();
        own[own.length - 1]++;
        serve(own);
        Job first = imported(site.url("/1"), "One", "video", Map.of(), "ann");
        Job second = imported(site.url("/2"), "Two", "video", Map.of(), "ann");
        Job other = imported(site.url("/3"), "Three", "video", Map.of(), "bob");
        assertThat(view(first).body().path("duplicate_of").isNull()).isTrue();
        assertThat(view(second).body().path("duplicate_of").asText()).isEqualTo(first.assetId());
        assertThat(view(other).body().path("duplicate_of").isNull()).isTrue();
        assertThat(caravan.asset(second.assetId()).file().key())
                .startsWith("media/ann/" + second.assetId())
                .isNotEqualTo(caravan.asset(first.assetId()).file().key());
        assertThat(caravan.deletion().delete(first.assetId())).isTrue();
        Job third = imported(site.url("/4"), "Four", "video", Map.of(), "ann");
        assertThat(view(third).body().path("duplicate_of").isNull()).isTrue();
    }

    @Test
    void what_can_be_told_from_the_url_is_refused_at_once() {
        refused("ftp://example.com/a.mp4", 422, "URL_REFUSED");
        refused("http://user:pass@example.com/a.mp4", 422, "URL_REFUSED");
        refused("http://169.254.169.254/latest/meta-data", 422, "URL_REFUSED");
        refused("http://2130706433/", 422, "URL_REFUSED");
        refused("http://[::ffff:127.0.0.1]/", 422, "URL_REFUSED");
        refused("no url", 400, "URL_INVALID");
    }

    @Test
    void the_same_order_under_one_key_is_one_import() {
        serve(clip);
        String body =
                order(site.url("/same"), "Same", "video", Map.of(), "default").toString();
        Answer first = api.text("POST", IMPORTS, "application/json", body, "Idempotency-Key", "same");
        Answer again = api.text("POST", IMPORTS, "application/json", body, "Idempotency-Key", "same");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        caravan.awaitEnd(first.body().path("import_job_id").asText());
        assertThat(site.requests()).hasSize(1);
    }

    @Test
    void a_cancelled_import_lets_go_of_the_connection() {
        site = new ScriptedSite((request, out) -> {
            head(out, "HTTP/1.1 200 OK", "Content-Length: 1000000");
            out.write(clip, 0, 1000);
            out.flush();
            hold();
        });
        JsonNode accepted =
                post(site.url("/slow"), "Slow", "video", Map.of(), "default").body();
        String id = accepted.path("import_job_id").asText();
        Awaitility.await().until(() -> site.requests().size() == 1);
        assertThat(api.json("POST", "/api/v1/jobs/" + id + "/cancel", "{}").status())
                .isEqualTo(200);
        assertThat(caravan.awaitEnd(id).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(site.requests()).hasSize(1);
    }

    private void refused(String url, int status, String code) {
        Answer answer = post(url, "Refused", "video", Map.of(), "default");
        assertThat(answer.status()).as(url).isEqualTo(status);
        assertThat(answer.body().path("code").asText()).as(url).isEqualTo(code);
    }

    private void serve(byte[] bytes) {
        site = new ScriptedSite((request, out) -> {
            head(out, "HTTP/1.1 200 OK", "Content-Length: " + bytes.length, "Content-Type: text/plain");
            out.write(bytes);
        });
    }

    private Job imported(String path, String name, String type, Map<String, Object> metadata) {
        return imported(site.url(path), name, type, metadata, "default");
    }

    private Job imported(String url, String name, String type, Map<String, Object> metadata, String owner) {
        Answer answer = post(url, name, type, metadata, owner);
        assertThat(answer.status()).as(answer.response().toString()).isEqualTo(202);
        return caravan.awaitEnd(answer.body().path("import_job_id").asText());
    }

    private Answer post(String url, String name, String type, Map<String, Object> metadata, String owner) {
        return api.json("POST", IMPORTS, order(url, name, type, metadata, owner).toString());
    }

    private static ObjectNode order(String url, String name, String type, Map<String, Object> metadata, String owner) {
        return Json.MAPPER
                .createObjectNode()
                .put("url", url)
                .put("name", name)
                .put("type", type)
                .put("owner", owner)
                .set("metadata", Json.MAPPER.valueToTree(metadata));
    }

    private Answer view(Job job) {
        return api.get("/api/v1/media/" + job.assetId());
    }

    private byte[] object(Asset asset) {
        return caravan.s3()
                .getObjectAsBytes(request ->
                        request.bucket(asset.file().bucket()).key(asset.file().key()))
                .asByteArray();
    }

    private static JsonNode derivative(JsonNode view, String type) {
        return StreamSupport.stream(view.path("derivatives").spliterator(), false)
                .filter(made -> made.path("type").asText().equals(type))
                .findFirst()
                .orElseThrow();
    }

    /** By a link that anyone may open. */
    private static byte[] fetched(String url) throws IOException {
        try (InputStream in = URI.create(url).toURL().openStream()) {
            return in.readAllBytes();
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Until the test ends: the site's threads die with the machine. */
    private static void hold() {
        Object nobody = new Object();
        synchronized (nobody) {
            try {
                nobody.wait(20_000);
            } catch (InterruptedException e) {
                throw new UncheckedIOException(new IOException(e));
            }
        }
    }
}
