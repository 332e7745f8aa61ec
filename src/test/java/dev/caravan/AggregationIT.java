package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.UploadSite.Answer;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A video and its subtitles, posted; the captioned video, answered: as clients of the aggregation service know it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AggregationIT {
    private static final String PATH = "/api/process-video/";
    private static final byte[] SRT =
            "1\r\n00:00:00,500 --> 00:00:01,000\r\nHello\r\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path folder;

    private UploadSite site;
    private byte[] clip;

    @BeforeAll
    void start() throws IOException {
        clip = Files.readAllBytes(TestMedia.clip(folder, "clip.mp4", 1.5));
        site = working(Map.of());
    }

    @AfterAll
    void stop() {
        site.close();
    }

    @Test
    void the_answer_is_the_one_that_clients_know_and_its_link_leads_to_the_result() throws Exception {
        Answer answer = post("clip one.mp4", clip);
        assertThat(answer.status()).isEqualTo(200);
        JsonNode made = answer.body();
        String job = made.path("job_id").asText();
        assertThat(made.path("status").asText()).isEqualTo("success");
        assertThat(made.path("message").asText()).isNotEmpty();
        JsonNode metadata = made.path("metadata");
        assertThat(metadata.path("original_filename").asText()).isEqualTo("clip one.mp4");
        assertThat(metadata.path("final_filename").asText()).isEqualTo(job + "_final.mp4");
        assertThat(metadata.path("resolution").asText()).isEqualTo("640x360");
        assertThat(metadata.path("duration").asDouble()).isBetween(1.3, 1.7);
        Path result = download(made.path("streaming_url").asText());
        assertThat(metadata.path("file_size").asLong()).isEqualTo(Files.size(result));
        List<String> codecs = TestMedia.probe(result).path("streams").findValuesAsText("codec_name");
        assertThat(codecs).containsExactly("h264", "aac");
        assertThat(captioned(result, 0.7)).as("at its time").isTrue();
        assertThat(captioned(result, 0.2)).as("before its time").isFalse();
        assertThat(captioned(result, 1.2)).as("after its time").isFalse();
        JsonNode video = site.get("/api/videos/" + made.path("video_id").asText());
        assertThat(video.path("status").asText()).isEqualTo("saved");
        assertThat(video.path("resolution").asText()).isEqualTo("640x360");
        assertThat(site.caravan.job(job).priority()).isEqualTo(5);
    }

    @Test
    void who_does_not_want_to_wait_gets_the_address_of_the_job() {
        Answer answer = post("later.mp4", clip, "Prefer", "respond-async");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.headers().get("preference-applied")).containsExactly("respond-async");
        String job = answer.headers().get("location").get(0);
        JsonNode ended = site.get(job + "?wait=60");
        assertThat(ended.path("status").asText()).isEqualTo("COMPLETED");
        assertThat(ended.path("priority").asInt()).isEqualTo(10);
    }

    @Test
    void who_waits_too_briefly_gets_it_too_and_the_job_goes_on() {
        site.caravan.wiring().worker.holdBack(Duration.ofSeconds(3));
        Answer answer = post("brief.mp4", clip, "Prefer", "wait=1");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.headers().get("preference-applied")).containsExactly("wait=1");
        assertThat(end(answer).status()).isEqualTo(JobStatus.COMPLETED);
    }

    @Test
    void a_client_that_goes_away_does_not_end_its_job() throws Exception {
        byte[] body = form("gone.mp4", clip);
        try (var socket = site.connect()) {
            socket.getOutputStream()
                    .write(site.head(PATH, "Content-Type: " + Form.TYPE, "Content-Length: " + body.length));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> !video("gone.mp4")
                    .isMissingNode());
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> video("gone.mp4").path("status").asText().equals("saved"));
    }

    @Test
    void the_same_request_under_the_same_key_is_answered_again_and_not_done_again() {
        Answer once = post("once.mp4", clip, "Idempotency-Key", "upload-1");
        long objects = site.belongings().objects();
        Answer twice = post("renamed.mp4", clip, "Idempotency-Key", "upload-1");
        assertThat(twice.status()).isEqualTo(200);
        assertThat(twice.body()).isEqualTo(once.body());
        nothingMoreThan(objects);
        byte[] other = new Form()
                .file("video", "once.mp4", "video/mp4", clip)
                .file("srt_file", "a.srt", null, SRT)
                .field("crf_value", "30")
                .bytes();
        Answer changed = site.post(PATH, Form.TYPE, other, "Idempotency-Key", "upload-1");
        assertThat(changed.status()).isEqualTo(422);
        assertThat(changed.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        nothingMoreThan(objects);
    }

    @Test
    void a_file_that_cannot_be_finished_is_answered_with_its_job_and_why() throws Exception {
        byte[] whole = Files.readAllBytes(faststart());
        Answer answer = post("cut.mp4", Arrays.copyOf(whole, whole.length / 5));
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("MEDIA_MOSTLY_UNREADABLE");
        Job job = site.caravan.job(answer.body().path("job_id").asText());
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(site.caravan.asset(job.assetId()).source())
                .as("the original stays")
                .isNotNull();
    }

    @Test
    void a_job_whose_attempts_are_spent_is_answered_as_503_with_its_code() throws Exception {
        Path broken = folder.resolve("ffmpeg-that-cannot-encode");
        Files.writeString(broken, "#!/bin/sh\ncase \"$*\" in *libx264*) exit 1;; esac\nexec ffmpeg \"$@\"\n");
        Files.setPosixFilePermissions(broken, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (UploadSite without =
                working(Map.of("caravan.ffmpeg.binary", broken.toString(), "caravan.ffmpeg.jail", "false"))) {
            Answer answer = without.post(PATH, Form.TYPE, form("spent.mp4", clip));
            assertThat(answer.status()).as(answer.text()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("FFMPEG_FAILED");
            Job job = without.caravan.job(answer.body().path("job_id").asText());
            assertThat(job.steps().get("burn").attempts()).isEqualTo(3);
        }
    }

    @Test
    void a_video_alone_becomes_the_standard_video_in_one_call() {
        Answer answer = site.post("/api/v1/videos?filename=raw.mov", "video/quicktime", clip, "Prefer", "wait=100");
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.body().path("metadata").path("resolution").asText()).isEqualTo("1080x1920");
        Answer later = site.post(
                "/api/v1/videos/",
                Form.TYPE,
                new Form().file("video", "form.mp4", "video/mp4", clip).bytes());
        assertThat(later.status()).isEqualTo(202);
        assertThat(end(later).pipeline()).isEqualTo("standardize-video");
    }

    /** Fast rather than good, and with somebody who works. */
    private static UploadSite working(Map<String, String> changes) {
        Map<String, String> all = new java.util.HashMap<>(Map.of(
                "caravan.roles", "api,worker,reconciler",
                "caravan.http.timeout", "100",
                "caravan.ffmpeg.preset", "ultrafast"));
        all.putAll(changes);
        return new UploadSite(all);
    }

    private Answer post(String name, byte[] video, String... headers) {
        return site.post(PATH, Form.TYPE, form(name, video), headers);
    }

    private static byte[] form(String name, byte[] video) {
        return new Form()
                .file("video", name, "video/mp4", video)
                .file("srt_file", "a.srt", "application/x-subrip", SRT)
                .field("resolution", "360p")
                .bytes();
    }

    /** What a repeated request had stored goes with the end of it, which is a moment after its answer. */
    private void nothingMoreThan(long objects) {
        Awaitility.await().until(() -> site.belongings().objects(), now -> now == objects);
    }

    private Job end(Answer answer) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> site.caravan.job(answer.body().path("job_id").asText()), job -> job.status()
                        .ended());
    }

    private JsonNode video(String filename) {
        for (JsonNode video : site.get("/api/videos").path("items")) {
            if (video.path("filename").asText().equals(filename)) {
                return video;
            }
        }
        return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
    }

    /** Ten seconds, with the index at the front, so that a part of it can be read. */
    private static Path faststart() {
        Path file = folder.resolve("faststart.mp4");
        Path plain = TestMedia.clip(folder, "ten.mp4", 10);
        TestMedia.run(List.of(
                "ffmpeg",
                "-v",
                "error",
                "-y",
                "-i",
                plain.toString(),
                "-c",
                "copy",
                "-movflags",
                "+faststart",
                file.toString()));
        return file;
    }

    private static Path download(String link) throws IOException, InterruptedException {
        Path file = folder.resolve("result.mp4");
        HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(link)).build(), HttpResponse.BodyHandlers.ofFile(file));
        return file;
    }

    /** White letters on the lower part of the picture: the test picture is never that white there for so many pixels. */
    private static boolean captioned(Path video, double at) throws IOException {
        Path frame = folder.resolve("frame.gray");
        TestMedia.run(List.of(
                "ffmpeg",
                "-v",
                "error",
                "-y",
                "-ss",
                String.valueOf(at),
                "-i",
                video.toString(),
                "-frames:v",
                "1",
                "-vf",
                "crop=160:40:240:290",
                "-pix_fmt",
                "gray",
                "-f",
                "rawvideo",
                frame.toString()));
        byte[] pixels = Files.readAllBytes(frame);
        int white = 0;
        for (byte pixel : pixels) {
            white += (pixel & 0xFF) > 240 ? 1 : 0;
        }
        return white > 60;
    }
}
