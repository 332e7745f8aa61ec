package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.asset.AssetStatus;
import dev.caravan.failure.StepException;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Priority;
import dev.caravan.storage.MediaFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;

/** Jobs that are cancelled while they run: what is gone, and how soon. */
class CancelIT {
    private static final Duration SOON = Duration.ofSeconds(2);

    @TempDir
    static Path folder;

    private TestCaravan test;

    @AfterEach
    void stop() {
        test.close();
    }

    @Test
    void of_a_job_that_encodes_neither_process_nor_file_is_left_after_two_seconds() {
        test = TestCaravan.start(Map.of("caravan.ffmpeg.preset", "slow"));
        Path clip = TestMedia.clip(folder, "long.mp4", 15);
        String etag = test.clients()
                .s3()
                .putObject(request -> request.bucket(bucket()).key("uploads/long.mp4"), RequestBody.fromFile(clip))
                .eTag();
        MediaFile file = new MediaFile(
                bucket(),
                "uploads/long.mp4",
                etag.replace("\"", ""),
                clip.toFile().length(),
                "video/mp4",
                "long.mp4");
        String id = test.submit("standardize-video", Priority.NORMAL, "default", "aaaaaaaaaaaaaaaaaaaaaaa9", file);
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .until(() -> !ffmpeg(id).isEmpty() && !partial(id).isEmpty());
        test.wiring().cancellation.cancel(id, "the wrong file");
        Awaitility.await()
                .atMost(SOON)
                .until(() -> ffmpeg(id).isEmpty() && workspaces(id).isEmpty());
        Job job = test.job(id);
        assertThat(job.status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(test.asset(job.assetId()).status()).isEqualTo(AssetStatus.FAILED);
        assertThat(test.asset(job.assetId()).error().code()).isEqualTo("CANCELLED");
        assertThat(test.wiring().counts.totals())
                .containsEntry("video_failed", 1L)
                .containsEntry("video_processing", 0L);
    }

    @Test
    void what_a_cancelled_run_stored_and_did_not_record_is_removed() throws InterruptedException {
        // The collector would judge the other run's.
        test = TestCaravan.prepare(TestCaravan.ENGINE_ONLY).change("caravan.roles", "worker");
        test.start();
        CountDownLatch stored = new CountDownLatch(1);
        test.stage.set("second", (exchange, step) -> {
            String key =
                    "media/%s/%s/%s/second-%d.mp4".formatted(step.owner(), step.assetId(), step.jobId(), step.fence());
            put(key);
            put(key.replace("second-", "other-9"));
            CountDownLatch killed = new CountDownLatch(1);
            step.onAbort(killed::countDown);
            stored.countDown();
            killed.await();
            throw new IllegalStateException("killed");
        });
        String id = test.submit("three-acts");
        assertThat(stored.await(20, TimeUnit.SECONDS)).isTrue();
        test.wiring().cancellation.cancel(id, "the wrong file");
        Awaitility.await().atMost(SOON).until(() -> objects(id).size() == 1);
        assertThat(objects(id))
                .as("of another run, which is not ours to judge")
                .allMatch(key -> key.contains("other-9"));
    }

    @Test
    void between_two_attempts_the_workspace_goes_at_once() {
        test = TestCaravan.prepare(TestCaravan.ENGINE_ONLY).change("caravan.retry.delay", "4500");
        test.start();
        test.stage.set("first", (exchange, step) -> {
            throw StepException.transientFailure("NOT_TODAY", "It does not work", "Come back tomorrow");
        });
        String id = test.submit("three-acts");
        test.await(id, job -> job.status() == JobStatus.RETRYING);
        Awaitility.await().until(() -> !workspaces(id).isEmpty());
        test.wiring().cancellation.cancel(id, "enough");
        Awaitility.await().atMost(Duration.ofSeconds(1)).until(() -> workspaces(id)
                .isEmpty());
        assertThat(test.stage.notes("first")).hasSize(1);
    }

    private void put(String key) {
        test.clients().s3().putObject(request -> request.bucket(bucket()).key(key), RequestBody.fromString("half"));
    }

    private List<String> objects(String jobId) {
        String folder = "media/default/" + test.job(jobId).assetId() + "/";
        return test
                .clients()
                .s3()
                .listObjectsV2(request -> request.bucket(bucket()).prefix(folder))
                .contents()
                .stream()
                .map(object -> object.key())
                .toList();
    }

    private String bucket() {
        return test.property("caravan.s3.bucket");
    }

    private static List<ProcessHandle> ffmpeg(String id) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(id))
                .toList();
    }

    private List<Path> workspaces(String id) {
        try (Stream<Path> all = Files.list(Path.of(test.property("caravan.temp")))) {
            return all.filter(path -> path.getFileName().toString().startsWith(id))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> partial(String id) {
        return workspaces(id).stream()
                .flatMap(path -> list(path).stream())
                .filter(path -> path.toString().contains("output-"))
                .toList();
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
