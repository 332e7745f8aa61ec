package dev.caravan.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.TestCaravan;
import dev.caravan.TestMedia;
import dev.caravan.asset.AssetId;
import dev.caravan.job.Job;
import dev.caravan.local.Clients;
import dev.caravan.local.SharedCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * One Caravan in parts: API and reconciler here, workers in processes of their own, on the cloud of this JVM. Has clients that
 * see what is really there, whatever stands between the parts and the cloud.
 */
final class Fleet implements AutoCloseable {
    /** Short enough that a test can wait for it, long enough for a machine that does too much at once. */
    static final Duration LEASE = Duration.ofSeconds(5);

    static final Map<String, String> MEDIA = Map.of(
            "camel.main.routes-include-pattern",
            TestCaravan.INGEST + ",classpath:routes/pipelines/*.camel.yaml,"
                    + "classpath:routes/jobs/*.camel.yaml,classpath:routes/api/*.camel.yaml",
            "caravan.reconciler.compare-interval",
            "3s",
            "caravan.worker.slots",
            "1");

    final Path folder;
    final TestCaravan front;
    final FfmpegScript ffmpeg;
    final S3Client s3;
    final DynamoDbClient dynamo;
    final WrittenOnce outputs;
    private final Map<String, String> settings = new HashMap<>();
    private final List<WorkerProcess> workers = new ArrayList<>();
    private int started;

    /**
     * @param name of the folder under {@code target/faults} in which the logs of its parts stay
     * @param changes of settings, for all parts
     */
    Fleet(String name, Map<String, String> changes) {
        folder = folder(name);
        Clients clients = new Clients(SharedCloud.get().properties());
        s3 = clients.s3();
        dynamo = clients.dynamoDb();
        front = TestCaravan.prepareOnSharedBucket()
                .change("caravan.roles", "api,reconciler")
                .change("caravan.worker.lease", LEASE.toSeconds() + "s");
        MEDIA.forEach(front::change);
        changes.forEach(front::change);
        ffmpeg = new FfmpegScript(folder.resolve("ffmpeg"));
        settings.putAll(front.properties());
        settings.put("caravan.ffmpeg.binary", ffmpeg.program().toString());
        settings.remove("caravan.temp");
        outputs = new WrittenOnce(s3, bucket());
        front.start();
    }

    private static Path folder(String name) {
        try {
            Path all = Files.createDirectories(Path.of("target", "faults").toAbsolutePath());
            return Files.createTempDirectory(all, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A setting of the workers that are started from now on. */
    void change(String property, String value) {
        settings.put(property, value);
    }

    WorkerProcess worker() {
        return worker(folder.resolve("worker-" + ++started));
    }

    /** The next worker in the folder of an earlier one. */
    WorkerProcess worker(Path home) {
        WorkerProcess worker = WorkerProcess.start(home, settings);
        workers.add(worker);
        return worker;
    }

    /** A worker that takes jobs. */
    WorkerProcess readyWorker() {
        WorkerProcess worker = worker();
        await(180, "the worker takes jobs", worker::ready);
        return worker;
    }

    List<WorkerProcess> alive() {
        return workers.stream().filter(WorkerProcess::alive).toList();
    }

    Path clip(double seconds) {
        return TestMedia.clip(folder, "clip-" + seconds + ".mp4", seconds);
    }

    /** Returns the id of the asset that it will be. */
    String upload(String name, Path file) {
        String key = front.key(name);
        s3.putObject(request -> request.bucket(bucket()).key(key), RequestBody.fromFile(file));
        HeadObjectResponse head =
                s3.headObject(request -> request.bucket(bucket()).key(key));
        return AssetId.of(bucket(), key, head.versionId(), head.eTag().replace("\"", ""), head.lastModified());
    }

    String bucket() {
        return front.property("caravan.s3.bucket");
    }

    Evidence evidence() {
        return Evidence.of(dynamo, front.property("caravan.name") + "-jobs");
    }

    /** The job on the asset; the only one, as tests here want it. */
    Optional<Job> jobOn(String assetId) {
        return evidence().jobs().values().stream()
                .filter(job -> job.assetId().equals(assetId))
                .findFirst();
    }

    Job awaitJob(String assetId, int seconds, Predicate<Job> state) {
        await(seconds, "the job on " + assetId, () -> jobOn(assetId)
                .filter(state)
                .isPresent());
        return jobOn(assetId).orElseThrow();
    }

    /** Waits until every upload has one job and all jobs have ended. */
    Evidence awaitAll(int seconds, Collection<String> uploads) {
        await(seconds, "all jobs end", () -> {
            Evidence now = evidence();
            return now.jobs().size() >= uploads.size() && now.unfinished() == 0;
        });
        Evidence evidence = evidence();
        assertThat(evidence.jobs().values())
                .as("one job for each upload")
                .extracting(Job::assetId)
                .containsExactlyInAnyOrderElementsOf(uploads);
        return evidence;
    }

    /** All outputs of the asset's jobs. */
    List<String> outputsOf(String assetId) {
        return s3
                .listObjectsV2Paginator(request -> request.bucket(bucket()).prefix("media/default/" + assetId + "/"))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    static void await(int seconds, String what, Callable<Boolean> condition) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(seconds))
                .pollInterval(Duration.ofMillis(250))
                .until(condition);
    }

    /** Lets time pass in which faults take their course. */
    static void pass(Duration time) {
        try {
            new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** All processes end, whatever else goes wrong. */
    @Override
    public void close() {
        workers.forEach(WorkerProcess::close);
        outputs.close();
        ffmpeg.close();
        front.close();
        s3.close();
        dynamo.close();
    }
}
