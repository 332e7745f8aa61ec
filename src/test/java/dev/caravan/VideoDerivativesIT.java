package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caravan.asset.Asset;
import dev.caravan.asset.Derivative;
import dev.caravan.intake.JobRequests;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Priority;
import dev.caravan.media.Clips;
import dev.caravan.storage.MediaFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** Jobs of the pipelines that make something beside a video, from an object in S3 to the asset's record. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VideoDerivativesIT {
    @TempDir
    static Path folder;

    private TestCaravan caravan;
    private Path clip;
    private MediaFile video;

    @BeforeAll
    void start() {
        caravan = TestCaravan.prepare(Map.of("caravan.ffmpeg.preset", "ultrafast"));
        caravan.start();
        clip = Clips.make(
                folder.resolve("clip.mp4"),
                "-f lavfi -i testsrc2=s=640x360:r=25:d=3 -f lavfi -i sine=d=3 -c:v libx264 -preset ultrafast -pix_fmt"
                        + " yuv420p -c:a aac -metadata:s:a:0 language=fra");
        video = put(clip);
    }

    @AfterAll
    void stop() {
        caravan.close();
    }

    @Test
    void stills_stand_beside_the_asset_with_their_sizes_times_and_hashes() throws Exception {
        Job job = run("bbbbbbbbbbbbbbbbbbbbbbb1", "generate-video-thumbnail", video, Map.of("thumbnail_width", 200));
        assertThat(job.steps()).containsOnlyKeys("probe", "stills", "publish");
        Asset asset = caravan.asset(job.assetId());
        assertThat(asset.file()).isEqualTo(asset.source());
        assertThat(asset.derivatives())
                .extracting(Derivative::type, Derivative::width, Derivative::height, Derivative::time)
                .containsExactly(tuple("poster", 640, 360, 2.0), tuple("thumbnail", 200, 112, 0.0));
        for (Derivative still : asset.derivatives()) {
            assertThat(still.file().filename()).isEqualTo(asset.assetId() + "-" + still.type() + ".jpg");
            assertThat(still.sha256()).isEqualTo(sha256(bytes(still.file())));
        }
    }

    @Test
    void one_decode_gives_the_standard_video_and_its_stills_where_the_job_says_so() {
        Job job = run("bbbbbbbbbbbbbbbbbbbbbb10", "standardize-video", video, Map.of("stills", true, "poster_time", 1));
        Asset asset = caravan.asset(job.assetId());
        assertThat(asset.file().key())
                .endsWith(".mp4")
                .isNotEqualTo(asset.source().key());
        assertThat(asset.derivatives())
                .extracting(Derivative::type, Derivative::width, Derivative::height, Derivative::time)
                .containsExactly(
                        tuple("standard-video", 1080, 1920, null),
                        tuple("poster", 640, 360, 1.0),
                        tuple("thumbnail", 320, 180, 0.0),
                        tuple("caption-frame", 640, 360, 1.52));
        assertThat(asset.derivatives())
                .allSatisfy(made -> assertThat(bytes(made.file())).isNotEmpty());
    }

    @Test
    void a_preview_and_a_smaller_copy_are_made_with_a_slot_and_leave_the_asset_its_file() {
        Job preview = run("bbbbbbbbbbbbbbbbbbbbbbb2", "generate-video-preview", video, Map.of("size", 200));
        assertThat(caravan.asset(preview.assetId()).derivatives())
                .singleElement()
                .satisfies(made -> {
                    assertThat(made.type()).isEqualTo("preview");
                    assertThat(made.width()).isEqualTo(200);
                    assertThat(made.duration()).isCloseTo(3, within(0.1));
                });
        Job smaller = run(
                "bbbbbbbbbbbbbbbbbbbbbbb3",
                "compress-video",
                video,
                Map.of("resolution", "480p", "allow_upscale", true, "crf_value", 35));
        Asset asset = caravan.asset(smaller.assetId());
        assertThat(asset.file()).isEqualTo(asset.source());
        assertThat(asset.derivatives()).singleElement().satisfies(made -> {
            assertThat(made.type()).isEqualTo("compressed-video-480p");
            assertThat(made.width() + "x" + made.height()).isEqualTo("854x480");
        });
        JobRequests.Wish another = new JobRequests.Wish("compress-video", Map.of("resolution", "360p"), null, null);
        end(caravan.wiring()
                .orders
                .add(asset, another, null)
                .orElseThrow()
                .jobs()
                .get(0));
        assertThat(caravan.asset(smaller.assetId()).derivatives())
                .as("members of one ladder")
                .extracting(Derivative::type)
                .containsExactlyInAnyOrder("compressed-video-480p", "compressed-video-360p");
    }

    @Test
    void sound_is_extracted_and_a_silent_video_says_that_it_has_none() {
        Job wav = run("bbbbbbbbbbbbbbbbbbbbbbb4", "extract-audio", video, Map.of());
        assertThat(caravan.asset(wav.assetId()).derivatives())
                .extracting(Derivative::type)
                .containsExactly("speech-audio");
        Job copy = run("bbbbbbbbbbbbbbbbbbbbbbb5", "extract-audio", video, Map.of("format", "copy"));
        assertThat(caravan.asset(copy.assetId()).derivatives())
                .singleElement()
                .satisfies(made -> assertThat(made.file().key()).endsWith("-audio-track.m4a"));
        Path silent = Clips.make(
                folder.resolve("silent.mp4"),
                "-f lavfi -i testsrc2=s=64x36:r=25:d=1 -c:v libx264 -preset ultrafast -pix_fmt yuv420p");
        Job refused = end(submit("bbbbbbbbbbbbbbbbbbbbbbb6", "extract-audio", put(silent), Map.of()));
        assertThat(refused.status()).isEqualTo(JobStatus.FAILED);
        assertThat(refused.error().code()).isEqualTo("NO_AUDIO_STREAM");
        assertThat(refused.retryCount()).isZero();
    }

    @Test
    void what_a_file_holds_is_shown_with_the_video() throws Exception {
        Job job = run("bbbbbbbbbbbbbbbbbbbbbbb7", "probe", video, Map.of());
        assertThat(job.steps()).containsOnlyKeys("probe", "hash", "publish");
        Map<String, Object> media = caravan.asset(job.assetId()).media();
        assertThat(media)
                .containsEntry("container", "mov")
                .containsEntry("sha256", sha256(Files.readAllBytes(clip)))
                .containsEntry("job_id", job.jobId());
        assertThat(((Number) media.get("size")).longValue()).isEqualTo(Files.size(clip));
        assertThat(((Number) media.get("bit_rate")).doubleValue())
                .isCloseTo(Files.size(clip) * 8 / 3.0, withPercentage(3));
        JsonNode shown = new ObjectMapper().valueToTree(media);
        assertThat(shown.at("/video/codec").asText()).isEqualTo("h264");
        assertThat(shown.at("/video/frame_rate").asDouble()).isEqualTo(25);
        assertThat(shown.at("/video/variable_frame_rate").asBoolean(true)).isFalse();
        assertThat(shown.at("/audio/channels").asInt()).isEqualTo(1);
        assertThat(shown.at("/languages/audio/0").asText()).isEqualTo("fra");
    }

    @Test
    void sound_alone_is_probed_as_well() {
        Path wav = Clips.make(folder.resolve("sound.wav"), "-f lavfi -i sine=d=1:r=44100 -c:a pcm_s16le");
        Map<String, Object> media = caravan.asset(run("bbbbbbbbbbbbbbbbbbbbbbb8", "probe", put(wav), Map.of())
                        .assetId())
                .media();
        assertThat(media)
                .containsEntry("container", "wav")
                .doesNotContainKey("video")
                .containsKey("audio");
    }

    @Test
    void a_picture_is_probed_by_its_header() {
        Path png = Clips.make(folder.resolve("picture.png"), "-f lavfi -i testsrc2=s=120x80 -frames:v 1 -pix_fmt rgba");
        Map<String, Object> media = caravan.asset(run("bbbbbbbbbbbbbbbbbbbbbbb9", "probe", put(png), Map.of())
                        .assetId())
                .media();
        assertThat(media).containsEntry("container", "png").doesNotContainKeys("video", "audio", "bit_rate");
        assertThat(new TreeMap<>((Map<?, ?>) media.get("picture")).toString())
                .isEqualTo("{alpha=true, cmyk=false, coded_height=80, coded_width=120, height=80, orientation=1,"
                        + " profiled=false, width=120}");
    }

    private Job run(String assetId, String pipeline, MediaFile file, Map<String, Object> parameters) {
        Job job = end(submit(assetId, pipeline, file, parameters));
        assertThat(job.status()).as("%s", job.error()).isEqualTo(JobStatus.COMPLETED);
        return job;
    }

    private String submit(String assetId, String pipeline, MediaFile file, Map<String, Object> parameters) {
        return caravan.submit(pipeline, Priority.NORMAL, "default", assetId, file, parameters);
    }

    private Job end(String id) {
        return Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> caravan.job(id), job -> job.status()
                .ended());
    }

    private MediaFile put(Path file) {
        String key = "uploads/" + file.getFileName();
        PutObjectResponse put =
                s3().putObject(request -> request.bucket(bucket()).key(key), RequestBody.fromFile(file));
        return new MediaFile(
                bucket(),
                key,
                put.eTag().replace("\"", ""),
                file.toFile().length(),
                "video/mp4",
                file.getFileName().toString());
    }

    private byte[] bytes(MediaFile file) {
        return s3().getObjectAsBytes(request -> request.bucket(bucket()).key(file.key()))
                .asByteArray();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private S3Client s3() {
        return caravan.wiring().clients.s3();
    }

    private String bucket() {
        return caravan.property("caravan.s3.bucket");
    }
}
