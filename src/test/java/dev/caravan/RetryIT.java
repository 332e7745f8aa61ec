package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.caravan.asset.AssetStatus;
import dev.caravan.control.Retry;
import dev.caravan.control.RetryRequest;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.Refusal;
import dev.caravan.failure.StepException;
import dev.caravan.functional.SettableClock;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Priority;
import dev.caravan.job.ResumePlan;
import dev.caravan.job.StepStatus;
import dev.caravan.records.Write;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A job that has ended goes on: from where, with what, and what its asset makes of it. */
class RetryIT {
    private static final SettableClock CLOCK = new SettableClock();
    private static TestCaravan test;

    @BeforeAll
    static void start() {
        test = TestCaravan.prepare(TestCaravan.ENGINE_ONLY).at(CLOCK);
        test.start();
    }

    @AfterAll
    static void stop() {
        test.close();
    }

    @BeforeEach
    void everybody_plays() {
        List.of("first", "second", "third", "only").forEach(scene -> test.stage.set(scene, (exchange, step) -> {}));
        test.wiring().worker.holdBack(Duration.ZERO);
    }

    @Test
    void a_retry_from_the_failed_step_runs_only_what_is_left() {
        fails("second");
        Job failed = test.awaitEnd(test.submit("three-acts"));
        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        plays("second");
        Retry.Outcome outcome = retry(failed.jobId(), RetryRequest.PLAIN);
        assertThat(outcome.plan().steps())
                .extracting(ResumePlan.Step::step, ResumePlan.Step::action)
                .containsExactly(
                        tuple("first", ResumePlan.Action.REUSE),
                        tuple("second", ResumePlan.Action.RUN),
                        tuple("third", ResumePlan.Action.RUN));
        Job done = test.awaitEnd(failed.jobId());
        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(done.error()).isNull();
        assertThat(done.retried()).isEqualTo(1);
        assertThat(scenes(done)).containsExactly("first", "second", "second", "third");
        assertThat(done.steps().get("second").attempts()).isEqualTo(1);
        assertThat(test.asset(done.assetId()).status()).isEqualTo(AssetStatus.READY);
        assertThat(test.asset(done.assetId()).error()).isNull();
        assertThat(test.history(done.jobId())).containsOnlyOnce("failed", "retried", "completed");
    }

    @Test
    void a_retry_gives_the_failed_step_all_its_attempts_again() {
        test.stage.set("second", (exchange, step) -> {
            throw StepException.transientFailure("NOT_TODAY", "It does not work", "Come back tomorrow");
        });
        String id = test.submit("three-acts");
        test.awaitEnd(id);
        retry(id, RetryRequest.PLAIN);
        Job again = test.await(id, job -> job.retried() == 1 && job.status() == JobStatus.FAILED);
        assertThat(again.steps().get("second").attempts()).isEqualTo(3);
        assertThat(again.retryCount()).isEqualTo(2);
        assertThat(scenes(again)).containsExactly("first", "second", "second", "second", "second", "second", "second");
    }

    @Test
    void what_lies_in_the_input_is_permanent_the_second_time_and_a_retry_by_hand_gives_it_two_attempts_again() {
        test.stage.set("second", (exchange, step) -> {
            throw StepException.transientFailure("FFMPEG_FAILED", "ffmpeg ended with exit code 1: odd", "Look")
                    .permanentWhenRepeated();
        });
        String id = test.submit("three-acts");
        Job failed = test.awaitEnd(id);
        assertThat(failed.steps().get("second").attempts()).isEqualTo(2);
        assertThat(failed.error().kind()).isEqualTo(FailureKind.PERMANENT);
        assertThat(failed.error().code()).isEqualTo("FFMPEG_FAILED");
        assertThat(failed.error().message()).contains("exit code 1: odd").contains("the attempt before");
        retry(id, RetryRequest.PLAIN);
        Job again = test.await(id, job -> job.retried() == 1 && job.status() == JobStatus.FAILED);
        assertThat(again.steps().get("second").attempts()).isEqualTo(2);
    }

    @Test
    void a_retry_from_the_start_runs_everything_and_from_a_step_that_and_the_rest() {
        String id = test.submit("three-acts");
        test.awaitEnd(id);
        retry(id, new RetryRequest("second", null, null, null));
        assertThat(scenes(test.awaitEnd(id))).containsExactly("first", "second", "third", "second", "third");
        retry(id, new RetryRequest(ResumePlan.START, null, null, null));
        assertThat(scenes(test.awaitEnd(id)))
                .containsExactly("first", "second", "third", "second", "third", "first", "second", "third");
    }

    @Test
    void parameters_that_were_edited_run_the_steps_that_they_belong_to_and_the_plan_says_so() {
        fails("third");
        String id = test.submit("three-acts");
        test.awaitEnd(id);
        plays("third");
        RetryRequest retryRequest = new RetryRequest(null, Map.of("tempo", 7), null, null);
        ResumePlan plan = test.wiring().steering.retry.dryRun(id, retryRequest).plan();
        assertThat(plan.steps())
                .extracting(ResumePlan.Step::step, ResumePlan.Step::action, ResumePlan.Step::changed)
                .containsExactly(
                        tuple("first", ResumePlan.Action.REUSE, List.of()),
                        tuple("second", ResumePlan.Action.RUN, List.of("parameters")),
                        tuple("third", ResumePlan.Action.RUN, List.of()));
        retry(id, retryRequest);
        Job done = test.awaitEnd(id);
        assertThat(done.parameters()).isEqualTo(Map.of("tempo", 7L));
        assertThat(scenes(done)).containsExactly("first", "second", "third", "second", "third");
        assertThatThrownBy(() -> retry(id, new RetryRequest(ResumePlan.START, Map.of("tempo", "fast"), null, null)))
                .isInstanceOfSatisfying(
                        Refusal.class, wrong -> assertThat(wrong.code()).isEqualTo("INVALID_PARAMETERS"));
    }

