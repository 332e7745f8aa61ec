package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A worker's disk that takes no more folders. */
class WorkspaceIT {
    @Test
    void a_workspace_that_cannot_be_made_is_our_own_fault_and_nobody_has_died() throws IOException {
        try (TestCaravan caravan = TestCaravan.start(TestCaravan.ENGINE_ONLY)) {
            caravan.wiring().worker.holdBack(Duration.ofHours(1));
            String id = caravan.submit("three-acts");
            Files.createFile(Path.of(caravan.property("caravan.temp"), id + "-1"));
            caravan.wiring().worker.holdBack(Duration.ZERO);
            caravan.look();
            Job back = caravan.await(id, job -> job.fence() == 2);
            assertThat(back.status()).isEqualTo(JobStatus.QUEUED);
            assertThat(back.crashes()).isZero();
            Job done = caravan.awaitEnd(id);
            assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
            assertThat(done.retryCount()).isZero();
            assertThat(done.steps().values()).allMatch(step -> step.attempts() == 1);
        }
    }
}
