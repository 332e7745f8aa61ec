package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.Derivative;
import dev.caravan.asset.Warning;
import dev.caravan.intake.JobRequests;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Priority;
import dev.caravan.storage.MediaFile;
import dev.caravan.storage.S3Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** A job that burns subtitles, from two objects in S3 to the derivative. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BurnSubtitlesJobIT {
    private static final String SRT = "0:0:0 --> 0:0:1\nHello\n\n0:0:9 --> 0:0:10\nToo late\n";

    @TempDir
    static Path folder;

    private TestCaravan caravan;
    private MediaFile video;

    @BeforeAll
    void start() {
        caravan = TestCaravan.prepare(Map.of("caravan.ffmpeg.preset", "ultrafast"));
        caravan.start();
        Path clip = TestMedia.clip(folder, "clip.mp4", 1.5);
        PutObjectResponse put =
                s3().putObject(request -> request.bucket(bucket()).key("uploads/clip.mp4"), RequestBody.fromFile(clip));
        video = new MediaFile(
                bucket(),
                "uploads/clip.mp4",
                put.eTag().replace("\"", ""),
                clip.toFile().length(),
                "video/mp4",
                "clip.mp4");
        s3().putObject(request -> request.bucket(bucket()).key("uploads/a.srt"), RequestBody.fromString(SRT));
    }

    @AfterAll
    void stop() {
        caravan.close();
    }

    @Test
    void a_video_and_its_subtitles_become_a_captioned_video() {
        Job job = run("aaaaaaaaaaaaaaaaaaaaaaa1", Map.of("subtitles", "uploads/a.srt", "resolution", "480p"));
        assertThat(job.status()).as("%s", job.error()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.steps()).containsOnlyKeys("probe", "subtitles", "burn", "publish", "publish-text");
        Asset asset = caravan.asset(job.assetId());
        assertThat(asset.status()).isEqualTo(AssetStatus.READY);
        assertThat(asset.resolution()).isEqualTo("640x360");
        assertThat(asset.derivatives())
                .extracting(Derivative::type)
                .containsExactlyInAnyOrder("captioned-video", "subtitles-vtt");
        assertThat(key(asset, "captioned-video"))
                .isEqualTo("media/default/%s/%s/burn-1.mp4".formatted(asset.assetId(), job.jobId()));
        assertThat(s3().getObjectAsBytes(request -> request.bucket(bucket()).key(key(asset, "subtitles-vtt")))
                        .asUtf8String())
                .isEqualTo(
                        "WEBVTT\n\n00:00:00.000 --> 00:00:01.000\nHello\n\n00:00:09.000 --> 00:00:10.000\nToo late\n\n");
        assertThat(asset.warnings()).extracting(Warning::code).containsExactly("SUBTITLES_REPAIRED", "CUES_PAST_END");
        assertThat(s3().headObject(request -> request.bucket(bucket())
                                .key("media/default/%s/%s/subtitles-1.srt".formatted(asset.assetId(), job.jobId())))
                        .contentType())
                .isEqualTo("application/x-subrip");
    }

    @Test
    void a_job_without_subtitles_says_so_and_is_not_repeated() {
        Job job = run("aaaaaaaaaaaaaaaaaaaaaaa2", Map.of());
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.error().code()).isEqualTo("SUBTITLES_MISSING");
        assertThat(job.retryCount()).isZero();
    }

    @Test
    void an_object_that_is_not_there_is_found_missing() {
        assertThat(new S3Files(s3(), bucket()).find("uploads/none.srt")).isEmpty();
    }

    @Test
    void another_size_is_made_without_reading_anything_again() {
        Map<String, Object> parameters = Map.of("subtitles", "uploads/a.srt", "crf_value", 30);
        Job first = run("aaaaaaaaaaaaaaaaaaaaaaa3", parameters);
        JobRequests.Wish wish = new JobRequests.Wish(
                "burn-subtitles",
                Map.of("subtitles", "uploads/a.srt", "resolution", "1080p", "allow_upscale", true),
                null,
                "burn");
        String again = caravan.wiring()
                .orders
                .add(caravan.asset(first.assetId()), wish, null)
                .orElseThrow()
                .jobs()
                .get(0);
        Job second = end(again);
        assertThat(second.status()).as("%s", second.error()).isEqualTo(JobStatus.COMPLETED);
        assertThat(second.steps().get("probe")).isEqualTo(first.steps().get("probe"));
        assertThat(second.steps().get("subtitles")).isEqualTo(first.steps().get("subtitles"));
        assertThat(caravan.asset(first.assetId()).resolution()).isEqualTo("1920x1080");
    }

    @Test
    void soft_subtitles_stand_beside_the_picture() {
        Job job = end(caravan.submit(
                "embed-subtitles",
                Priority.NORMAL,
                "default",
                "aaaaaaaaaaaaaaaaaaaaaaa4",
                video,
                Map.of("subtitles", "uploads/a.srt", "language", "eng")));
        assertThat(job.status()).as("%s", job.error()).isEqualTo(JobStatus.COMPLETED);
        assertThat(caravan.asset(job.assetId()).derivatives())
                .extracting(Derivative::type)
                .containsExactlyInAnyOrder("subtitled-video", "subtitles-vtt");
    }

    @Test
    void what_one_pipeline_warned_of_stays_until_it_runs_again() {
        String asset = "aaaaaaaaaaaaaaaaaaaaaaa5";
        run(asset, Map.of("subtitles", "uploads/a.srt"));
        s3().putObject(
                        request -> request.bucket(bucket()).key("uploads/tidy.srt"),
                        RequestBody.fromString("1\n00:00:00,000 --> 00:00:01,000\nHello\n\n"
                                + "2\n00:00:09,000 --> 00:00:10,000\nToo late\n"));
        Map<String, Object> tidy = Map.of("subtitles", "uploads/tidy.srt");
        runAgain(asset, "embed-subtitles", tidy);
        assertThat(warnings(asset))
                .containsExactlyInAnyOrder(
                        "burn-subtitles SUBTITLES_REPAIRED",
                        "burn-subtitles CUES_PAST_END",
                        "embed-subtitles CUES_PAST_END");
        runAgain(asset, "burn-subtitles", tidy);
        assertThat(warnings(asset))
                .containsExactlyInAnyOrder("burn-subtitles CUES_PAST_END", "embed-subtitles CUES_PAST_END");
    }

    private void runAgain(String asset, String pipeline, Map<String, Object> parameters) {
        JobRequests.Wish wish = new JobRequests.Wish(pipeline, parameters, null, null);
        end(caravan.wiring()
                .orders
                .add(caravan.asset(asset), wish, null)
                .orElseThrow()
                .jobs()
                .get(0));
    }

    private List<String> warnings(String asset) {
        return caravan.asset(asset).warnings().stream()
                .map(warning -> warning.pipeline() + " " + warning.code())
                .toList();
    }

    private static String key(Asset asset, String type) {
        return asset.derivatives().stream()
                .filter(derivative -> derivative.type().equals(type))
                .map(derivative -> derivative.file().key())
                .findFirst()
                .orElseThrow();
    }

    private Job run(String assetId, Map<String, Object> parameters) {
        return end(caravan.submit("burn-subtitles", Priority.NORMAL, "default", assetId, video, parameters));
    }

    private Job end(String id) {
        return Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> caravan.job(id), job -> job.status()
                .ended());
    }

    private S3Client s3() {
        return caravan.wiring().clients.s3();
    }

    private String bucket() {
        return caravan.property("caravan.s3.bucket");
    }
}
