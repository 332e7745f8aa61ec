package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.asset.AssetStatus;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.local.Clients;
import dev.caravan.local.SharedCloud;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * Events that come three times, in any order, or not at all, to a Caravan whose cloud is hostile throughout: two processes'
 * worth of it, since two compete for everything.
 */
@Tag("faults")
class MessagesIT {
    private static final int UPLOADS = 60;
    private static final int TIMES = 3;

    private final long seed = Long.getLong("caravan.faults.seed", 4712);
    private final Random random = new Random(seed);
    private final HostileCloud hostile = new HostileCloud(seed);
    private TestCaravan caravan;
    private TestCaravan twin;

    @AfterEach
    void stop() {
        if (twin != null) {
            twin.close();
        }
        if (caravan != null) {
            caravan.close();
        }
    }

    @Test
    void there_is_exactly_one_job_for_each_object_after_the_reconciler_ran() {
        start();
        Clients clients = new Clients(SharedCloud.get().properties());
        try (S3Client s3 = clients.s3();
                SqsClient sqs = clients.sqs()) {
            List<String> events = announced(s3, sqs);
            int dropped = mangled(events, sqs);
            Awaitility.await("one asset for each upload")
                    .atMost(Duration.ofSeconds(180))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> jobs(clients).size() >= UPLOADS
                            && jobs(clients).stream()
                                    .allMatch(job -> job.status().ended()));
            // By now the comparison of bucket and records has been made several times; what is not doubled stays so.
            List<Job> jobs = jobs(clients);
            System.out.printf(
                    "FAULTS messages: seed %d, %d uploads, %d events dropped, the others three times; %d faults of the cloud%n",
                    seed, UPLOADS, dropped, hostile.faults());
            assertThat(jobs).as("seed %d", seed).hasSize(UPLOADS);
            assertThat(jobs).allMatch(job -> job.status() == JobStatus.COMPLETED);
            assertThat(jobs).allMatch(job -> job.retryCount() == 0);
            assertThat(new TreeSet<>(jobs.stream().map(Job::assetId).toList())).hasSize(UPLOADS);
            assertThat(jobs).allMatch(job -> caravan.asset(job.assetId()).status() == AssetStatus.READY);
            assertThat(caravan.stage.scenes().size() + twin.stage.scenes().size())
                    .as("each step ran once")
                    .isEqualTo(UPLOADS);
            assertThat(caravan.wiring().counts.totals()).containsEntry("video_ready", (long) UPLOADS);
        }
    }

    private void start() {
        caravan = TestCaravan.prepare(Map.of(
                        "caravan.s3.bucket",
                        SharedCloud.get().properties().get("caravan.s3.bucket"),
                        "caravan.ingest.prefixes",
                        "messages-" + seed + "-" + System.nanoTime() + "/",
                        "caravan.reconciler.compare-interval",
                        "20s",
                        "camel.main.routes-include-pattern",
                        "classpath:routes/ingest/s3-events.camel.yaml,classpath:routes/ingest/uploads.camel.yaml,"
                                + "classpath:routes/jobs/*.camel.yaml,classpath:routes/bench/*.camel.yaml"))
                .through(hostile::around);
        caravan.start();
        twin = caravan.twin();
    }

    /** The bucket's own announcements of the uploads, taken from its queue; this Caravan listens to another one. */
    private List<String> announced(S3Client s3, SqsClient sqs) {
        // The comparison of bucket and records sees an upload at once; the reconcilers begin with it when they start.
        for (int i = 0; i < UPLOADS; i++) {
            String key = caravan.key("clip %d.mp4".formatted(i));
            s3.putObject(
                    request -> request.bucket(caravan.property("caravan.s3.bucket"))
                            .key(key),
                    RequestBody.fromString("not looked at"));
        }
        String url = sqs.getQueueUrl(request -> request.queueName("caravan-s3-events"))
                .queueUrl();
        String prefix = caravan.property("caravan.ingest.prefixes");
        List<String> events = new ArrayList<>();
        Awaitility.await("all are announced").atMost(Duration.ofSeconds(90)).until(() -> {
            List<Message> messages = sqs.receiveMessage(
                            request -> request.queueUrl(url).maxNumberOfMessages(10))
                    .messages();
            messages.forEach(message -> {
                sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
                if (message.body().contains(prefix.replace("/", "%2F"))
                        || message.body().contains(prefix)) {
                    events.add(message.body());
                }
            });
            return events.size() == UPLOADS;
        });
        return events;
    }

    /** A tenth is dropped, the rest comes three times in any order. Returns how many were dropped. */
    private int mangled(List<String> events, SqsClient sqs) {
        List<String> sent = new ArrayList<>();
        for (String event : events) {
            if (random.nextInt(10) > 0) {
                sent.addAll(Collections.nCopies(TIMES, event));
            }
        }
        Collections.shuffle(sent, random);
        String url = sqs.getQueueUrl(request -> request.queueName(caravan.property("caravan.name") + "-s3-events"))
                .queueUrl();
        sent.forEach(event -> sqs.sendMessage(request -> request.queueUrl(url).messageBody(event)));
        return events.size() - sent.size() / TIMES;
    }

    private List<Job> jobs(Clients clients) {
        try (var dynamo = clients.dynamoDb()) {
            return dynamo
                    .scanPaginator(request -> request.tableName(caravan.property("caravan.name") + "-jobs"))
                    .items()
                    .stream()
                    .filter(item -> item.get("item").s().equals("job"))
                    .map(dev.caravan.job.Jobs::read)
                    .toList();
        }
    }
}
