package dev.caravan.job;

import static dev.caravan.job.JobFields.CRASHES;
import static dev.caravan.job.JobFields.CURRENT_STEP;
import static dev.caravan.job.JobFields.ERROR;
import static dev.caravan.job.JobFields.LAST_SUCCESSFUL_STEP;
import static dev.caravan.job.JobFields.LEASE;
import static dev.caravan.job.JobFields.LEASE_BEAT;
import static dev.caravan.job.JobFields.PACE;
import static dev.caravan.job.JobFields.PROGRESS_PERCENTAGE;
import static dev.caravan.job.JobFields.RETRY_COUNT;
import static dev.caravan.job.JobFields.WAITING_FOR;
import static dev.caravan.job.JobFields.WORKER;

import dev.caravan.failure.Failure;
import dev.caravan.records.ConditionFailed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Changes jobs between their claim and their end or return to the ready queue. A change by a run takes the job as the run
 * claimed it, and throws {@code FENCED} when the run does not hold it any more.
 */
public final class RunTransitions {
    private static final String DUE = "due";

    private final JobWriter writer;
    private final Jobs jobs;

    public RunTransitions(JobWriter writer, Jobs jobs) {
        this.writer = writer;
        this.jobs = jobs;
    }

    /**
     * Gives the job to a worker.
     *
     * @throws ConditionFailed with the record as it is, when the entry is stale
     */
    public Job claim(ReadyJob entry, Lease lease) {
        return writer.update(writer.change(Transition.CLAIM, SeenJob.of(entry))
                .set(LEASE, lease)
                .set(WORKER, lease.worker()));
    }

    /**
     * The content of a heartbeat.
     *
     * @param beat one more than the last one
     * @param pace of the running step; null where it is not known
     * @param step the running one; null between two steps
     */
    public record Heartbeat(long beat, int percentage, Pace pace, String step) {}

    public void heartbeat(Job job, Heartbeat told) {
        JobChange change = writer.change(Transition.HEARTBEAT, job)
                .set(LEASE_BEAT, told.beat())
                .set(PROGRESS_PERCENTAGE, told.percentage())
                .set(PACE, told.pace());
        if (told.step() != null) {
            change.set(CURRENT_STEP, told.step());
        }
        try {
            writer.update(change);
        } catch (ConditionFailed e) {
            throw Jobs.fenced(job.jobId(), e);
        }
    }

    /**
     * Records that a run of a step begins. The first run of a step needs no change: the claim or the checkpoint recorded it.
     */
    public void startAttempt(Job job, String step, StepRecord record, int retries) {
        JobChange change = writer.change(Transition.START_ATTEMPT, job)
                .set(CURRENT_STEP, step)
                .step(step, record)
                .set(RETRY_COUNT, retries);
        writer.commit(Transition.START_ATTEMPT, job, change, Map.of("step", step, "attempt", record.attempts()));
    }

    /**
     * A step that is done.
     *
     * @param percentage of the whole job
     */
    public record DoneStep(String step, StepRecord record, int percentage) {
        JobChange in(JobChange change) {
            return change.step(step, record).set(LAST_SUCCESSFUL_STEP, step).set(CRASHES, 0);
        }
    }

    /**
     * Writes a checkpoint: the outputs of the step are valid from now on, and earlier crashes are not counted any more.
     *
     * @param next the step that follows
     */
    public void checkpoint(Job job, DoneStep done, String next) {
        StepRecord record = done.record();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("step", done.step());
        details.put("attempt", record.attempts());
        details.put("status", record.status().name());
        if (record.error() != null) {
            details.put("message", record.error().message());
        }
        JobChange change = done.in(writer.change(Transition.CHECKPOINT, job))
                .set(PROGRESS_PERCENTAGE, done.percentage())
                .set(CURRENT_STEP, next);
        writer.commit(Transition.CHECKPOINT, job, change, details);
    }

