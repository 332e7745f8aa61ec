package dev.caravan.durable;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DurableRedeliveryPolicyTest {
    private final DurableRedeliveryPolicy policy = policy();

    @Test
    void three_attempts_are_three_runs_with_waits_of_two_and_four_seconds() {
        Failure failure = failure(FailureKind.TRANSIENT);
        assertThat(policy.verdict(failure, null, 1)).isEqualTo(new Verdict(Verdict.Next.RETRY, Duration.ofSeconds(2)));
        assertThat(policy.verdict(failure, null, 2)).isEqualTo(new Verdict(Verdict.Next.RETRY, Duration.ofSeconds(4)));
        assertThat(policy.verdict(failure, null, 3).next()).isEqualTo(Verdict.Next.DEAD);
    }

    @Test
    void a_wait_of_more_than_five_seconds_gives_the_place_back() {
        policy.setMaximumRedeliveries(5);
        assertThat(policy.verdict(failure(FailureKind.TRANSIENT), null, 3))
                .isEqualTo(new Verdict(Verdict.Next.LATER, Duration.ofSeconds(8)));
    }

    @Test
    void the_wait_that_the_other_side_asked_for_goes_first() {
        StepException busy = new StepException(failure(FailureKind.TRANSIENT), Duration.ofMinutes(3), null);
        assertThat(policy.verdict(busy.failure(), busy, 1))
                .isEqualTo(new Verdict(Verdict.Next.LATER, Duration.ofMinutes(3)));
    }

    @Test
    void waits_do_not_grow_over_their_bound() {
        policy.setMaximumRedeliveries(20);
        assertThat(policy.waitAfter(15)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void the_other_kinds_of_failure_are_not_retried() {
        assertThat(policy.verdict(failure(FailureKind.PERMANENT), null, 1).next())
                .isEqualTo(Verdict.Next.DEAD);
        assertThat(policy.verdict(failure(FailureKind.SKIPPED), null, 1).next()).isEqualTo(Verdict.Next.SKIP);
        assertThat(policy.verdict(failure(FailureKind.OURS), null, 1).next()).isEqualTo(Verdict.Next.GIVE_BACK);
        assertThat(policy.verdict(failure(FailureKind.FENCED), null, 1).next()).isEqualTo(Verdict.Next.LEAVE);
    }

    private static DurableRedeliveryPolicy policy() {
        DurableRedeliveryPolicy policy = new DurableRedeliveryPolicy();
        policy.setMaximumRedeliveries(2);
        policy.setRedeliveryDelay(2000);
        policy.setBackOffMultiplier(2);
        policy.setMaximumRedeliveryDelay(60_000);
        return policy;
    }

    private static Failure failure(FailureKind kind) {
        return new Failure("CODE", kind, null, "what", "advice", null);
    }
}
