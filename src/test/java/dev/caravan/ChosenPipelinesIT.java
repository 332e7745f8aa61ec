package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.AssetType;
import dev.caravan.asset.Derivative;
import dev.caravan.intake.JobRequests;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.media.Clips;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
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

/** Uploads take the pipelines that the real choose-pipeline names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChosenPipelinesIT {
    @TempDir
    static Path folder;

    private TestCaravan caravan;

    @BeforeAll
    void start() throws IOException {
        caravan = TestCaravan.prepareOnSharedBucket()
                .change(
                        "camel.main.routes-include-pattern",
                        "classpath:routes/ingest/*.camel.yaml,classpath:routes/pipelines/*.camel.yaml,"
                                + "classpath:routes/jobs/*.camel.yaml,classpath:routes/api/*.camel.yaml,file:"
                                + guide());
        caravan.start();
    }

    @AfterAll
    void stop() {
        caravan.close();
    }

    @Test
    void a_video_is_standardised_and_gets_stills_and_a_preview() {
        Asset asset = upload("clip.mov", "-f lavfi -i testsrc2=s=320x180:r=25:d=3 -f lavfi -i sine=d=3 -shortest");
        assertThat(asset.type()).isEqualTo(AssetType.VIDEO);
        assertThat(asset.derivatives())
                .extracting(Derivative::type)
                .containsExactlyInAnyOrder("standard-video", "poster", "thumbnail", "preview");
        assertThat(asset.resolution()).isEqualTo("1080x1920");
    }

    /** The pipeline of the guide for integrators, as it stands there. */
    private static Path guide() throws IOException {
        String page = Files.readString(Path.of("docs/integrators.md"));
        int from = page.indexOf("```yaml\n") + "```yaml\n".length();
        return Files.writeString(
                folder.resolve("square-preview.camel.yaml"), page.substring(from, page.indexOf("```", from)));
    }

    @Test
    void the_example_of_the_guide_adds_a_derivative_and_leaves_the_upload_as_it_is() {
        Asset before = upload("guide.mp4", "-f lavfi -i testsrc2=s=320x180:r=25:d=2");
        String job = caravan.wiring()
                .orders
                .add(before, new JobRequests.Wish("square-preview", Map.of(), null, null), null)
                .orElseThrow()
                .jobs()
                .get(0);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> caravan.job(job).status().ended());
        assertThat(caravan.job(job).status()).isEqualTo(JobStatus.COMPLETED);
        Asset after = caravan.asset(before.assetId());
        assertThat(after.file()).isEqualTo(before.file());
        assertThat(after.resolution()).isEqualTo(before.resolution());
        assertThat(after.derivatives())
                .containsAll(before.derivatives())
                .hasSize(before.derivatives().size() + 1);
        assertThat(after.derivatives())
                .filteredOn(derivative -> derivative.type().equals("square-video"))
                .extracting(Derivative::width, Derivative::height)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(480, 480));
    }

    @Test
    void a_picture_gets_three_sizes() {
        Asset asset = upload("picture.png", "-f lavfi -i testsrc2=s=2000x1500 -frames:v 1");
        assertThat(asset.type()).isEqualTo(AssetType.IMAGE);
        assertThat(asset.derivatives())
                .extracting(Derivative::type)
                .containsExactlyInAnyOrder("thumbnail", "medium", "large");
    }

    @Test
    void sound_gets_a_waveform() {
        Asset asset = upload("tone.mp3", "-f lavfi -i sine=d=3");
        assertThat(asset.type()).isEqualTo(AssetType.AUDIO);
        assertThat(asset.derivatives())
                .extracting(Derivative::type)
                .containsExactlyInAnyOrder("waveform", "waveform-peaks");
    }

    /** The asset when all of its jobs have ended. */
    private Asset upload(String name, String source) {
        Path file = Clips.make(folder.resolve(name), source);
        String id = SharedUploads.put(caravan.s3(), caravan.property("caravan.s3.bucket"), caravan.key(name), file);
        List<Job> jobs = Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .until(
                        () -> SharedUploads.jobs(caravan, id),
                        found -> !found.isEmpty()
                                && found.stream().allMatch(job -> job.status().ended()));
        assertThat(jobs).extracting(Job::status).containsOnly(JobStatus.COMPLETED);
        Asset asset = caravan.asset(id);
        assertThat(asset.status()).isEqualTo(AssetStatus.READY);
        asset.derivatives().forEach(derivative -> assertThat(streamed(id, derivative.type()))
                .as(derivative.type())
                .isEqualTo(derivative.file().size()));
        return asset;
    }

    /** Bytes behind the link. */
    private long streamed(String id, String type) {
        URI link = URI.create(caravan.caravan().apiUrl() + "/api/stream/" + id + "?type=" + type);
        try {
            HttpResponse<byte[]> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).as(type).isEqualTo(200);
            return answer.body().length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
