package dev.caravan.failure;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * The cause of a failure, as the job record and API answers hold it.
 *
 * @param code stable, upper case with underscores, for programs: {@code SOURCE_CHANGED}
 * @param kind what happens next
 * @param step id of the step that failed; null outside a job
 * @param message what happened, in which file or line, in one sentence
 * @param advice what the reader can do about it
 * @param stderrTail the last lines that the child process wrote, or null
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Failure(String code, FailureKind kind, String step, String message, String advice, String stderrTail) {

    public Failure at(String newStep) {
        return new Failure(code, kind, newStep, message, advice, stderrTail);
    }

    /** Returns this failure as a permanent one, where a retry would not help. */
    public Failure permanent(String newMessage) {
        return new Failure(code, FailureKind.PERMANENT, step, newMessage, advice, stderrTail);
    }

    /** Returns the line in which the child process names the error, for logs; empty where the message has it already. */
    public String complaint() {
        String line = ErrorLineFinder.in(stderrTail);
        return line.isEmpty() || message != null && message.contains(line) ? "" : line;
    }

    @Override
    public String toString() {
        return code + ": " + message;
    }
}
