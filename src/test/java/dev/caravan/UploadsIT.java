package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.json.Json;
import dev.caravan.local.Clients;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.MetadataDirective;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** A video dropped into S3 comes out finished: real events, real FFmpeg. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UploadsIT {
    @TempDir
    static Path folder;

    private final SickObjects sick = new SickObjects();
    private TestCaravan caravan;
    private S3Client s3;
    /** So short that its encoding costs less than the rest of its job. */
    private Path clip;

    @BeforeAll
    void start() {
        clip = TestMedia.clip(folder, "clip.mp4", 0.3);
        caravan = TestCaravan.prepareOnSharedBucket()
                .change("caravan.queue.events.visibility-timeout", "5")
                .through(sick::around);
        caravan.start();
        s3 = new Clients(caravan.properties()).s3();
    }

    @AfterAll
    void stop() {
        s3.close();
        caravan.close();
    }

    @Test
    void a_video_put_into_the_bucket_becomes_the_standard_video_without_another_call() {
        String id = put("clip one.mov", TestMedia.clip(folder, "long.mp4", 1.5));
        Asset asset = awaitEnd(id);
        assertThat(asset.status()).isEqualTo(AssetStatus.READY);
        assertThat(asset.filename()).isEqualTo("clip one.mov");
        assertThat(asset.owner()).isEqualTo("default");
        Job job = onlyJob(id);
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.steps()).containsOnlyKeys("probe", "convert", "publish");
        assertThat(asset.file().key()).isEqualTo("media/default/%s/%s/convert-%d.mp4".formatted(id, job.jobId(), 1));
        assertThat(asset.resolution()).isEqualTo("1080x1920");
        assertThat(asset.duration()).isBetween(1.4, 1.7);
        assertThat(asset.sizeBefore()).isEqualTo(asset.source().size());
        assertThat(asset.sizeAfter()).isEqualTo(asset.file().size());
        assertThat(asset.compressionRatio())
                .isEqualTo(Math.round(100.0 * asset.sizeBefore() / asset.sizeAfter()) / 100.0);
        assertThat(asset.derivatives()).singleElement().satisfies(derivative -> assertThat(derivative.type())
                .isEqualTo("standard-video"));
        assertStandard(download(asset));
        assertThat(exists(asset.source().key())).as("the original is kept").isTrue();
    }

    @Test
    void a_multipart_upload_is_one_job() {
        String key = caravan.key("in parts.mp4");
        String upload = s3().createMultipartUpload(
                        request -> request.bucket(bucket()).key(key))
                .uploadId();
        var part = s3().uploadPart(
                        request -> request.bucket(bucket())
                                .key(key)
                                .uploadId(upload)
                                .partNumber(1),
                        RequestBody.fromFile(clip));
        s3().completeMultipartUpload(request -> request.bucket(bucket())
                .key(key)
                .uploadId(upload)
                .multipartUpload(parts -> parts.parts(
                        CompletedPart.builder().partNumber(1).eTag(part.eTag()).build())));
        String id = id(key);
        assertThat(awaitEnd(id).status()).isEqualTo(AssetStatus.READY);
        assertThat(jobs(id)).hasSize(1);
    }

    @Test
    void duplicate_shuffled_and_late_events_in_every_wrapping_make_one_job_per_object() {
        List<String> ids = new ArrayList<>();
        List<String> records = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(put("many " + i + " +é.mp4", clip));
            records.add(record(caravan.key("many " + i + " +é.mp4")));
        }
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            messages.add("{\"Records\":[" + String.join(",", records) + "]}");
            messages.add(Json.text(Map.of("Type", "Notification", "Message", messages.get(0))));
            messages.add(Json.text(Map.of(
                    "source",
                    "aws.s3",
                    "detail-type",
                    "Object Created",
                    "detail",
                    Map.of(
                            "bucket", Map.of("name", bucket()),
                            "object", Map.of("key", caravan.key("many " + i + " +é.mp4"))))));
        }
        Collections.shuffle(messages, new Random(7));
        messages.forEach(this::send);
        ids.forEach(id -> assertThat(awaitEnd(id).status()).isEqualTo(AssetStatus.READY));
        messages.forEach(this::send);
        double known = count("known");
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> count("known") >= known + 3);
        ids.forEach(id -> assertThat(jobs(id)).hasSize(1));
    }

    @Test
    void what_is_no_upload_is_ignored_and_counted() {
        double extension = count("extension");
        double unreadable = count("unreadable");
        double gone = count("gone");
        s3().putObject(request -> request.bucket(bucket()).key(caravan.key("notes.txt")), RequestBody.fromString("x"));
        send("this is no event");
        send("{\"Records\":[" + record(caravan.key("never there.mp4")) + "]}");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() ->
                        count("extension") > extension && count("unreadable") > unreadable && count("gone") > gone);
        assertThat(caravan.wiring().assets.find(id(caravan.key("notes.txt")))).isEmpty();
    }

    @Test
    void a_record_that_cannot_be_taken_holds_up_none_beside_it() {
        List<String> ids = List.of(put("100% raw.mp4", clip), put("a+b.mp4", clip), put("beside.mp4", clip));
        ids.forEach(id -> assertThat(awaitEnd(id).status()).isEqualTo(AssetStatus.READY));
        String refused = caravan.key("under a key of KMS.mp4");
        sick.make(refused, 403);
        double known = count("known");
        double unusable = count("unusable");
        double gone = count("gone");
        send("{\"Records\":[%s,%s,%s,%s,%s]}"
                .formatted(
                        raw("100% raw.mp4"),
                        record(refused),
                        record(caravan.key("\u0000x.mp4")),
                        raw("a+b.mp4"),
                        record(caravan.key("beside.mp4"))));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> count("known") == known + 3);
        assertThat(count("unusable") + count("gone")).isEqualTo(unusable + gone + 2);
        assertThat(count("unusable")).isGreaterThan(unusable);
    }

    @Test
    void a_record_that_s3_does_not_answer_for_comes_again_and_those_beside_it_wait_for_nothing() {
        sick.make(caravan.key("late answer.mp4"), 503);
        String late = put("late answer.mp4", clip);
        String beside = put("in time.mp4", clip);
        send("{\"Records\":[%s,%s]}"
                .formatted(record(caravan.key("late answer.mp4")), record(caravan.key("in time.mp4"))));
        assertThat(awaitEnd(beside).status()).isEqualTo(AssetStatus.READY);
        assertThat(caravan.wiring().assets.find(late)).isEmpty();
        sick.heal(caravan.key("late answer.mp4"));
        assertThat(awaitEnd(late).status()).isEqualTo(AssetStatus.READY);
    }

    @Test
    void a_copy_onto_itself_starts_nothing_new_and_bytes_put_again_after_a_deletion_do() {
        String key = caravan.key("cached.mp4");
        String first = put("cached.mp4", clip);
        assertThat(awaitEnd(first).status()).isEqualTo(AssetStatus.READY);
        double known = count("known");
        // The id holds the time in seconds.
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(400))
                .until(() -> !copyOntoItself(key).equals(first));
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> count("known") > known);
        assertThat(caravan.wiring().assets.find(id(key))).isEmpty();
        assertThat(caravan.wiring().intake.stands(caravan.asset(first).source()))
                .isTrue();
        caravan.deletion().delete(first);
        String again = put("cached.mp4", clip);
        assertThat(again).isNotEqualTo(first);
        assertThat(awaitEnd(again).status()).isEqualTo(AssetStatus.READY);
    }

    private String copyOntoItself(String key) {
        s3().copyObject(request -> request.sourceBucket(bucket())
                .sourceKey(key)
                .destinationBucket(bucket())
                .destinationKey(key)
                .cacheControl("max-age=60")
                .metadataDirective(MetadataDirective.REPLACE));
        return id(key);
    }

    @Test
    void a_message_that_is_never_taken_ends_with_the_dead_letters_here_as_on_aws() {
        Map<QueueAttributeName, String> attributes = caravan.clients()
                .sqs()
                .getQueueAttributes(
                        request -> request.queueUrl(queue("")).attributeNames(QueueAttributeName.REDRIVE_POLICY))
                .attributes();
        assertThat(attributes.get(QueueAttributeName.REDRIVE_POLICY))
                .contains("maxReceiveCount", "5", "caravan-s3-events-dead");
        assertThat(queue("-dead")).endsWith("/caravan-s3-events-dead");
    }

    @Test
    void an_upload_that_no_event_announced_is_found_at_the_next_start() {
        TestCaravan late = TestCaravan.prepareOnSharedBucket().change("caravan.queue.events", "t-nobody-sends-here");
        Caravan.provision(late.properties(), false);
        for (String unfitForXml : List.of("a\u0003", "a\u000B", "b\uFFFF", "c\n")) {
            s3().putObject(
                            request -> request.bucket(bucket()).key(late.key(unfitForXml + ".txt")),
                            RequestBody.fromString("x"));
        }
        SharedUploads.put(s3(), bucket(), late.key("lost.mp4"), clip);
        try (late) {
            late.start();
            String id = id(late.key("lost.mp4"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() ->
                            late.wiring().assets.find(id).map(Asset::status).orElse(null) == AssetStatus.READY);
        }
    }

    @Test
    void the_original_is_removed_as_the_last_thing_when_it_shall_not_be_kept() {
        TestCaravan tidy = TestCaravan.prepareOnSharedBucket()
                .change("caravan.standardize.keep-original", "false")
                .change("caravan.queue.events", "t-nobody-sends-here");
        Caravan.provision(tidy.properties(), false);
        String id = SharedUploads.put(s3(), bucket(), tidy.key("once.mp4"), clip);
        try (tidy) {
            tidy.start();
            Asset asset = Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(
                            () -> tidy.wiring().assets.find(id).orElse(null),
                            found -> found != null && found.status() == AssetStatus.READY);
            assertThat(exists(asset.source().key())).isFalse();
            assertThat(exists(asset.file().key())).isTrue();
        }
    }

    @Test
    void through_a_hostile_cloud_every_upload_comes_out_once() {
        HostileCloud hostile = new HostileCloud(2026);
        TestCaravan unlucky = TestCaravan.prepareOnSharedBucket()
                .change("caravan.queue.events", "t-nobody-sends-here")
                .through(hostile::around);
        Caravan.provision(unlucky.properties(), false);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ids.add(SharedUploads.put(s3(), bucket(), unlucky.key("unlucky " + i + ".mp4"), clip));
        }
        try (unlucky) {
            unlucky.start();
            for (String id : ids) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(120))
                        .until(() -> unlucky.wiring()
                                        .assets
                                        .find(id)
                                        .map(Asset::status)
                                        .orElse(null)
                                == AssetStatus.READY);
                Job job = SharedUploads.jobs(unlucky, id).get(0);
                assertThat(SharedUploads.jobs(unlucky, id)).hasSize(1);
                assertThat(job.retryCount())
                        .as("attempts burnt by our own stores")
                        .isZero();
                assertThat(outputs(id)).isNotEmpty();
            }
            assertThat(hostile.faults()).isPositive();
        }
    }

    private List<String> outputs(String assetId) {
        return s3()
                .listObjectsV2(request -> request.bucket(bucket()).prefix("media/default/" + assetId + "/"))
                .contents()
                .stream()
                .map(object -> object.key())
                .toList();
    }

    @Test
    void a_key_that_is_overwritten_while_its_job_waits_is_source_changed_and_a_job_for_the_new_bytes() {
        caravan.wiring().worker.holdBack(Duration.ofSeconds(8));
        String first = put("again.mp4", clip);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> caravan.wiring().assets.find(first).isPresent());
        String second = put("again.mp4", TestMedia.clip(folder, "other.mp4", 0.4));
        assertThat(second).isNotEqualTo(first);
        assertThat(awaitEnd(first).error().code()).isEqualTo("SOURCE_CHANGED");
        assertThat(onlyJob(first).retryCount()).isZero();
        assertThat(awaitEnd(second).status()).isEqualTo(AssetStatus.READY);
    }

    private void assertStandard(Path file) {
        JsonNode probe = TestMedia.probe(file);
        JsonNode video = probe.at("/streams/0");
        JsonNode audio = probe.at("/streams/1");
        assertThat(probe.at("/streams")).hasSize(2);
        assertThat(video.path("codec_name").asText()).isEqualTo("h264");
        assertThat(video.path("width").asInt()).isEqualTo(1080);
        assertThat(video.path("height").asInt()).isEqualTo(1920);
        assertThat(video.path("pix_fmt").asText()).isEqualTo("yuv420p");
        assertThat(video.path("r_frame_rate").asText()).isEqualTo("30/1");
        assertThat(video.path("avg_frame_rate").asText()).isEqualTo("30/1");
        assertThat(audio.path("codec_name").asText()).isEqualTo("aac");
        assertThat(audio.path("sample_rate").asText()).isEqualTo("48000");
        assertThat(audio.path("channels").asInt()).isEqualTo(2);
        assertThat(boxes(file)).startsWith("ftyp", "moov");
    }

    private static List<String> boxes(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            List<String> names = new ArrayList<>();
            for (int at = 0; at + 8 <= bytes.length; ) {
                names.add(new String(bytes, at + 4, 4, StandardCharsets.US_ASCII));
                int size = ByteBuffer.wrap(bytes, at, 4).getInt();
                at += Math.max(8, size);
            }
            return names;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path download(Asset asset) {
        Path file = folder.resolve(asset.assetId() + ".mp4");
        s3().getObject(request -> request.bucket(bucket()).key(asset.file().key()), file);
        return file;
    }

    private String put(String name, Path file) {
        return SharedUploads.put(s3(), bucket(), caravan.key(name), file);
    }

    private String id(String key) {
        return SharedUploads.id(s3(), bucket(), key);
    }

    private Asset awaitEnd(String id) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .until(
                        () -> caravan.wiring().assets.find(id).orElse(null),
                        asset -> asset != null && asset.status() != AssetStatus.PROCESSING);
    }

    private List<Job> jobs(String assetId) {
        return SharedUploads.jobs(caravan, assetId);
    }

    private Job onlyJob(String assetId) {
        List<Job> jobs = jobs(assetId);
        assertThat(jobs).hasSize(1);
        return jobs.get(0);
    }

    private String record(String key) {
        return "{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"%s\"},\"object\":{\"key\":\"%s\"}}}"
                .formatted(
                        bucket(), URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/"));
    }

    private String raw(String name) {
        return "{\"eventName\":\"ObjectCreated:Put\",\"s3\":{\"bucket\":{\"name\":\"%s\"},\"object\":{\"key\":\"%s\"}}}"
                .formatted(bucket(), caravan.key(name));
    }

    private void send(String message) {
        caravan.clients().sqs().sendMessage(request -> request.queueUrl(queue(""))
                .messageBody(message));
    }

    private String queue(String ending) {
        return caravan.clients()
                .sqs()
                .getQueueUrl(request -> request.queueName(caravan.property("caravan.queue.events") + ending))
                .queueUrl();
    }

    private double count(String outcome) {
        return caravan.wiring()
                .meters
                .counter("caravan.ingest.events", "outcome", outcome)
                .count();
    }

    private boolean exists(String key) {
        return s3().listObjectsV2(request -> request.bucket(bucket()).prefix(key)).contents().stream()
                .anyMatch(object -> object.key().equals(key));
    }

    /** As clients have it, not as this Caravan sees it. */
    private S3Client s3() {
        return s3;
    }

    private String bucket() {
        return caravan.property("caravan.s3.bucket");
    }
}
