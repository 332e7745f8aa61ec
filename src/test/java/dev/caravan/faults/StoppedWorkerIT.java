package dev.caravan.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.asset.Asset;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A worker that stands still for longer than its lease, and then goes on as if nothing had been. */
@Tag("faults")
class StoppedWorkerIT {
    private Fleet fleet;

    @BeforeEach
    void start() {
        fleet = new Fleet("stopped", Map.of("caravan.worker.concurrency", "1"));
    }

    @AfterEach
    void end() {
        fleet.close();
    }

    @Test
    void another_worker_finishes_and_the_late_writer_is_refused_by_its_fence() {
        WorkerProcess late = fleet.readyWorker();
        String asset = fleet.upload("clip.mov", fleet.clip(2));
        Fleet.await(60, "encoding", () -> !fleet.ffmpeg.starts().isEmpty());
        late.stop();
        fleet.readyWorker();
        Job done = fleet.awaitJob(asset, 90, job -> job.status().ended());
        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        Evidence before = fleet.evidence();
        Asset published = fleet.front.asset(asset);

        late.goOn();
        Fleet.await(
                30,
                "it learns that it is late",
                () -> late.log().contains("Job " + done.jobId() + " is in other hands")
                        || late.log().contains("job " + done.jobId() + " left alone"));
        Fleet.await(10, "it lets go of everything", () -> late.children().isEmpty());
        Fleet.await(
                10,
                "its workspace is gone",
                () -> Files.notExists(late.home().resolve("temp").resolve(done.jobId() + "-1")));
        Evidence after = fleet.evidence();
        assertThat(after).isEqualTo(before);
        assertThat(fleet.front.asset(asset)).isEqualTo(published);
        assertThat(done.steps().values()).allMatch(step -> step.attempts() == 1);
        assertThat(after.events(done.jobId(), "taken-back")).hasSize(1);
        assertThat(fleet.outputs.overwritten()).isEmpty();
        assertThat(late.log()).doesNotContain("completed");

        String next = fleet.upload("next.mov", fleet.clip(0.5));
        fleet.alive().stream().filter(worker -> worker != late).forEach(WorkerProcess::kill);
        assertThat(fleet.awaitJob(next, 60, job -> job.status().ended()).status())
                .as("the late one works on")
                .isEqualTo(JobStatus.COMPLETED);
    }
}
