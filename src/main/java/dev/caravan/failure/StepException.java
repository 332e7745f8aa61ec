package dev.caravan.failure;

import java.time.Duration;
import java.util.Optional;

/** Tells how a step failed. Every other exception that a step throws counts as transient. */
public class StepException extends RuntimeException {
    private final transient Failure failure;
    private final Duration retryAfter;
    private final Duration insistence;
    private final boolean whenRepeated;

    public StepException(Failure failure, Duration retryAfter, Throwable cause) {
        this(failure, retryAfter, null, false, cause);
    }

    private StepException(
            Failure failure, Duration retryAfter, Duration insistence, boolean whenRepeated, Throwable cause) {
        super(failure.toString(), cause);
        this.failure = failure;
        this.retryAfter = retryAfter;
        this.insistence = insistence;
        this.whenRepeated = whenRepeated;
    }

    public StepException(Failure failure) {
        this(failure, null, null);
    }

    public static StepException permanent(String code, String message, String advice) {
        return new StepException(new Failure(code, FailureKind.PERMANENT, null, message, advice, null));
    }

    public static StepException transientFailure(String code, String message, String advice) {
        return new StepException(new Failure(code, FailureKind.TRANSIENT, null, message, advice, null));
    }

    public static StepException skipped(String code, String message) {
        return new StepException(new Failure(code, FailureKind.SKIPPED, null, message, null, null));
    }

    public static StepException ours(String code, String message, String advice, Throwable cause) {
        return new StepException(new Failure(code, FailureKind.OURS, null, message, advice, null), null, cause);
    }

    /** @param wait until it is this job's turn; other jobs use its place meanwhile */
    public static StepException waiting(String code, String message, Duration wait) {
        String advice = "Nothing: the job goes on by itself when it is its turn.";
        return new StepException(new Failure(code, FailureKind.WAITING, null, message, advice, null), wait, null);
    }

    public static StepException fenced(String message) {
        return new StepException(
                new Failure("FENCED", FailureKind.FENCED, null, message, "Nothing: the job is in other hands.", null));
    }

    /**
     * Makes a transient failure worth another attempt however many there were.
     *
     * @param left no attempt starts later than this from now, unless the retry policy allows it anyway
     */
    public StepException insisting(Duration left) {
        // Not its own cause: a search for the cause of a failure begins with the innermost.
        return new StepException(failure, retryAfter, left, whenRepeated, getCause());
    }

    /**
     * Makes a transient failure that becomes permanent when it occurs the same twice in a row: then the input or the command
     * is the cause. Never for what depends on the machine, such as time limits.
     */
    public StepException permanentWhenRepeated() {
        return new StepException(failure, retryAfter, insistence, true, getCause());
    }

    public Failure failure() {
        return failure;
    }

    /** Returns the wait that the other side asked for (Retry-After), when it did. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Returns for how long another attempt is worth it, whatever their number. */
    public Optional<Duration> insistence() {
        return Optional.ofNullable(insistence);
    }

    /** Returns whether it is permanent once it occurs the same twice in a row. */
    public boolean isPermanentWhenRepeated() {
        return whenRepeated;
    }
}
