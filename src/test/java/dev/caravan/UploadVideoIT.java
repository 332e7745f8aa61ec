package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.UploadSite.Answer;
import dev.caravan.UploadSite.Belongings;
import dev.caravan.asset.Asset;
import dev.caravan.local.SharedCloud;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadVideoIT {
    private static final String PATH = "/api/v1/videos";

    @TempDir
    static Path folder;

    private byte[] clip;

    @BeforeAll
    void media() throws IOException {
        clip = Files.readAllBytes(TestMedia.clip(folder, "clip.mp4", 1));
    }

    private static Asset asset(UploadSite site, Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return site.caravan.asset(answer.body().path("video_id").asText());
    }

    @Test
    void a_video_comes_in_a_form_or_as_the_body_and_its_name_where_it_has_one() throws IOException {
        TestMedia.run(List.of(
                "ffmpeg",
                "-v",
                "error",
                "-i",
                folder + "/clip.mp4",
                "-c",
                "copy",
                folder.resolve("clip.mkv").toString()));
        byte[] matroska = Files.readAllBytes(folder.resolve("clip.mkv"));
        try (UploadSite site = new UploadSite(Map.of())) {
            byte[] form = new Form().file("video", "one.mp4", "video/mp4", clip).bytes();
            Answer first = site.post(PATH + "/", Form.TYPE, form);
            assertThat(asset(site, first).filename()).isEqualTo("one.mp4");
            assertThat(site.caravan.job(first.body().path("job_id").asText()).pipeline())
                    .isEqualTo("standardize-video");
            assertThat(site.caravan.job(first.body().path("job_id").asText()).priority())
                    .isEqualTo(10);
            Asset second = asset(site, site.post(PATH + "?filename=..%2Ftwo.mkv", "video/x-matroska", matroska));
            assertThat(second.filename()).isEqualTo("two.mkv");
            assertThat(second.source().key()).endsWith("/source.mkv");
            Asset third = asset(
                    site,
                    site.post(
                            PATH,
                            "application/octet-stream",
                            clip,
                            "Content-Disposition",
                            "attachment; filename=\"c.mp4\""));
            assertThat(third.filename()).isEqualTo("c.mp4");
            assertThat(asset(site, site.post(PATH, "video/mp4", clip)).filename())
                    .isEqualTo("video.mp4");
            assertThat(asset(site, site.post(PATH + "?filename=wrong.avi", "video/mp4", clip))
                            .source()
                            .key())
                    .endsWith("/source.mp4");
            Belongings before = site.belongings();
            assertThat(site.post(PATH + "?filename=x.exe", "video/mp4", clip).code())
                    .isEqualTo("UNSUPPORTED_EXTENSION");
            assertThat(site.post(PATH, "video/mp4", new byte[0]).code()).isEqualTo("EMPTY_FILE");
            assertThat(site.post(PATH, "text/plain", clip).code()).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
            assertThat(site.post(PATH, "video/mp4", new byte[3_000_001]).code()).isEqualTo("UPLOAD_TOO_LARGE");
            assertThat(site.post(PATH, "video/mp4", clip, "Accept", "image/png").status())
                    .isEqualTo(406);
            site.holdsOnly(before);
        }
    }

    @Test
    void an_upload_is_worked_on() {
        try (UploadSite site =
                new UploadSite(Map.of("caravan.roles", "api,worker", "caravan.ffmpeg.preset", "ultrafast"))) {
            Answer answer = site.post(PATH, "video/mp4", clip);
            String job = answer.body().path("job_id").asText();
            assertThat(site.caravan.awaitEnd(job).status().name()).isEqualTo("COMPLETED");
            assertThat(asset(site, answer).derivatives()).hasSize(1);
        }
    }

    @Test
    void what_sends_nothing_for_a_while_is_ended() {
        try (UploadSite site = new UploadSite(Map.of("caravan.upload.stall", "300ms"))) {
            Belongings before = site.belongings();
            byte[] head = site.head(PATH, "Content-Type: video/mp4", "Content-Length: 100000");
            String answer = site.raw(head, Arrays.copyOf(clip, 1000), false);
            assertThat(answer).startsWith("HTTP/1.1 408").contains("UPLOAD_STALLED");
            site.holdsOnly(before);
        }
    }

    @Test
    void more_than_can_be_in_hand_are_told_to_come_back() throws IOException {
        try (UploadSite site = new UploadSite(Map.of("caravan.upload.concurrency", "2"))) {
            Belongings before = site.belongings();
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Socket socket = site.connect();
                slow.add(socket);
                socket.getOutputStream()
                        .write(site.head(PATH, "Content-Type: video/mp4", "Content-Length: " + clip.length));
                socket.getOutputStream().write(clip, 0, clip.length - 1);
            }
            Awaitility.await().until(() -> site.belongings().files() == 2);
            Answer third = site.post(PATH, "video/mp4", clip);
            assertThat(third.status() + third.code()).isEqualTo("503TOO_MANY_UPLOADS");
            assertThat(third.headers().get("retry-after")).isNotNull();
            for (Socket socket : slow) {
                socket.close();
            }
            site.holdsOnly(before);
            assertThat(site.post(PATH, "video/mp4", clip).status()).isEqualTo(202);
        }
    }

    @Test
    void too_many_waiting_jobs_and_a_full_disk_are_seen_before_the_body() {
        try (UploadSite site = new UploadSite(Map.of("caravan.queue.max-ready", "0"))) {
            Answer answer = site.post(PATH, "video/mp4", clip);
            assertThat(answer.status() + answer.code()).isEqualTo("429TOO_MANY_JOBS");
            assertThat(answer.headers().get("retry-after")).isNotNull();
        }
        try (UploadSite site = new UploadSite(Map.of("caravan.upload.least-disk", "9000000000000000"))) {
            Belongings before = site.belongings();
            String answer = site.raw(
                    site.head(PATH, "Content-Type: video/mp4", "Content-Length: 1000", "Expect: 100-continue"),
                    new byte[0],
                    false);
            assertThat(answer).startsWith("HTTP/1.1 507").contains("DISK_FULL");
            site.holdsOnly(before);
        }
    }

    @Test
    void without_a_store_nothing_is_accepted_and_nothing_stays() {
        Gate dynamo = new Gate(SharedCloud.get().properties().get("caravan.dynamodb.endpoint"));
        try (dynamo;
                UploadSite site = new UploadSite(Map.of("caravan.dynamodb.endpoint", dynamo.url()))) {
            Belongings before = site.belongings();
            dynamo.shut();
            assertThat(site.post(PATH, "video/mp4", clip).status()).isEqualTo(503);
            dynamo.reopen();
            Awaitility.await()
                    .until(() -> site.post(PATH, "video/mp4", new byte[0]).status() == 422);
            assertThat(site.belongings().files()).isEqualTo(before.files());
            assertThat(site.belongings().assets()).isEqualTo(before.assets());
        }
        Gate s3 = new Gate(SharedCloud.get().properties().get("caravan.s3.endpoint"));
        try (s3;
                UploadSite site = new UploadSite(Map.of("caravan.s3.endpoint", s3.url()))) {
            Belongings before = site.belongings();
            s3.shut();
            Answer answer = site.post(PATH, "video/mp4", clip);
            assertThat(answer.status() + answer.code()).isEqualTo("503STORE_UNAVAILABLE");
            s3.reopen();
            site.holdsOnly(before);
        }
    }

    @Test
    void what_a_killed_process_left_is_gone_after_the_next_start() throws IOException {
        try (UploadSite site = new UploadSite(Map.of())) {
            Path left = Path.of(site.caravan.property("caravan.temp"), "uploads", "left");
            site.caravan.stop();
            Files.createDirectories(left);
            Files.writeString(left.resolve("video"), "half", StandardCharsets.UTF_8);
            site.caravan.start();
            assertThat(left).doesNotExist();
            assertThat(site.post(PATH, "video/mp4", clip).status()).isEqualTo(202);
        }
    }
}
