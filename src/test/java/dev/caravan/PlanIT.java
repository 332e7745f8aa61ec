package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.durable.PipelinePlan;
import dev.caravan.durable.PipelinePlanner;
import dev.caravan.functional.SettableClock;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.records.Items;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** The plan's seconds are the engine's seconds. */
class PlanIT {
    private final SettableClock clock = new SettableClock();
    private TestCaravan caravan;

    @BeforeEach
    void start() {
        caravan = TestCaravan.prepare(TestCaravan.ENGINE_ONLY).at(clock);
        caravan.start();
    }

    @AfterEach
    void stop() {
        caravan.close();
    }

    @Test
    void short_waits_are_waited_in_place_as_planned() {
        PipelinePlan.Retry planned = planned("in-place");
        assertThat(planned.waits())
                .containsExactly(
                        new PipelinePlan.Wait(1, 0.05, 0.05, false), new PipelinePlan.Wait(2, 0.15, 0.15, false));
        fail("in-place");
        Job job = caravan.awaitEnd(caravan.submit("stubborn-acts"));
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.steps().get("in-place").attempts()).isEqualTo(planned.attempts());
        assertThat(job.maxRetries()).as("of the step with most").isEqualTo(8);
        List<Double> waits = history(job.jobId()).stream()
                .filter(event -> event.get("event").equals("step-failed"))
                .map(event -> ((Number) event.get("wait_ms")).doubleValue() / 1000)
                .toList();
        // The clock stands still, so their order is not in the history.
        assertThat(waits)
                .containsExactlyInAnyOrderElementsOf(planned.waits().stream()
                        .map(PipelinePlan.Wait::maxSeconds)
                        .toList());
    }

    @Test
    void long_waits_give_the_place_back_and_are_due_within_the_planned_range() {
        PipelinePlan.Retry planned = planned("far-off");
        assertThat(planned.waits()).extracting(PipelinePlan.Wait::maxSeconds).containsExactly(10.0, 30.0, 60.0, 60.0);
        assertThat(planned.waits()).extracting(PipelinePlan.Wait::minSeconds).containsExactly(8.0, 24.0, 48.0, 48.0);
        assertThat(planned.waits()).allMatch(PipelinePlan.Wait::givesPlaceBack);
        assertThat(planned.maxWaitSeconds()).isEqualTo(160);
        fail("far-off");
        String id = caravan.submit("stubborn-acts");
        for (PipelinePlan.Wait wait : planned.waits()) {
            Duration seen = awaitDue(id, "far-off", wait.afterAttempt());
            assertThat(seen.toMillis() / 1000.0).isBetween(wait.minSeconds(), wait.maxSeconds());
            pass(seen);
        }
        Job job = caravan.awaitEnd(id);
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(caravan.stage.notes("far-off")).hasSize(planned.attempts());
    }

    @Test
    void no_attempt_starts_after_the_total_time_which_counts_over_a_restart() {
        PipelinePlan.Retry planned = planned("in-time");
        assertThat(planned.totalTimeSeconds()).isEqualTo(600);
        fail("in-time");
        String id = caravan.submit("stubborn-acts");
        pass(awaitDue(id, "in-time", 1));
        Duration second = awaitDue(id, "in-time", 2);
        assertThat(second).isEqualTo(Duration.ofMinutes(3));
        caravan.stop();
        clock.tick(second);
        caravan.start();
        Job job = caravan.awaitEnd(id);
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.steps().get("in-time").attempts()).isEqualTo(3);
        assertThat(job.error().message()).endsWith("(no further attempt: none starts later than 10m after the first)");
    }

    @Test
    void a_job_that_waited_for_a_worker_until_the_total_time_was_over_is_not_tried_again() {
        fail("in-time");
        String id = caravan.submit("stubborn-acts");
        awaitDue(id, "in-time", 1);
        pass(Duration.ofSeconds(601));
        Job job = caravan.awaitEnd(id);
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(job.error().code()).isEqualTo("STEP_FAILED");
        assertThat(job.steps().get("in-time").attempts()).isEqualTo(1);
        assertThat(caravan.stage.notes("in-time")).hasSize(1);
    }

    @Test
    void a_step_with_one_attempt_is_not_tried_again() {
        assertThat(planned("once").waits()).isEmpty();
        fail("once");
        Job job = caravan.awaitEnd(caravan.submit("stubborn-acts"));
        assertThat(job.status()).isEqualTo(JobStatus.FAILED);
        assertThat(caravan.stage.notes("once")).hasSize(1);
    }

    private PipelinePlan.Retry planned(String step) {
        PipelinePlanner pipelinePlanner =
                new PipelinePlanner(caravan.wiring().catalog, caravan.wiring().settings, provider -> Optional.empty());
        return pipelinePlanner.of("stubborn-acts").orElseThrow().steps().stream()
                .filter(each -> each.id().equals(step))
                .findFirst()
                .orElseThrow()
                .retry();
    }

    private void fail(String scene) {
        caravan.stage.set(scene, (exchange, step) -> {
            throw new IllegalStateException("not today");
        });
    }

    /** Waits until that attempt has failed and the job is in line again; how long it is to wait there. */
    private Duration awaitDue(String id, String step, int attempt) {
        Job waiting = caravan.await(
                id,
                job -> "due".equals(job.waitingFor())
                        && job.steps().get(step).attempts() == attempt
                        && job.status() == JobStatus.RETRYING);
        return Duration.between(clock.instant(), Instant.parse(waiting.dueAt()));
    }

    private void pass(Duration time) {
        clock.tick(time);
        caravan.reconcile();
        caravan.look();
    }

    private List<Map<String, Object>> history(String job) {
        return caravan
                .clients()
                .dynamo()
                .query(QueryRequest.builder()
                        .tableName(caravan.caravan().setting("caravan.table.jobs"))
                        .keyConditionExpression("job_id = :job AND begins_with(#item, :history)")
                        .expressionAttributeNames(Map.of("#item", "item"))
                        .expressionAttributeValues(Items.attributes(Map.of(":job", job, ":history", "history#")))
                        .build())
                .items()
                .stream()
                .map(Items::map)
                .toList();
    }
}
