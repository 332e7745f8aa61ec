package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Priority;
import dev.caravan.media.Clips;
import dev.caravan.redis.RedisGate;
import dev.caravan.storage.MediaFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one process learns of another's jobs, with Redis, without it, and while it goes and comes. */
class TwoProcessesIT {
    private static final Duration SOON = Duration.ofSeconds(2);

    @TempDir
    static Path folder;

    private final RedisGate redis = new RedisGate();
    private final CountDownLatch curtain = new CountDownLatch(1);
    private TestCaravan worker;
    private TestCaravan other;

    @AfterEach
    void stop() {
        curtain.countDown();
        if (other != null) {
            other.close();
        }
        worker.close();
        redis.close();
    }

    private void start(TestCaravan prepared, String url) {
        worker = prepared.change("caravan.redis.url", url);
        worker.start();
        worker.change("caravan.roles", "api");
        other = worker.twin();
    }

    private void start(String url) {
        start(TestCaravan.prepare(TestCaravan.WITH_API), url);
        worker.stage.set("second", (exchange, step) -> curtain.await(60, TimeUnit.SECONDS));
    }

    private void awaitLinks(boolean up) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        worker.wiring().redis.up() == up && other.wiring().redis.up() == up);
    }

    private Tap follow(String job) {
        return Tap.open(other, "/api/v1/jobs/" + job + "/events");
    }

    @Test
    void events_and_progress_of_another_process_come_through_redis() {
        start(redis.url());
        awaitLinks(true);
        CountDownLatch half = new CountDownLatch(1);
        worker.stage.set("second", (exchange, step) -> {
            half.await(30, TimeUnit.SECONDS);
            step.progress(0.5);
            curtain.await(30, TimeUnit.SECONDS);
        });
        try (Tap feed = Tap.open(other, "/api/v1/events?kind=status")) {
            assertThat(feed.answer().statusCode()).isEqualTo(200);
            String job = worker.submit("three-acts");
            worker.await(job, found -> "second".equals(found.currentStep()));
            try (Tap tap = follow(job)) {
                tap.await("snapshot");
                half.countDown();
                tap.await("progress");
                curtain.countDown();
                tap.awaitEnd();
                assertThat(tap.kept()).containsExactly("snapshot", "step-done", "completed");
            }
            feed.await("completed");
            assertThat(feed.kept()).containsExactly("accepted", "completed");
        }
    }

    @Test
    void without_redis_the_records_are_read() {
        start("");
        String job = worker.submit("three-acts");
        worker.await(job, found -> "second".equals(found.currentStep()));
        try (Tap tap = follow(job);
                Tap feed = Tap.open(other, "/api/v1/events?kind=status")) {
            tap.await("snapshot");
            assertThat(feed.answer().statusCode()).isEqualTo(200);
            curtain.countDown();
            tap.awaitEnd();
            assertThat(tap.kept()).containsExactly("snapshot", "step-done", "completed");
            feed.await("completed");
        }
    }

    @Test
    void nothing_is_lost_or_told_twice_when_redis_goes_in_the_middle_and_comes_back() {
        start(redis.url());
        awaitLinks(true);
        CountDownLatch third = new CountDownLatch(1);
        worker.stage.set("third", (exchange, step) -> third.await(60, TimeUnit.SECONDS));
        String job = worker.submit("three-acts");
        try (Tap tap = follow(job)) {
            tap.await("snapshot");
            redis.shut();
            curtain.countDown();
            tap.await(event -> event.name().equals("step-done")
                    && event.data().path("step").asText().equals("second"));
            redis.reopen();
            awaitLinks(true);
            third.countDown();
            tap.awaitEnd();
            List<String> ids = tap.events().stream()
                    .map(Tap.Event::id)
                    .filter(id -> id != null)
                    .toList();
            assertThat(ids).isSorted().doesNotHaveDuplicates();
            assertThat(tap.kept()).endsWith("step-done", "completed");
        }
    }

    @Test
    void a_wait_in_another_process_ends_with_the_job() {
        start(redis.url());
        awaitLinks(true);
        String job = worker.submit("three-acts");
        worker.await(job, found -> "second".equals(found.currentStep()));
        Thread waits = new Thread(() -> other.wiring().waits.untilEnd(job, Duration.ofSeconds(30)));
        waits.start();
        curtain.countDown();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> !waits.isAlive());
        assertThat(worker.job(job).status().ended()).isTrue();
    }

    @Test
    void ffmpeg_is_gone_two_seconds_after_its_job_was_cancelled_elsewhere() throws IOException {
        start(TestCaravan.prepareOnSharedBucket(), redis.url());
        awaitLinks(true);
        cancelWhileEncoding();
    }

    @Test
    void without_redis_it_is_gone_as_soon() throws IOException {
        start(TestCaravan.prepareOnSharedBucket(), "");
        cancelWhileEncoding();
    }

    @Test
    void an_encoding_tells_how_fast_it_is_and_never_goes_back() throws IOException {
        start(TestCaravan.prepareOnSharedBucket(), redis.url());
        awaitLinks(true);
        String job = encode(clip("short.mp4", 10));
        try (Tap tap = follow(job)) {
            tap.awaitEnd(Duration.ofMinutes(2));
            List<JsonNode> progress = tap.events().stream()
                    .filter(event -> event.type().equals("progress"))
                    .map(Tap.Event::data)
                    .toList();
            assertThat(progress.stream()
                            .map(data -> data.path("progress_percentage").asInt()))
                    .isSorted();
            List<JsonNode> paced =
                    progress.stream().filter(data -> data.has("speed")).toList();
            assertThat(paced).isNotEmpty().allSatisfy(data -> {
                assertThat(data.path("speed").asDouble()).isBetween(0.001, 1_000.0);
                assertThat(data.path("remaining_seconds").asDouble())
                        .isLessThanOrEqualTo(10 / data.path("speed").asDouble() + 1);
            });
            assertThat(worker.job(job).pace()).isNull();
        }
    }

    private void cancelWhileEncoding() throws IOException {
        String job = encode(clip("long.mp4", 30));
        worker.await(job, found -> "convert".equals(found.currentStep()) && found.pace() != null);
        assertThat(encoders(job)).isPositive();
        other.wiring().cancellation.cancel(job, "a test");
        Awaitility.await().atMost(SOON).pollInterval(Duration.ofMillis(50)).until(() -> encoders(job) == 0);
        assertThat(worker.job(job).status()).isEqualTo(JobStatus.CANCELLED);
        Awaitility.await().atMost(SOON).until(() -> partialFiles(job) == 0);
    }

    private String encode(Path clip) throws IOException {
        MediaFile file = new Footage(worker).put(Files.readAllBytes(clip), "clip.mp4", "video/mp4", "clip.mp4");
        String asset = UUID.randomUUID().toString().replace("-", "").substring(0, 24);
        return worker.submit("standardize-video", Priority.NORMAL, "default", asset, file);
    }

    private static Path clip(String name, int seconds) {
        return Clips.make(
                folder.resolve(name),
                "-f lavfi -i testsrc2=size=640x360:rate=30:duration=" + seconds + " -c:v libx264 -preset ultrafast");
    }

    private long partialFiles(String job) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(worker.property("caravan.temp")))) {
            return files.filter(file -> file.getFileName().toString().startsWith(job))
                    .count();
        }
    }

    private static long encoders(String job) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(job))
                .filter(process -> process.info().command().orElse("").endsWith("ffmpeg"))
                .count();
    }
}
