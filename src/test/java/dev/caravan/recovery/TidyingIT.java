package dev.caravan.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.TestCaravan;
import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.AssetType;
import dev.caravan.asset.ExpectedUpload;
import dev.caravan.failure.StepException;
import dev.caravan.functional.SettableClock;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.job.PipelineAndPriority;
import dev.caravan.job.Priority;
import dev.caravan.json.Timestamps;
import dev.caravan.records.Items;
import dev.caravan.records.Write;
import dev.caravan.storage.BucketListing;
import dev.caravan.storage.MediaFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** What is collected, and above all what is not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TidyingIT {
    private static final Duration DAY = Duration.ofDays(1);

    private TestCaravan caravan;
    private BucketListing bucketListing;

    @BeforeAll
    void start() {
        Map<String, String> changes = new HashMap<>(TestCaravan.ENGINE_ONLY);
        changes.put("caravan.roles", "api,worker");
        // A bucket of its own: here much is removed that other tests may need.
        changes.put("caravan.s3.bucket", "tidy-" + UUID.randomUUID().toString().substring(0, 8));
        caravan = TestCaravan.start(changes);
        bucketListing = new BucketListing(caravan.s3(), changes.get("caravan.s3.bucket"));
    }

    @AfterAll
    void stop() {
        caravan.close();
    }

    private static TidySettings settings(
            int page, Duration grace, Optional<Duration> completed, Optional<Duration> failed) {
        return new TidySettings(Duration.ofHours(6), page, grace, DAY, DAY, completed, failed, List.of("uploads/"));
    }

    private TaskReport outputs(TaskRun taskRun, Duration grace) {
        return new UnnamedOutputs(
                        bucketListing,
                        caravan.jobs(),
                        caravan.records(),
                        caravan.tables(),
                        caravan.clock(),
                        settings(1000, grace, Optional.empty(), Optional.empty()))
                .run(taskRun);
    }

    private TaskReport outputs() {
        return outputs(TaskRun.byHand(false), DAY);
    }

    private String put(Job job, String name) {
        return put("media/default/%s/%s/%s".formatted(job.assetId(), job.jobId(), name));
    }

    private String put(String key) {
        caravan.s3()
                .putObject(request -> request.bucket(bucketListing.bucket()).key(key), RequestBody.fromString("bytes"));
        return key;
    }

    private boolean there(String key) {
        return bucketListing.page(key, null, 10).objects().stream()
                .anyMatch(object -> object.key().equals(key));
    }

    private Job ended() {
        return caravan.awaitEnd(caravan.submit("one-act"));
    }

    private void name(Job job, String key) {
        caravan.records()
                .update(Write.to(caravan.tables().jobs(), Jobs.key(job.jobId()))
                        .set("steps.only.outputs", Map.of("body", Map.of("file", Map.of("key", key)))));
    }

    @Test
    void what_a_finished_job_does_not_name_goes_and_what_it_names_stays() {
        Job job = ended();
        String named = put(job, "only-1.mp4");
        String unnamed = put(job, "only-0.mp4");
        name(job, named);
        TaskReport report = outputs();
        assertThat(report.examples()).contains(unnamed).doesNotContain(named);
        assertThat(there(named)).isTrue();
        assertThat(there(unnamed)).isFalse();
    }

    @Test
    void what_a_later_job_took_over_from_an_earlier_one_stays() {
        Job earlier = ended();
        String taken = put(earlier, "only-1.mp4");
        Job later = caravan.awaitEnd(caravan.submit(
                "one-act",
                Priority.NORMAL,
                "default",
                UUID.randomUUID().toString().replace("-", "").substring(0, 24),
                new MediaFile("bucket", "uploads/x.mov", "e", 1, "video/quicktime", "x.mov")));
        caravan.records()
                .update(Write.to(caravan.tables().jobs(), Jobs.key(later.jobId()))
                        .set("asset_id", earlier.assetId()));
        name(later, taken);
        outputs();
        assertThat(there(taken)).isTrue();
    }

    @Test
    void an_output_that_is_being_written_now_and_one_of_a_job_that_is_tried_again_stay() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        caravan.stage.set("only", (exchange, step) -> {
            running.countDown();
            goOn.await();
        });
        Job job = caravan.job(caravan.submit("one-act"));
        running.await();
        String output = put(job, "only-1.mp4");
        String ofAnother = put("media/default/%s/%s/only-1.mp4".formatted(job.assetId(), UUID.randomUUID()));
        outputs(TaskRun.byHand(false), Duration.ofSeconds(-60));
        assertThat(there(output)).isTrue();
        assertThat(there(ofAnother))
                .as("a job of the asset is open, and may name it")
                .isTrue();
        caravan.stage.set("only", (exchange, step) -> {});
        goOn.countDown();
        caravan.awaitEnd(job.jobId());
        outputs(TaskRun.byHand(false), Duration.ofSeconds(-60));
        assertThat(there(output)).isFalse();
        assertThat(there(ofAnother)).isFalse();
    }

    @Test
    void a_job_that_is_tried_again_between_the_listing_and_the_removal_keeps_its_outputs() {
        Job job = ended();
        String output = put(job, "only-0.mp4");
        TaskRun taskRun = new TaskRun(null, false, () -> true);
        ObjectReferences objectReferences = new ObjectReferences(caravan.jobs(), caravan.records(), caravan.tables());
        MediaKey key = MediaKey.of(output).orElseThrow();
        assertThat(objectReferences.of(key).busy()).isFalse();
        status(job, JobStatus.QUEUED);
        assertThat(objectReferences.of(key).busy()).as("as it was listed").isFalse();
        assertThat(objectReferences.again(key).busy()).as("as it is").isTrue();
        outputs(taskRun, DAY);
        assertThat(there(output)).isTrue();
        status(job, JobStatus.COMPLETED);
    }

    private void status(Job job, JobStatus status) {
        caravan.records()
                .update(Write.to(caravan.tables().jobs(), Jobs.key(job.jobId())).set("status", status.name()));
    }

    @Test
    void an_upload_that_was_stored_and_never_accepted_goes_after_the_grace_period_only() {
        String stray = put("media/default/%s/source.mp4".formatted("a".repeat(24)));
        outputs();
        assertThat(there(stray)).isTrue();
        outputs(TaskRun.byHand(true), Duration.ofSeconds(-60));
        assertThat(there(stray)).as("a dry run removes nothing").isTrue();
        outputs(TaskRun.byHand(false), Duration.ofSeconds(-60));
        assertThat(there(stray)).isFalse();
    }

    @Test
    void what_is_not_ours_is_left_alone() {
        List<String> foreign = Stream.of("media/readme.txt", "media/default/x/y.mp4", "media/a/b/c/d/e.mp4")
                .map(this::put)
                .toList();
        outputs(TaskRun.byHand(false), Duration.ofSeconds(-60));
        assertThat(foreign).allMatch(this::there);
    }

    @Test
    void what_was_stored_after_the_assets_deletion_goes_at_once() {
        Job job = ended();
        caravan.deletion().delete(job.assetId());
        String late = put(job, "only-1.mp4");
        String upload = put("media/default/%s/subtitles.srt".formatted(job.assetId()));
        outputs();
        assertThat(there(late)).isFalse();
        assertThat(there(upload)).isFalse();
    }

    @Test
    void one_that_is_no_longer_the_active_reconciler_removes_nothing() {
        Job job = ended();
        String unnamed = put(job, "only-0.mp4");
        TaskReport report = outputs(new TaskRun(null, false, () -> false), DAY);
        assertThat(report.examples()).contains(unnamed);
        assertThat(report.doneCount()).isZero();
        assertThat(there(unnamed)).isTrue();
    }

    @Test
    void a_walk_goes_on_where_the_last_round_ended_until_everything_was_seen() {
        Job job = ended();
        List<String> all = Stream.of("only-0.mp4", "only-0.2.mp4", "only-0.3.mp4")
                .map(name -> put(job, name))
                .toList();
        UnnamedOutputs duty = new UnnamedOutputs(
                bucketListing,
                caravan.jobs(),
                caravan.records(),
                caravan.tables(),
                caravan.clock(),
                settings(1, DAY, Optional.empty(), Optional.empty()));
        String cursor = null;
        int rounds = 0;
        do {
            cursor = duty.run(new TaskRun(cursor, false, () -> true)).cursor();
            rounds++;
        } while (cursor != null);
        assertThat(rounds).isGreaterThanOrEqualTo(3);
        assertThat(all).noneMatch(this::there);
    }

    @Test
    void a_key_that_xml_cannot_carry_hides_no_other() {
        Job job = ended();
        String odd = put(job, "only-0\u0003.mp4");
        String unnamed = put(job, "only-0.4.mp4");
        assertThat(outputs().examples()).contains(odd, unnamed);
        assertThat(there(odd)).isFalse();
        assertThat(there(unnamed)).isFalse();
    }

    @Test
    void multipart_uploads_that_nobody_completed_are_ended_a_day_later() {
        String bucket = bucketListing.bucket();
        for (String key : List.of("uploads/half.mp4", "media/default/half.mp4", "elsewhere/half.mp4")) {
            String id = caravan.s3()
                    .createMultipartUpload(request -> request.bucket(bucket).key(key))
                    .uploadId();
            caravan.s3()
                    .uploadPart(
                            request ->
                                    request.bucket(bucket).key(key).uploadId(id).partNumber(1),
                            RequestBody.fromString("half"));
        }
        TidySettings settings = settings(1000, DAY, Optional.empty(), Optional.empty());
        assertThat(new UnfinishedParts(bucketListing, Clock.systemUTC(), settings)
                        .run(TaskRun.byHand(false))
                        .found())
                .isZero();
        Clock tomorrow = Clock.fixed(Instant.now().plus(DAY).plusSeconds(60), ZoneOffset.UTC);
        TaskReport report = new UnfinishedParts(bucketListing, tomorrow, settings).run(TaskRun.byHand(false));
        assertThat(report.examples()).containsExactlyInAnyOrder("uploads/half.mp4", "media/default/half.mp4");
        assertThat(report.doneCount()).isEqualTo(2);
        assertThat(bucketListing.unfinished("uploads/")).isEmpty();
        assertThat(bucketListing.unfinished("media/")).isEmpty();
        assertThat(bucketListing.unfinished("elsewhere/")).hasSize(1);
    }

    @Test
    void an_upload_whose_bytes_never_came_has_failed_after_a_day_and_is_counted_so() {
        String asset = ended().assetId();
        long failed = count("video_failed");
        long uploading = count("video_uploading");
        caravan.records()
                .write(List.of(
                        caravan.assets()
                                .writeOf(caravan.asset(asset))
                                .set("status", "uploading")
                                .part(),
                        caravan.counts().move(caravan.asset(asset), AssetStatus.READY, AssetStatus.UPLOADING)));
        SettableClock clock = new SettableClock();
        clock.tick(Duration.between(clock.instant(), Instant.now()));
        TidySettings settings = settings(1000, DAY, Optional.empty(), Optional.empty());
        AbandonedUploads duty = new AbandonedUploads(
                caravan.records(), caravan.tables(), clock, caravan.assets(), caravan.counts(), settings);
        duty.run(TaskRun.byHand(false));
        assertThat(caravan.asset(asset).status()).isEqualTo(AssetStatus.UPLOADING);
        clock.tick(DAY.plusMinutes(1));
        assertThat(duty.run(TaskRun.byHand(false)).examples()).contains(asset);
        assertThat(caravan.asset(asset).status()).isEqualTo(AssetStatus.FAILED);
        assertThat(caravan.asset(asset).error().code()).isEqualTo("ABANDONED_UPLOAD");
        assertThat(count("video_failed")).isEqualTo(failed + 1);
        assertThat(count("video_uploading")).isEqualTo(uploading);
    }

    private long count(String field) {
        return caravan.counts().totals().getOrDefault(field, 0L);
    }

    @Test
    void records_of_old_completed_jobs_go_with_their_history_and_the_counts_stay_exact() {
        Job old = ended();
        caravan.stage.set("first", (exchange, step) -> {
            throw StepException.permanent("NOT_MEDIA", "It is not", "Nothing");
        });
        Job failed = caravan.awaitEnd(caravan.submit("three-acts"));
        PipelineAndPriority pipelineAndPriority = PipelineAndPriority.of(old);
        long before = caravan.counts().read().jobs().get(pipelineAndPriority).completed();
        TidySettings settings = settings(1000, DAY, Optional.of(DAY), Optional.empty());
        OldJobs young = oldJobs(settings, DAY);
        assertThat(young.run(TaskRun.byHand(false)).found()).isZero();
        OldJobs duty = oldJobs(settings, Duration.ofSeconds(-60));
        TaskReport report = duty.run(TaskRun.byHand(false));
        assertThat(report.doneCount()).isPositive();
        assertThat(caravan.jobs().find(old.jobId())).isEmpty();
        assertThat(caravan.jobs().find(failed.jobId())).isPresent();
        assertThat(items(old.jobId())).isZero();
        assertThat(caravan.counts().read().jobs().get(pipelineAndPriority).completed())
                .isEqualTo(before - report.doneCount());
        assertThat(caravan.asset(old.assetId()).status()).isEqualTo(AssetStatus.READY);
    }

    private OldJobs oldJobs(TidySettings settings, Duration age) {
        OldestByStatus byStatus = OldestByStatus.ofJobs(caravan.records(), caravan.tables());
        return new OldJobs(caravan.jobs(), caravan.removal(), byStatus, caravan.clock(), settings, age);
    }

    private int items(String jobId) {
        return caravan.records()
                .query(QueryRequest.builder()
                        .tableName(caravan.tables().jobs())
                        .keyConditionExpression("job_id = :job")
                        .expressionAttributeValues(Items.attributes(Map.of(":job", jobId)))
                        .build())
                .count();
    }

    @Test
    void assets_that_failed_long_ago_are_deleted_with_all_that_is_theirs() {
        caravan.stage.set("first", (exchange, step) -> {
            throw StepException.permanent("NOT_MEDIA", "It is not", "Nothing");
        });
        Job job = caravan.awaitEnd(caravan.submit("three-acts"));
        String output = put(job, "first-1.mp4");
        TidySettings settings = settings(1000, DAY, Optional.empty(), Optional.of(DAY));
        assertThat(new OldFailures(
                                caravan.jobs(),
                                caravan.records(),
                                caravan.tables(),
                                caravan.clock(),
                                caravan.assets(),
                                caravan.deletion(),
                                settings,
                                DAY)
                        .run(TaskRun.byHand(false))
                        .examples())
                .doesNotContain(job.assetId());
        new OldFailures(
                        caravan.jobs(),
                        caravan.records(),
                        caravan.tables(),
                        caravan.clock(),
                        caravan.assets(),
                        caravan.deletion(),
                        settings,
                        Duration.ofSeconds(-60))
                .run(TaskRun.byHand(false));
        assertThat(caravan.asset(job.assetId()).deleted()).isTrue();
        assertThat(there(output)).isFalse();
    }

    private Asset announced(String key, String uploadId, Instant expires) {
        Instant created = Instant.now().minus(DAY.multipliedBy(2));
        String id = UUID.randomUUID().toString().replace("-", "").substring(0, 24);
        ExpectedUpload expectedUpload = new ExpectedUpload(
                10,
                "video/mp4",
                null,
                uploadId,
                null,
                Timestamps.of(expires),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
        MediaFile place = new MediaFile(bucketListing.bucket(), key, "", 0, "video/mp4", "a.mp4");
        Asset asset = Asset.awaited(id, "default", AssetType.VIDEO, place, expectedUpload, Timestamps.of(created));
        caravan.records()
                .write(List.of(
                        TransactWriteItem.builder()
                                .put(put ->
                                        put.tableName(caravan.tables().assets()).item(Items.item(asset)))
                                .build(),
                        caravan.counts().move(asset, null, AssetStatus.UPLOADING)));
        return asset;
    }

    @Test
    void an_announced_upload_that_was_not_completed_in_time_has_failed_and_its_bytes_are_gone() {
        String key = "media/default/expired/upload";
        put(key);
        String uploadId = caravan.s3()
                .createMultipartUpload(
                        request -> request.bucket(bucketListing.bucket()).key(key))
                .uploadId();
        Asset late = announced(key, uploadId, Instant.now().minus(Duration.ofHours(1)));
        Asset justNow =
                announced("media/default/now/upload", null, Instant.now().minusSeconds(60));
        Asset inTime =
                announced("media/default/time/upload", null, Instant.now().plus(DAY));
        MaintenanceTask duty = new ExpiredUploads(
                caravan.records(),
                caravan.tables(),
                caravan.clock(),
                caravan.assets(),
                caravan.counts(),
                bucketListing,
                1000);
        Awaitility.await()
                .until(() -> duty.run(TaskRun.byHand(false)).examples().contains(late.assetId())
                        || caravan.asset(late.assetId()).status() == AssetStatus.FAILED);
        Asset failed = caravan.asset(late.assetId());
        assertThat(failed.status()).isEqualTo(AssetStatus.FAILED);
        assertThat(failed.error().code()).isEqualTo("UPLOAD_EXPIRED");
        assertThat(there(key)).isFalse();
        assertThat(caravan.s3()
                        .listMultipartUploads(request -> request.bucket(bucketListing.bucket()))
                        .uploads())
                .noneMatch(upload -> upload.key().equals(key));
        // Who began to complete it a moment ago may come to an end.
        assertThat(caravan.asset(justNow.assetId()).status()).isEqualTo(AssetStatus.UPLOADING);
        assertThat(caravan.asset(inTime.assetId()).status()).isEqualTo(AssetStatus.UPLOADING);
    }
}
