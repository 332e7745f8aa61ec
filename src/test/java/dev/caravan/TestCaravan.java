package dev.caravan;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.AssetType;
import dev.caravan.asset.Assets;
import dev.caravan.control.Deletion;
import dev.caravan.intake.Intake;
import dev.caravan.job.Counters;
import dev.caravan.job.Job;
import dev.caravan.job.JobFields;
import dev.caravan.job.Jobs;
import dev.caravan.job.Lease;
import dev.caravan.job.Priority;
import dev.caravan.job.ReadyQueue;
import dev.caravan.job.Removal;
import dev.caravan.json.Timestamps;
import dev.caravan.local.SharedCloud;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.records.Write;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A whole Caravan on the shared embedded cloud, with names of its own, so that tests do not see each other. Has the tests'
 * pipelines beside the real ones, and encodes fast rather than well.
 */
public final class TestCaravan implements AutoCloseable {
    /** The engine with the tests' own pipelines, without any media: a start does not ask FFmpeg what it can. */
    public static final Map<String, String> ENGINE_ONLY = Map.of(
            "camel.main.routes-include-pattern",
            "classpath:routes/jobs/*.camel.yaml,classpath:routes/acts/*.camel.yaml",
            "caravan.ffmpeg.binary",
            "true",
            "caravan.ffmpeg.jail",
            "false");

    /** What takes uploads in; a video is standardised, and nothing else happens to it. */
    public static final String INGEST = Stream.of(
                    "ingest/check-upload", "ingest/complete-upload", "ingest/s3-events", "ingest/uploads", "alone/*")
            .map("classpath:routes/%s.camel.yaml"::formatted)
            .collect(Collectors.joining(","));

    /** The engine, and the API in front of it. */
    public static final Map<String, String> WITH_API = Map.of(
            "camel.main.routes-include-pattern",
            ENGINE_ONLY.get("camel.main.routes-include-pattern")
                    + ",classpath:routes/ingest/check-upload.camel.yaml,classpath:routes/ingest/complete-upload.camel.yaml,"
                    + "classpath:routes/alone/*.camel.yaml,"
                    + "classpath:routes/api/*.camel.yaml");

    public final Stage stage = new Stage();
    private final Map<String, String> properties;
    private Clock clock = Clock.systemUTC();
    private UnaryOperator<CloudClients> between = clients -> clients;
    private Caravan caravan;

    private TestCaravan(Map<String, String> properties) {
        this.properties = properties;
    }

    public static TestCaravan start(Map<String, String> changes) {
        TestCaravan test = prepare(changes);
        test.start();
        return test;
    }

    /**
     * One whose bucket is the shared one, so that S3 announces its uploads; they lie under a prefix of its own.
     */
    public static TestCaravan prepareOnSharedBucket() {
        Map<String, String> cloud = SharedCloud.get().properties();
        String prefix = "t" + UUID.randomUUID().toString().substring(0, 8) + "/uploads/";
        return prepare(Map.of(
                "caravan.s3.bucket",
                cloud.get("caravan.s3.bucket"),
                "caravan.queue.events",
                "caravan-s3-events",
                "caravan.ingest.prefixes",
                prefix));
    }

    /** Everything but running. */
    public static TestCaravan prepare(Map<String, String> changes) {
        String name = "t" + UUID.randomUUID().toString().substring(0, 8);
        Map<String, String> properties = new HashMap<>(SharedCloud.get().properties());
        properties.put("caravan.name", name);
        properties.put("caravan.temp", folder(name).toString());
        // A developer's own pipelines are not the tests'.
        properties.put("caravan.pipelines", "");
        properties.put("caravan.http.port", "0");
        properties.put("caravan.shutdown.grace", "1s");
        properties.put("caravan.retry.delay", "100");
        properties.put("caravan.ffmpeg.preset", "ultrafast");
        // A stop waits for the poll that is under way.
        properties.put("caravan.queue.long-poll", "1");
        properties.put("caravan.reconciler.interval", "500ms");
        properties.put(
                "camel.main.routes-include-pattern",
                INGEST + ",classpath:routes/pipelines/*.camel.yaml,"
                        + "classpath:routes/jobs/*.camel.yaml,classpath:routes/api/*.camel.yaml,"
                        + "classpath:routes/acts/*.camel.yaml");
        properties.putAll(changes);
        Caravan.provision(properties, false);
        return new TestCaravan(properties);
    }

    /** Puts something between this Caravan and the cloud, from the next start on. */
    public TestCaravan through(UnaryOperator<CloudClients> newBetween) {
        between = newBetween;
        return this;
    }

