package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.Derivative;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Priority;
import dev.caravan.job.StepStatus;
import dev.caravan.media.Clips;
import dev.caravan.storage.MediaFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** Jobs of generate-thumbnails and generate-waveform, from an object in S3 to the derivatives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PicturesAndSoundJobIT {
    @TempDir
    static Path folder;

    private TestCaravan caravan;
    private int jobs;

    @BeforeAll
    void start() {
        caravan = TestCaravan.prepare(Map.of());
        caravan.start();
    }

    @AfterAll
    void stop() {
        caravan.close();
    }

    @Test
    void a_picture_gets_three_derivatives_and_stays_what_it_is() {
        Path file = Clips.make(folder.resolve("photo.jpg"), "-f lavfi -i testsrc2=s=1600x1200 -frames:v 1");
        Job job = run("generate-thumbnails", Priority.HIGH, file, "image/jpeg");
        assertThat(job.status()).as("%s", job.error()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.steps()).containsOnlyKeys("thumbnails", "publish");
        Asset asset = caravan.asset(job.assetId());
        assertThat(asset.status()).isEqualTo(AssetStatus.READY);
        assertThat(asset.file().key()).isEqualTo("uploads/photo.jpg");
        assertThat(asset.derivatives())
                .extracting(Derivative::type, Derivative::width, Derivative::height)
                .containsExactly(tuple("large", 1440, 1080), tuple("medium", 800, 600), tuple("thumbnail", 150, 150));
        assertThat(asset.derivatives()).allSatisfy(derivative -> {
            assertThat(derivative.sha256()).hasSize(64);
            assertThat(derivative.file().key())
                    .isEqualTo("media/default/%s/%s/thumbnails-1-%s.jpg"
                            .formatted(asset.assetId(), job.jobId(), derivative.type()));
        });
    }

    @Test
    void what_only_claims_to_be_a_picture_is_a_dead_letter_at_once() {
        Path file = Clips.make(folder.resolve("video.mp4"), "-f lavfi -i testsrc2=s=64x64:d=1");
        Job job = run("generate-thumbnails", Priority.HIGH, file, "image/jpeg");
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.error().code()).isEqualTo("TYPE_MISMATCH");
        assertThat(job.retryCount()).isZero();
    }

    @Test
    void sound_gets_a_drawing_and_its_peaks() {
        Path file = Clips.make(folder.resolve("tone.mp3"), "-f lavfi -i sine=d=2");
        Job job = run("generate-waveform", Priority.LOW, file, "audio/mpeg");
        assertThat(job.status()).as("%s", job.error()).isEqualTo(JobStatus.COMPLETED);
        assertThat(caravan.asset(job.assetId()).derivatives())
                .extracting(Derivative::type)
                .containsExactly("waveform", "waveform-peaks");
    }

    @Test
    void a_silent_video_completes_without_a_waveform() {
        Path file = Clips.corners(folder.resolve("mute.mp4"));
        Job job = run("generate-waveform", Priority.LOW, file, "video/mp4");
        assertThat(job.status()).as("%s", job.error()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.steps().get("waveform").status()).isEqualTo(StepStatus.SKIPPED);
        assertThat(caravan.asset(job.assetId()).derivatives()).isNullOrEmpty();
    }

    private Job run(String pipeline, Priority priority, Path file, String contentType) {
        String bucket = caravan.property("caravan.s3.bucket");
        String key = "uploads/" + file.getFileName();
        String etag = caravan.s3()
                .putObject(request -> request.bucket(bucket).key(key), RequestBody.fromFile(file))
                .eTag()
                .replace("\"", "");
        MediaFile source = new MediaFile(
                bucket,
                key,
                etag,
                file.toFile().length(),
                contentType,
                file.getFileName().toString());
        String id = caravan.submit(pipeline, priority, "default", "%024x".formatted(++jobs), source);
        return Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> caravan.job(id), job -> job.status()
                .ended());
    }
}
