package dev.caravan.durable;

import dev.caravan.failure.Failure;
import dev.caravan.failure.StepException;
import dev.caravan.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.zip.CRC32;

/**
 * How often a step is run again, and after which waits. A plan shows it as it will happen.
 *
 * @param attempts runs in all, the first included
 * @param delay the wait after the first run
 * @param multiplier how much longer each wait is than the one before it
 * @param maxDelay no wait of Caravan's is longer
 * @param totalTime no run starts later than this after the first one; null for no bound
 * @param jitter the part of a wait, 0 to 1, by which it may be shorter, so that jobs which failed together do not come back
 *     together; the same job's wait is always the same
 * @param retryAfter whether the wait that the other side asks for replaces Caravan's
 */
record RetryPolicy(
        int attempts,
        Duration delay,
        double multiplier,
        Duration maxDelay,
        Duration totalTime,
        double jitter,
        boolean retryAfter) {
    static final RetryPolicy DEFAULT =
            new RetryPolicy(3, Duration.ofSeconds(2), 2, Duration.ofMinutes(1), null, 0, true);
    /** Longer waits give the place back, so that another job can use it. */
    static final Duration MAX_WAIT_IN_PLACE = Duration.ofSeconds(5);
    /** Who asks for more than this is not believed. */
    static final Duration MAX_RETRY_AFTER = Duration.ofHours(24);
    /** The time that Caravan's own stores and disk get to come back. */
    static final Duration GIVE_BACK = Duration.ofSeconds(5);

    /**
     * One run of a step.
     *
     * @param number from 1, over the whole life of the job
     * @param sinceFirst since the first run of the step started
     */
    record Run(String jobId, String step, int number, Duration sinceFirst) {}

    /** @param asked the exception, where the step itself said how it failed; else null */
    RetryDecision verdict(Failure failure, StepException asked, Run run) {
        Duration wish = asked == null ? null : asked.retryAfter().orElse(null);
        return switch (failure.kind()) {
            case PERMANENT -> RetryDecision.of(RetryDecision.Next.DEAD);
            case SKIPPED -> RetryDecision.of(RetryDecision.Next.SKIP);
            case FENCED -> RetryDecision.of(RetryDecision.Next.LEAVE);
            case OURS -> new RetryDecision(RetryDecision.Next.GIVE_BACK, GIVE_BACK);
            case WAITING -> new RetryDecision(RetryDecision.Next.TURN, wish == null ? GIVE_BACK : wish);
            case TRANSIENT ->
                again(
                        run,
                        retryAfter && wish != null ? believed(wish) : waitAfter(run),
                        asked == null ? null : asked.insistence().orElse(null));
        };
    }

    /** @param left for how long the step itself wants more attempts than there are; null where it does not */
    private RetryDecision again(Run run, Duration wait, Duration left) {
        boolean insists = left != null && wait.compareTo(left) <= 0;
        if (!insists && (run.number() >= attempts || tooLate(run.sinceFirst().plus(wait)))) {
            return RetryDecision.of(RetryDecision.Next.DEAD);
        }
        return new RetryDecision(givesPlaceBack(wait) ? RetryDecision.Next.LATER : RetryDecision.Next.RETRY, wait);
    }

    private static Duration believed(Duration wish) {
        return wish.isNegative() ? Duration.ZERO : wish.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : wish;
    }

    static boolean givesPlaceBack(Duration wait) {
        return wait.compareTo(MAX_WAIT_IN_PLACE) > 0;
    }

    /** Whether a run that starts so long after the first one would be too late. */
    boolean tooLate(Duration sinceFirst) {
        return totalTime != null && sinceFirst.compareTo(totalTime) > 0;
    }

    /** The failure of the last run where another one was left and there is no time for it. */
    Failure outOfTime(Failure last) {
        return new Failure(
                last.code(),
                last.kind(),
                last.step(),
                "%s (no further attempt: none starts later than %s after the first)"
                        .formatted(last.message(), Settings.toText(totalTime)),
                last.advice(),
                last.stderrTail());
    }

    /** The longest wait after the {@code attempt}th run, when no other wait is asked for. */
    Duration longestAfter(int attempt) {
        double millis = delay.toMillis() * Math.pow(multiplier, attempt - 1.0);
        return Duration.ofMillis((long) Math.min(millis, maxDelay.toMillis()));
    }

    /** The shortest one. */
    Duration shortestAfter(int attempt) {
        return shortened(longestAfter(attempt), 1);
    }

    private Duration waitAfter(Run run) {
        return shortened(longestAfter(run.number()), chance(run));
    }

    private Duration shortened(Duration wait, double chance) {
        return Duration.ofMillis(Math.round(wait.toMillis() * (1 - jitter * chance)));
    }

    /** 0 to 1, by job, step and attempt: spread over jobs, and the same on every worker. */
    private static double chance(Run run) {
        CRC32 sum = new CRC32();
        sum.update("%s/%s/%d".formatted(run.jobId(), run.step(), run.number()).getBytes(StandardCharsets.UTF_8));
        return sum.getValue() / (double) 0xFFFF_FFFFL;
    }
}
