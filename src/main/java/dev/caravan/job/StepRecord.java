package dev.caravan.job;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.caravan.asset.Warning;
import dev.caravan.failure.Failure;
import java.util.List;
import java.util.Map;

/**
 * The record of one step in a job's record.
 *
 * @param attempts runs that were started and not cut off by a crash or by Caravan, the running one included
 * @param firstStartedAt when its first run started; the total time of its retries counts from then
 * @param outputs values and files of the step, restored instead of running it again
 * @param fingerprint of the step's definition and inputs; outputs are valid only while it stays the same
 * @param error the last failure; during a later run, that of the run before it
 */
public record StepRecord(
        StepStatus status,
        int attempts,
        String startedAt,
        String finishedAt,
        Map<String, Object> outputs,
        List<Warning> warnings,
        String fingerprint,
        Failure error,
        String firstStartedAt) {

    /** Makes a record without earlier runs. */
    public StepRecord(
            StepStatus status,
            int attempts,
            String startedAt,
            String finishedAt,
            Map<String, Object> outputs,
            List<Warning> warnings,
            String fingerprint,
            Failure error) {
        this(status, attempts, startedAt, finishedAt, outputs, warnings, fingerprint, error, null);
    }

    /** The record of a run that starts now. */
    public static StepRecord running(int attempt, String now) {
        return new StepRecord(StepStatus.RUNNING, attempt, now, null, null, null, null, null, now);
    }

    /** The record of the run that follows this one and starts now. */
    public StepRecord next(String now) {
        int attempt = nextAttempt();
        String first = attempt == 1 || firstStartedAt == null ? now : firstStartedAt;
        Failure before = attempt == 1 ? null : error;
        return new StepRecord(StepStatus.RUNNING, attempt, now, null, null, null, null, before, first);
    }

    @JsonIgnore
    public boolean done() {
        return status == StepStatus.COMPLETED || status == StepStatus.SKIPPED;
    }

    /** The number of the next run: a run that was cut off is repeated under its own number. */
    public int nextAttempt() {
        return status == StepStatus.RUNNING ? Math.max(1, attempts) : attempts + 1;
    }
}
