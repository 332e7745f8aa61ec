package dev.caravan.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.failure.FailureKind;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.local.Clients;
import dev.caravan.local.SharedCloud;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Uploads that are overwritten or deleted under the job that works on them. */
@Tag("faults")
class ChangedUploadIT {
    private Fleet fleet;
    private WorkerProcess worker;

    @BeforeEach
    void start() {
        fleet = new Fleet("changed", Map.of("caravan.worker.concurrency", "1"));
        worker = fleet.readyWorker();
    }

    @AfterEach
    void end() {
        fleet.close();
    }

    @Test
    void a_key_that_is_overwritten_is_SOURCE_CHANGED_to_its_job_and_the_new_bytes_have_a_job_of_their_own() {
        String old = fleet.upload("clip.mov", fleet.clip(2));
        Fleet.await(60, "encoding", () -> !fleet.ffmpeg.starts().isEmpty());
        String waiting = fleet.upload("waiting.mov", fleet.clip(1));
        fleet.awaitJob(waiting, 30, job -> job.status() == JobStatus.QUEUED);
        // The one is running and must read its source again after the kill; the other has not read it yet.
        String newer = fleet.upload("clip.mov", fleet.clip(0.5));
        String newerWaiting = fleet.upload("waiting.mov", fleet.clip(0.4));
        assertThat(List.of(newer, newerWaiting)).doesNotContain(old, waiting);
        worker.kill();
        fleet.worker(worker.home());
        fleet.awaitAll(120, List.of(old, waiting, newer, newerWaiting));
        for (String asset : List.of(old, waiting)) {
            Job job = fleet.jobOn(asset).orElseThrow();
            assertThat(job.status()).isEqualTo(JobStatus.FAILED);
            assertThat(job.error().code()).isEqualTo("SOURCE_CHANGED");
            assertThat(job.error().kind()).isEqualTo(FailureKind.PERMANENT);
            assertThat(job.retryCount()).isZero();
        }
        for (String asset : List.of(newer, newerWaiting)) {
            assertThat(fleet.jobOn(asset).orElseThrow().status()).isEqualTo(JobStatus.COMPLETED);
        }
        assertThat(fleet.outputs.overwritten()).isEmpty();
    }

    @Test
    void an_asset_that_is_deleted_while_its_job_runs_is_not_revived_by_a_late_event() {
        fleet.ffmpeg.behave("exec tail -f /dev/null");
        String asset = fleet.upload("clip.mov", fleet.clip(1));
        Fleet.await(60, "encoding", () -> !fleet.ffmpeg.starts().isEmpty());
        assertThat(worker.children()).isNotEmpty();
        assertThat(Site.delete(fleet.front.caravan().apiUrl(), "/api/videos/" + asset))
                .isEqualTo(204);
        Fleet.await(5, "FFmpeg is ended", () -> worker.children().isEmpty());
        fleet.ffmpeg.behave("");
        Job cancelled = fleet.awaitJob(asset, 10, job -> job.status().ended());
        assertThat(cancelled.status()).isEqualTo(JobStatus.CANCELLED);

        Evidence before = fleet.evidence();
        announce(fleet.front.key("clip.mov"));
        String marker = fleet.upload("after.mov", fleet.clip(0.5));
        fleet.awaitJob(marker, 60, job -> job.status() == JobStatus.COMPLETED);
        // The comparison of bucket and records, too, has looked at least twice.
        Fleet.pass(Duration.ofSeconds(7));
        Evidence after = fleet.evidence();
        assertThat(after.jobs()).hasSize(before.jobs().size() + 1);
        assertThat(after.jobs().get(cancelled.jobId())).isEqualTo(before.jobs().get(cancelled.jobId()));
        assertThat(fleet.front.asset(asset).deleted()).isTrue();
        assertThat(fleet.outputsOf(asset)).isEmpty();
    }

    /** The event of the upload once more, as S3 sends it. */
    private void announce(String key) {
        String event =
                """
                {"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put",
                "s3":{"bucket":{"name":"%s"},"object":{"key":"%s","size":1,"eTag":"0","sequencer":"00"}}}]}"""
                        .formatted(fleet.bucket(), key);
        try (SqsClient sqs = new Clients(SharedCloud.get().properties()).sqs()) {
            String url = sqs.getQueueUrl(request -> request.queueName(fleet.front.property("caravan.queue.events")))
                    .queueUrl();
            sqs.sendMessage(request -> request.queueUrl(url).messageBody(event));
        }
    }
}