    @Test
    void a_definition_that_changed_is_named_by_the_plan_and_runs() {
        fails("third");
        String id = test.submit("three-acts");
        Job failed = test.awaitEnd(id);
        String print = failed.steps().get("first").fingerprint();
        String other = "0000000000000000" + print.substring(16);
        change(id, write -> write.set("steps.first.fingerprint", other));
        plays("third");
        ResumePlan plan = retry(id, RetryRequest.PLAIN).plan();
        assertThat(plan.steps().get(0).changed()).containsExactly("definition");
        assertThat(plan.steps().get(1).action()).isEqualTo(ResumePlan.Action.RUN);
        assertThat(plan.steps().get(1).why()).contains("Unless first comes to the same result");
        assertThat(scenes(test.awaitEnd(id)))
                .as("first changed and ran; second got the same from it and was taken over")
                .containsExactly("first", "second", "third", "first", "third");
    }

    @Test
    void steps_that_came_and_went_since_are_told_apart() {
        fails("third");
        String id = test.submit("three-acts");
        Job failed = test.awaitEnd(id);
        change(id, write -> write.set("steps.old", failed.steps().get("first")).remove("steps.first"));
        assertThat(test.wiring()
                        .steering
                        .retry
                        .plan(id, RetryRequest.PLAIN)
                        .plan()
                        .steps())
                .extracting(ResumePlan.Step::step, ResumePlan.Step::action)
                .containsExactly(
                        tuple("first", ResumePlan.Action.NEW),
                        tuple("second", ResumePlan.Action.RUN),
                        tuple("third", ResumePlan.Action.RUN),
                        tuple("old", ResumePlan.Action.GONE));
    }

    @Test
    void a_second_retry_of_a_job_in_line_is_refused() {
        fails("second");
        String id = test.submit("three-acts");
        test.awaitEnd(id);
        plays("second");
        retry(id, new RetryRequest(null, null, Priority.HIGH, CLOCK.instant().plus(Duration.ofHours(1))));
        Job waiting = test.job(id);
        assertThat(waiting.waitingFor()).isEqualTo("due");
        assertThat(waiting.priority()).isEqualTo(5);
        refused(id, RetryRequest.PLAIN, "JOB_WAITING");
        assertThat(test.asset(waiting.assetId()).status()).isEqualTo(AssetStatus.PROCESSING);
        CLOCK.tick(Duration.ofHours(1));
        test.look();
        assertThat(test.awaitEnd(id).status()).isEqualTo(JobStatus.COMPLETED);
        refused(id, RetryRequest.PLAIN, "JOB_NOT_RETRYABLE");
        refused(id, new RetryRequest(ResumePlan.FAILED, null, null, null), "JOB_NOT_RETRYABLE");
    }

    @Test
    void a_job_whose_asset_was_deleted_stays_as_it_is() {
        fails("second");
        Job job = test.awaitEnd(test.submit("three-acts"));
        test.wiring().deletion.delete(job.assetId());
        refused(job.jobId(), RetryRequest.PLAIN, "ASSET_DELETED");
        assertThat(test.job(job.jobId()).status()).isEqualTo(JobStatus.FAILED);
    }

    @Test
    void a_cancelled_job_goes_on_where_it_was() {
        test.wiring().worker.holdBack(Duration.ofHours(1));
        String id = test.submit("three-acts");
        test.wiring().cancellation.cancel(id, "by mistake");
        assertThat(test.asset(test.job(id).assetId()).error().code()).isEqualTo("CANCELLED");
        test.wiring().worker.holdBack(Duration.ZERO);
        retry(id, RetryRequest.PLAIN);
        test.look();
        Job done = test.awaitEnd(id);
        assertThat(done.status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(done.steps().values()).allMatch(step -> step.status() == StepStatus.COMPLETED);
        assertThat(test.asset(done.assetId()).status()).isEqualTo(AssetStatus.READY);
    }

    private static void fails(String scene) {
        test.stage.set(scene, (exchange, step) -> {
            throw StepException.permanent("BROKEN", "It is broken", "Mend it");
        });
    }

    private static void plays(String scene) {
        test.stage.set(scene, (exchange, step) -> {});
    }

    private static Retry.Outcome retry(String id, RetryRequest retryRequest) {
        return test.wiring().steering.retry.retry(id, retryRequest);
    }

    private static void refused(String id, RetryRequest retryRequest, String code) {
        assertThatThrownBy(() -> retry(id, retryRequest))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static void change(String id, UnaryOperator<Write> change) {
        test.wiring()
                .records
                .update(change.apply(
                        Write.to(test.property("caravan.name") + "-jobs", Map.of("job_id", id, "item", "job"))));
    }

    private static List<String> scenes(Job job) {
        return test.stage.notes().stream()
                .filter(note -> note.jobId().equals(job.jobId()))
                .map(Stage.Note::scene)
                .toList();
    }
}
