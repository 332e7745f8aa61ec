package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.asset.Derivative;
import dev.caravan.failure.Refusal;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Priority;
import dev.caravan.media.Clips;
import dev.caravan.media.Result;
import dev.caravan.storage.MediaFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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

/** The shipped pipelines that are YAML alone, from an object in S3 to the derivative. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PipelinesWithoutJavaIT {
    @TempDir
    static Path folder;

    private TestCaravan caravan;
    private Path grey;
    private Path moving;
    private int jobs;

    @BeforeAll
    void start() {
        caravan = TestCaravan.prepare(Map.of("caravan.ffmpeg.preset", "ultrafast"));
        caravan.start();
        grey = Clips.make(
                folder.resolve("grey.mp4"),
                "-f lavfi -i color=0x404040:s=640x360:r=25:d=4 -f lavfi -i sine=d=4 -pix_fmt yuv420p -c:a aac -ac 2");
        moving = Clips.make(folder.resolve("moving.mp4"), "-f lavfi -i testsrc2=s=640x360:r=25:d=3 -pix_fmt yuv420p");
    }

    @AfterAll
    void stop() {
        caravan.close();
    }

    @Test
    void a_watermark_is_seen_in_its_corner_and_nowhere_else() {
        Result result = derivative("watermark", grey, Map.of(), "watermarked-video");
        assertThat(result.facts("v", "stream=codec_name,width,height")).isEqualTo("h264,640,360");
        assertThat(result.facts("a", "stream=codec_name,channels")).isEqualTo("aac,2");
        assertThat(brightest(result, 488, 300)).isGreaterThan(180);
        assertThat(brightest(result, 8, 300)).isLessThan(90);
    }

    @Test
    void a_clip_has_the_length_that_the_job_asks_for() {
        Result clip = derivative("clip", grey, Map.of("from", 1, "to", 2.5), "clip");
        assertThat(clip.duration("v")).isCloseTo(1.5, within(0.05));
        assertThat(clip.duration("a")).isCloseTo(1.5, within(0.05));
    }

    @Test
    void a_clip_ends_with_its_source() {
        assertThat(derivative("clip", grey, Map.of("from", 3), "clip").duration("v"))
                .isCloseTo(1, within(0.05));
    }

    @Test
    void a_clip_from_behind_the_end_is_a_dead_letter_that_says_so() {
        Job job = run("clip", grey, Map.of("from", 9));
        assertThat(job.error().code()).isEqualTo("SPAN_OUTSIDE");
        assertThat(job.retryCount()).isZero();
    }

    @Test
    void values_of_a_job_are_bounded_before_it_is_accepted() {
        assertThatThrownBy(() -> caravan.wiring().catalog.check("clip", Map.of("from", "1;2"), null))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("from is '1;2'; it must be a number from 0 to 43200");
        assertThatThrownBy(() -> caravan.wiring().catalog.check("watermark", Map.of("logo", "file:/etc/passwd"), null))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("logo is 'file:/etc/passwd'");
    }

    @Test
    void a_job_names_its_logo_as_a_public_url_or_as_an_asset_of_its_owner() {
        Path red = Clips.make(folder.resolve("red.png"), "-f lavfi -i color=red:s=64x32 -frames:v 1");
        Job image = run("watermark", red, Map.of());
        Result result = derivative("watermark", grey, Map.of("logo", "asset:" + image.assetId()), "watermarked-video");
        assertThat(result.frame(1).colour(550, 320)).isEqualTo('R');
        assertThat(run("watermark", grey, Map.of("logo", "asset:nobody"))
                        .error()
                        .code())
                .isEqualTo("INPUT_GONE");
        assertThat(run("watermark", grey, Map.of("logo", "http://127.0.0.1:1/logo.png"))
                        .error()
                        .code())
                .isEqualTo("URL_REFUSED");
    }

    @Test
    void a_logo_that_is_a_playlist_is_refused() throws IOException {
        Path playlist = Files.writeString(folder.resolve("list.m3u8"), "#EXTM3U\n/etc/passwd\n");
        Job list = run("watermark", playlist, Map.of());
        Job job = run("watermark", grey, Map.of("logo", "asset:" + list.assetId()));
        assertThat(job.error().code()).isEqualTo("INPUT_REFUSED");
        assertThat(job.error().message()).contains("an HLS playlist");
    }

    @Test
    void an_animated_preview_is_a_gif_or_a_webp() {
        Result gif = derivative("animated-preview", grey, Map.of(), "animated-preview");
        assertThat(gif.facts("v", "stream=codec_name,width")).isEqualTo("gif,320");
        Job job = run("animated-preview", moving, Map.of("format", "webp", "to", 2));
        assertThat(job.status()).as("%s", job.error()).isEqualTo(JobStatus.COMPLETED);
        Derivative webp = made(job, "animated-preview");
        assertThat(webp.file().key()).endsWith(".webp");
        assertThat(webp.width()).isEqualTo(320);
        assertThat(webp.duration()).isCloseTo(2, within(0.1));
    }

    @Test
    void the_sound_is_copied_as_mp3_or_opus() {
        Result mp3 = derivative("audio-copy", grey, Map.of(), "audio-copy");
        assertThat(mp3.facts("a", "stream=codec_name,channels")).isEqualTo("mp3,2");
        Result opus = derivative("audio-copy", grey, Map.of("format", "opus", "bitrate", 64), "audio-copy");
        assertThat(opus.facts("a", "stream=codec_name")).isEqualTo("opus");
    }

    private static int brightest(Result result, int left, int top) {
        Result.Frame frame = result.frame(1);
        int brightest = 0;
        for (int x = left; x < left + 128; x++) {
            for (int y = top; y < top + 32; y++) {
                brightest = Math.max(brightest, frame.brightness(x, y));
            }
        }
        return brightest;
    }

    private Result derivative(String pipeline, Path file, Map<String, Object> parameters, String type) {
        Job job = run(pipeline, file, parameters);
        assertThat(job.status()).as("%s", job.error()).isEqualTo(JobStatus.COMPLETED);
        return new Result(download(made(job, type).file()));
    }

    private Derivative made(Job job, String type) {
        return caravan.asset(job.assetId()).derivatives().stream()
                .filter(derivative -> derivative.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private Job run(String pipeline, Path file, Map<String, Object> parameters) {
        String asset = "%024x".formatted(++jobs);
        String id = caravan.submit(pipeline, Priority.HIGH, "default", asset, put(file), parameters);
        return Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> caravan.job(id), job -> job.status()
                .ended());
    }

    private MediaFile put(Path file) {
        String bucket = caravan.property("caravan.s3.bucket");
        String key = "uploads/" + file.getFileName();
        String etag = caravan.s3()
                .putObject(request -> request.bucket(bucket).key(key), RequestBody.fromFile(file))
                .eTag();
        return new MediaFile(
                bucket,
                key,
                etag.replace("\"", ""),
                file.toFile().length(),
                "video/mp4",
                file.getFileName().toString());
    }

    private Path download(MediaFile file) {
        Path local = folder.resolve(file.key().replace('/', '_'));
        byte[] bytes = caravan.s3()
                .getObjectAsBytes(request -> request.bucket(file.bucket()).key(file.key()))
                .asByteArray();
        try {
            return Files.write(local, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
