package dev.caravan;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.AssetType;
import dev.caravan.job.Intake;
import dev.caravan.job.Job;
import dev.caravan.job.Jobs;
import dev.caravan.job.Priority;
import dev.caravan.local.SharedCloud;
import dev.caravan.records.Timestamps;
import dev.caravan.storage.MediaFile;
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
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/**
 * A whole Caravan on the shared embedded cloud, with names of its own, so that tests do not see each other. Has the tests'
 * pipelines beside the real ones.
 */
public final class TestCaravan implements AutoCloseable {
    /** The engine with the tests' own pipelines, without any media. */
    public static final Map<String, String> ENGINE_ONLY = Map.of(
            "camel.main.routes-include-pattern",
            "classpath:routes/jobs/*.camel.yaml,classpath:routes/acts/*.camel.yaml");

    /** The engine, and the API in front of it. */
    public static final Map<String, String> WITH_API = Map.of(
            "camel.main.routes-include-pattern",
            ENGINE_ONLY.get("camel.main.routes-include-pattern") + ",classpath:routes/api/*.camel.yaml");

    public final Stage stage = new Stage();
    private final Map<String, String> properties;
    private Caravan caravan;

    private TestCaravan(Map<String, String> properties) {
        this.properties = properties;
    }

    public static TestCaravan start(Map<String, String> changes) {
        TestCaravan test = prepare(changes);
        test.start();
        return test;
    }

    /** Everything but running. */
    public static TestCaravan prepare(Map<String, String> changes) {
        String name = "t" + UUID.randomUUID().toString().substring(0, 8);
        Map<String, String> properties = new HashMap<>(SharedCloud.get().properties());
        properties.put("caravan.name", name);
        properties.put("caravan.temp", folder(name).toString());
        properties.put("caravan.http.port", "0");
        properties.put("caravan.shutdown.grace", "1s");
        properties.put("caravan.retry.delay", "100");
        properties.put("caravan.reconciler.interval", "500ms");
        properties.put(
                "camel.main.routes-include-pattern",
                "classpath:routes/ingest/*.camel.yaml,classpath:routes/pipelines/*.camel.yaml,"
                        + "classpath:routes/jobs/*.camel.yaml,classpath:routes/api/*.camel.yaml,"
                        + "classpath:routes/acts/*.camel.yaml");
        properties.putAll(changes);
        Caravan.provision(properties, false);
        return new TestCaravan(properties);
    }

    public void start() {
        try {
            caravan = Caravan.start(properties, context -> context.getRegistry().bind("stage", stage));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Stops it and starts another one with the same names, as after a restart. */
    public void restart() {
        caravan.close();
        start();
    }

    public Caravan caravan() {
        return caravan;
    }

    public Wiring wiring() {
        return caravan.wiring();
    }

    public Jobs jobs() {
        return wiring().jobs;
    }

    /** Accepts a job on a made-up asset. */
    public String submit(String pipeline) {
        return submit(pipeline, Priority.NORMAL, "default");
    }

    public String submit(String pipeline, Priority priority, String owner) {
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, 24);
        String now = Timestamps.now(Clock.systemUTC());
        MediaFile file =
                new MediaFile("bucket", "uploads/" + id + ".mov", "etag-" + id, 1, "video/quicktime", id + ".mov");
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
                Set.of(pipeline),
                null,
                null,
                null,
                now,
                now,
                null,
                1);
        return wiring().intake
                .accept(asset, List.of(new Intake.Order(pipeline, priority, Map.of(), true)))
                .get(0);
    }

    public Job job(String jobId) {
        return jobs().find(jobId).orElseThrow();
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
