package dev.caravan.failure;

import java.time.Duration;
import java.util.Optional;

/** The one exception by which a step says how it failed. Everything else that a step throws counts as transient. */
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

    /** @param wait until it is this job's turn; its place is given to others meanwhile */
    public static StepException waiting(String code, String message, Duration wait) {
        String advice = "Nothing: the job goes on by itself when it is its turn.";
        return new StepException(new Failure(code, FailureKind.WAITING, null, message, advice, null), wait, null);
    }

    public static StepException fenced(String message) {
        return new StepException(
                new Failure("FENCED", FailureKind.FENCED, null, message, "Nothing: the job is in other hands.", null));
    }

    /**
     * The same, where a transient failure is worth another attempt however many there were.
     *
     * @param left no attempt starts later than this from now, unless the retry policy allows it anyway
     */
    public StepException insisting(Duration left) {
        // Without itself behind it: who looks for the cause of a failure begins with the innermost.
        return new StepException(failure, retryAfter, left, whenRepeated, getCause());
    }

    /**
     * A transient failure that lies in the input or in the command where it comes out the same twice in a row: then it is
     * permanent. Never so for what depends on the machine, such as limits of time.
     */
    public StepException permanentWhenRepeated() {
        return new StepException(failure, retryAfter, insistence, true, getCause());
    }

    public Failure failure() {
        return failure;
    }

    /** The wait that the other side asked for (Retry-After), when it did. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** For how long another attempt is worth it, whatever their number. */
    public Optional<Duration> insistence() {
        return Optional.ofNullable(insistence);
    }

    /** Whether it is permanent once it comes out the same twice in a row. */
    public boolean isPermanentWhenRepeated() {
        return whenRepeated;
    }
}
