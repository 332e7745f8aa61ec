package dev.caravan.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final Failure TRANSIENT = failure(FailureKind.TRANSIENT);

    @Test
    void three_attempts_are_three_runs_with_waits_of_two_and_four_seconds() {
        assertThat(after(RetryPolicy.DEFAULT, 1))
                .isEqualTo(new RetryDecision(RetryDecision.Next.RETRY, Duration.ofSeconds(2)));
        assertThat(after(RetryPolicy.DEFAULT, 2))
                .isEqualTo(new RetryDecision(RetryDecision.Next.RETRY, Duration.ofSeconds(4)));
        assertThat(after(RetryPolicy.DEFAULT, 3).next()).isEqualTo(RetryDecision.Next.DEAD);
    }

    @Test
    void a_wait_of_more_than_five_seconds_gives_the_place_back() {
        assertThat(after(policy(6, null, 0), 2).next()).isEqualTo(RetryDecision.Next.RETRY);
        assertThat(after(policy(6, null, 0), 3))
                .isEqualTo(new RetryDecision(RetryDecision.Next.LATER, Duration.ofSeconds(8)));
    }

    @Test
    void a_step_that_insists_is_run_again_however_often_until_its_time_is_over() {
        StepException insists = new StepException(TRANSIENT).insisting(Duration.ofSeconds(60));
        assertThat(RetryPolicy.DEFAULT.verdict(TRANSIENT, insists, run("j", 40, Duration.ofHours(9))))
                .isEqualTo(new RetryDecision(RetryDecision.Next.LATER, Duration.ofSeconds(60)));
        StepException almost = new StepException(TRANSIENT).insisting(Duration.ofSeconds(59));
        assertThat(RetryPolicy.DEFAULT
                        .verdict(TRANSIENT, almost, run("j", 40, Duration.ZERO))
                        .next())
                .isEqualTo(RetryDecision.Next.DEAD);
        assertThat(RetryPolicy.DEFAULT
                        .verdict(TRANSIENT, almost, run("j", 2, Duration.ZERO))
                        .next())
                .isEqualTo(RetryDecision.Next.RETRY);
    }

    @Test
    void waits_do_not_grow_over_their_bound() {
        assertThat(policy(20, null, 0).longestAfter(15)).isEqualTo(Duration.ofSeconds(60));
        assertThat(after(policy(20, null, 0), 15).pause()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void the_wait_that_the_other_side_asked_for_goes_first_even_if_it_is_shorter_or_over_the_bound() {
        assertThat(asked(Duration.ofMinutes(3)))
                .isEqualTo(new RetryDecision(RetryDecision.Next.LATER, Duration.ofMinutes(3)));
        assertThat(asked(Duration.ofMillis(10)))
                .isEqualTo(new RetryDecision(RetryDecision.Next.RETRY, Duration.ofMillis(10)));
        assertThat(asked(Duration.ofSeconds(-4)).pause()).isZero();
        assertThat(asked(Duration.ofDays(4000)).pause()).isEqualTo(Duration.ofHours(24));
    }

    @Test
    void who_does_not_listen_to_the_other_side_waits_as_long_as_ever() {
        RetryPolicy deaf = new RetryPolicy(3, Duration.ofSeconds(2), 2, Duration.ofSeconds(60), null, 0, false);
        StepException busy = new StepException(TRANSIENT, Duration.ofMinutes(3), null);
        assertThat(deaf.verdict(TRANSIENT, busy, run("j", 1, Duration.ZERO)).pause())
                .isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void no_attempt_starts_after_the_total_time_whoever_asks_for_the_wait() {
        RetryPolicy policy = policy(9, Duration.ofMinutes(5), 0);
        assertThat(policy.verdict(TRANSIENT, null, run("j", 2, Duration.ofSeconds(296)))
                        .next())
                .isEqualTo(RetryDecision.Next.RETRY);
        assertThat(policy.verdict(TRANSIENT, null, run("j", 2, Duration.ofSeconds(297)))
                        .next())
                .isEqualTo(RetryDecision.Next.DEAD);
        StepException busy = new StepException(TRANSIENT, Duration.ofMinutes(6), null);
        assertThat(policy.verdict(TRANSIENT, busy, run("j", 1, Duration.ZERO)).next())
                .isEqualTo(RetryDecision.Next.DEAD);
    }

    @Test
    void jitter_only_shortens_within_its_part_and_is_the_same_for_the_same_attempt_of_a_job() {
        RetryPolicy policy = policy(9, null, 0.25);
        List<Long> waits = IntStream.range(0, 1000)
                .mapToObj(i -> policy.verdict(TRANSIENT, null, run("job-" + i, 3, Duration.ZERO)))
                .map(verdict -> verdict.pause().toMillis())
                .toList();
        assertThat(waits).allSatisfy(wait -> assertThat(wait).isBetween(6000L, 8000L));
        assertThat(waits.stream().mapToLong(wait -> wait).average().orElseThrow())
                .isBetween(6900.0, 7100.0);
        assertThat(policy.shortestAfter(3)).isEqualTo(Duration.ofSeconds(6));
        assertThat(policy.verdict(TRANSIENT, null, run("job-7", 3, Duration.ofHours(1))))
                .isEqualTo(policy.verdict(TRANSIENT, null, run("job-7", 3, Duration.ZERO)));
    }

    @Test
    void the_other_kinds_of_failure_are_not_retried() {
        assertThat(next(FailureKind.PERMANENT)).isEqualTo(RetryDecision.Next.DEAD);
        assertThat(next(FailureKind.SKIPPED)).isEqualTo(RetryDecision.Next.SKIP);
        assertThat(next(FailureKind.OURS)).isEqualTo(RetryDecision.Next.GIVE_BACK);
        assertThat(next(FailureKind.FENCED)).isEqualTo(RetryDecision.Next.LEAVE);
    }

    @Test
    void a_limit_of_rate_counts_no_attempt_even_where_none_is_left() {
        StepException wait = StepException.waiting("RATE_WAIT", "Ten a minute", Duration.ofSeconds(3));
        assertThat(RetryPolicy.DEFAULT.verdict(wait.failure(), wait, run("j", 3, Duration.ofDays(1))))
                .isEqualTo(new RetryDecision(RetryDecision.Next.TURN, Duration.ofSeconds(3)));
    }

    private static RetryDecision asked(Duration wish) {
        StepException busy = new StepException(TRANSIENT, wish, null);
        return RetryPolicy.DEFAULT.verdict(TRANSIENT, busy, run("j", 1, Duration.ZERO));
    }

    private static RetryDecision.Next next(FailureKind kind) {
        return RetryPolicy.DEFAULT
                .verdict(failure(kind), null, run("j", 1, Duration.ZERO))
                .next();
    }

    private static RetryDecision after(RetryPolicy policy, int attempt) {
        return policy.verdict(TRANSIENT, null, run("j", attempt, Duration.ZERO));
    }

    private static RetryPolicy.Run run(String job, int number, Duration sinceFirst) {
        return new RetryPolicy.Run(job, "step", number, sinceFirst);
    }

    private static RetryPolicy policy(int attempts, Duration totalTime, double jitter) {
        return new RetryPolicy(attempts, Duration.ofSeconds(2), 2, Duration.ofSeconds(60), totalTime, jitter, true);
    }

    private static Failure failure(FailureKind kind) {
        return new Failure("CODE", kind, null, "what", "advice", null);
    }
}