    public void start() {
        try {
            caravan = Caravan.start(properties, new TestSeams(clock, between, context -> context.getRegistry()
                    .bind("stage", stage)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public void stop() {
        caravan.close();
        caravan = null;
    }

    public TestCaravan at(Clock newClock) {
        clock = newClock;
        return this;
    }

    public TestCaravan change(String property, String value) {
        properties.put(property, value);
        return this;
    }

    /** A second Caravan, already running, on the same records and queues. */
    public TestCaravan twin() {
        return twin(stage -> {});
    }

    /** @param rehearsal what its stage is to play from its first moment on */
    public TestCaravan twin(Consumer<Stage> rehearsal) {
        Map<String, String> same = new HashMap<>(properties);
        same.put(
                "caravan.temp",
                folder(properties.get("caravan.name") + "-twin-"
                                + UUID.randomUUID().toString().substring(0, 8))
                        .toString());
        TestCaravan twin = new TestCaravan(same).at(clock).through(between);
        rehearsal.accept(twin.stage);
        twin.start();
        return twin;
    }

    /** Waits until this Caravan's worker runs nothing. */
    public void awaitIdle() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> wiring().worker.running().isEmpty());
    }

    /** How many routes Camel has, those of Kamelets included. */
    int routes() {
        return caravan.context().getRoutesSize();
    }

    public Caravan caravan() {
        return caravan;
    }

    Wiring wiring() {
        return caravan.wiring();
    }

    /** The key of an upload of this Caravan. */
    public String key(String name) {
        return properties.get("caravan.ingest.prefixes") + name;
    }

    public Map<String, String> properties() {
        return properties;
    }

    public String property(String name) {
        return properties.get(name);
    }

    /** The bucket of this Caravan. */
    public S3Client s3() {
        return clients().s3();
    }

    public Records records() {
        return wiring().records;
    }

    public Assets assets() {
        return wiring().assets;
    }

    public Counters counts() {
        return wiring().counts;
    }

    public Deletion deletion() {
        return wiring().deletion;
    }

    public Worker worker() {
        return wiring().worker;
    }

    /** What the death of its process does to a worker: no sign of life any more, and nothing new. */
    public void fallSilent() {
        wiring().worker.holdBack(Duration.ofHours(1));
        wiring().heartbeats.close();
    }

    CloudClients clients() {
        return wiring().clients;
    }

    /** One round of the reconciler. */
    public void reconcile() {
        wiring().recovery.run();
    }

    /** One look of the worker; returns how many jobs it claimed. */
    public int look() {
        return wiring().worker.look();
    }

    public ReadyQueue queue() {
        return wiring().wired.queue;
    }

    public Tables tables() {
        return wiring().wired.tables;
    }

    public Clock clock() {
        return wiring().wired.clock;
    }

    public Removal removal() {
        return wiring().wired.removal;
    }

    public Jobs jobs() {
        return wiring().jobs;
    }

    /** Accepts a job with a record that is not as usual, held by a worker that is not there. */
    public String submitHeld(String pipeline, UnaryOperator<Write> change) {
        wiring().worker.holdBack(Duration.ofHours(1));
        String id = submit(pipeline);
        Write write = Write.to(tables().jobs(), Jobs.key(id))
                .set("status", "PROCESSING")
                .set("worker", "gone/0/0")
                .set("lease", new Lease("t", "gone/0/0", 3, 1));
        JobFields.QUEUE_ENTRY.forEach(write::remove);
        records().update(change.apply(write));
        return id;
    }

    /** Accepts a job on a made-up asset. */
    public String submit(String pipeline) {
        return submit(pipeline, Priority.NORMAL, "default");
    }

    public String submit(String pipeline, Priority priority, String owner) {
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, 24);
        MediaFile file =
                new MediaFile("bucket", "uploads/" + id + ".mov", "etag-" + id, 1, "video/quicktime", id + ".mov");
        return submit(pipeline, priority, owner, id, file);
    }

    /** Accepts a job on an asset of that file. */
    public String submit(String pipeline, Priority priority, String owner, String id, MediaFile file) {
        return submit(pipeline, priority, owner, id, file, Map.of());
    }

    /** Accepts a job on {@code file}, with these parameters. */
    public String submit(
            String pipeline,
            Priority priority,
            String owner,
            String id,
            MediaFile file,
            Map<String, Object> parameters) {
        String now = Timestamps.now(clock);
        Asset asset = new Asset(
                id,
                1,
                owner,
                AssetType.VIDEO,
                AssetStatus.PROCESSING,
                file.filename(),
                file,
                file,
                null,
                null,
                null,
                1L,
                null,
                null,
                null,
                null,
                null,
                Set.of(pipeline),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                now,
                now,
                null,
                1,
                null);
        return wiring().intake
                .accept(asset, List.of(new Intake.Order(pipeline, priority, parameters, true)))
                .get(0);
    }

    public Job job(String jobId) {
        return jobs().find(jobId).orElseThrow();
    }

    /** The events of the job's history, from the first to the last. */
    public List<String> history(String jobId) {
        return clients()
                .dynamo()
                .query(query -> query.tableName(properties.get("caravan.name") + "-jobs")
                        .keyConditionExpression("job_id = :job AND begins_with(#item, :history)")
                        .expressionAttributeNames(Map.of("#item", "item"))
                        .expressionAttributeValues(Items.attributes(Map.of(":job", jobId, ":history", "history#"))))
                .items()
                .stream()
                .map(item -> item.get("event").s())
                .toList();
    }

    public Asset asset(String assetId) {
        return wiring().assets.find(assetId).orElseThrow();
    }

    public Job await(String jobId, Predicate<Job> state) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> job(jobId), state);
    }

    public Job awaitEnd(String jobId) {
        return await(jobId, job -> job.status().ended());
    }

    private static Path folder(String name) {
        try {
            return Files.createDirectories(Path.of("target", "work", name).toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (caravan != null) {
            caravan.close();
        }
    }
}
