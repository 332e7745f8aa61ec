package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.asset.AssetStatus;
import dev.caravan.failure.StepException;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.StepStatus;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineIT {
    private TestCaravan caravan;

    @BeforeAll
    void start() {
        caravan = TestCaravan.start(TestCaravan.ENGINE_ONLY);
    }

    @AfterAll
    void stop() {
        caravan.close();
    }

    @Test
    void a_job_runs_its_steps_once_and_makes_its_asset_ready() {
        caravan.stage.set("first", (exchange, step) -> exchange.setVariable("learned", Map.of("answer", 42)));
        String id = caravan.submit("three-acts");
        Job job = caravan.awaitEnd(id);
        assertThat(job.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(job.progressPercentage()).isEqualTo(100);
        assertThat(job.lastSuccessfulStep()).isEqualTo("third");
        assertThat(job.steps()).containsOnlyKeys("first", "second", "third");
        assertThat(job.steps().values())
                .allMatch(step -> step.status() == StepStatus.COMPLETED && step.attempts() == 1);
        assertThat(job.steps().get("first").outputs().toString()).contains("answer=42");
        assertThat(caravan.asset(job.assetId()).status()).isEqualTo(AssetStatus.READY);
    }

    @Test
    void a_step_that_always_fails_is_run_three_times_and_then_buried() {
        caravan.stage.set("second", (exchange, step) -> {
            throw StepException.transientFailure("NOT_TODAY", "It does not work", "Come back tomorrow");
        });
        Job job = caravan.awaitEnd(caravan.submit("three-acts"));
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.error().code()).isEqualTo("NOT_TODAY");
        assertThat(job.error().step()).isEqualTo("second");
        assertThat(job.retryCount()).isEqualTo(2);
        assertThat(job.steps().get("second").attempts()).isEqualTo(3);
        assertThat(caravan.stage.notes("second"))
                .filteredOn(note -> note.jobId().equals(job.jobId()))
                .hasSize(3);
        assertThat(caravan.asset(job.assetId()).status()).isEqualTo(AssetStatus.FAILED);
    }
}