    /** Records that a run of a step failed and that this worker will run it again. */
    public void retryHere(Job job, String step, StepRecord record, Duration wait) {
        JobChange change = writer.change(Transition.RETRY_HERE, job)
                .set(CURRENT_STEP, step)
                .step(step, record)
                .set(ERROR, record.error());
        Map<String, Object> details = History.failed(step, record.error());
        details.put("attempt", record.attempts());
        details.put("wait_ms", wait.toMillis());
        writer.commit(Transition.RETRY_HERE, job, change, details);
    }

    /** Records that a run of a step failed, and puts the job back into the ready queue for any worker. */
    public void postpone(Job job, String step, StepRecord record, Duration wait) {
        JobChange change =
                writer.change(Transition.POSTPONE, job).step(step, record).set(ERROR, record.error());
        Map<String, Object> details = History.failed(step, record.error());
        details.put("wait_ms", wait.toMillis());
        writer.commit(Transition.POSTPONE, job, enter(change, asItIs(job), wait), details);
    }

    /**
     * The earlier record of a step whose later attempt was withdrawn.
     *
     * @param record as it was before the attempt
     * @param retries as they were before it
     */
    public record Withdrawn(String step, StepRecord record, int retries) {}

    /**
     * Lets the job wait for its turn; this attempt does not count.
     *
     * @param step the running one
     * @param withdrawn null for the first attempt, which the record does not have
     * @param waitingFor one of the record's values
     */
    public void defer(Job job, String step, Withdrawn withdrawn, Failure why, String waitingFor, Duration wait) {
        JobChange change =
                writer.change(Transition.DEFER, job).status(withdrawn == null ? JobStatus.QUEUED : JobStatus.RETRYING);
        if (withdrawn != null) {
            change.step(withdrawn.step(), withdrawn.record())
                    .set(ERROR, withdrawn.record().error())
                    .set(RETRY_COUNT, withdrawn.retries());
        }
        Map<String, Object> details = History.failed(step, why);
        details.put("wait_ms", wait.toMillis());
        writer.commit(Transition.DEFER, job, enter(change, asItIs(job), wait).set(WAITING_FOR, waitingFor), details);
    }

    /** Puts the job back as it was claimed; the attempt does not count. */
    public void giveBack(Job job, String step, Failure why, Duration wait) {
        JobChange change = enter(writer.change(Transition.GIVE_BACK, job), asItIs(job), wait);
        writer.commit(Transition.GIVE_BACK, job, change, History.failed(step, why));
    }

    /**
     * Takes the job from a worker that is dead, or whose heartbeat has stopped.
     *
     * @param job as it was watched
     * @param wait before it may be claimed again
     * @param why for the job's history
     * @return false when the job changed meanwhile
     */
    public boolean takeBack(Job job, Duration wait, String why) {
        JobChange change = writer.change(Transition.TAKE_BACK, job).set(CRASHES, job.crashes() + 1);
        try {
            writer.write(List.of(
                    enter(change, job, wait).write().part(),
                    writer.event(Transition.TAKE_BACK, job.jobId(), Map.of("worker", job.worker(), "message", why))));
            return true;
        } catch (ConditionFailed e) {
            return false;
        }
    }

    /** A condition for a transaction: the run of {@code job} still holds it. It changes nothing of the job. */
    public TransactWriteItem stillHeld(Job job) {
        return writer.conditionsOf(Transition.HEARTBEAT, job).check();
    }

    private JobChange enter(JobChange change, Job job, Duration wait) {
        return change.setAll(writer.queueEntry(job, writer.now().plus(wait)))
                .set(WAITING_FOR, wait.isZero() ? null : DUE);
    }

    /** The priority may have changed during the run; the new one applies from now on. */
    private Job asItIs(Job job) {
        return jobs.find(job.jobId())
                .filter(found -> found.fence() == job.fence())
                .orElse(job);
    }
}
