package dev.caravan.job;

import static dev.caravan.job.JobFields.*;
import static dev.caravan.job.JobState.CANCELLED;
import static dev.caravan.job.JobState.COMPLETED;
import static dev.caravan.job.JobState.EXPIRING;
import static dev.caravan.job.JobState.FAILED;
import static dev.caravan.job.JobState.NONE;
import static dev.caravan.job.JobState.RUNNING;
import static dev.caravan.job.JobState.WAITING;
import static dev.caravan.job.TransitionCondition.DEAD_LETTER;
import static dev.caravan.job.TransitionCondition.IN_QUEUE;
import static dev.caravan.job.TransitionCondition.LEASED;
import static dev.caravan.job.TransitionCondition.NOT_LEASED;
import static dev.caravan.job.TransitionCondition.SAME_FENCE;
import static dev.caravan.job.TransitionCondition.SAME_HEARTBEAT;
import static dev.caravan.job.TransitionCondition.SAME_PRIORITY;
import static dev.caravan.job.TransitionCondition.SAME_STATUS;
import static dev.caravan.job.TransitionRow.decidedBy;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The table of all changes of a job's record. Each change is one conditional write by one row: {@link JobChange} writes what
 * the row names and nothing else. {@code docs/job-states.md} shows the same table.
 */
public enum Transition {
    ACCEPT(decidedBy("intake: a file came, or a client asks for a job")
            .from(NONE)
            .to(WAITING, JobStatus.QUEUED)
            .sets(SCHEMA_VERSION, ASSET_ID, OWNER, PIPELINE, PARAMETERS, PRIORITY, PROGRESS_PERCENTAGE, RETRY_COUNT)
            .sets(MAX_RETRIES, STEPS, REQUIRED, SOURCE, FENCE, CRASHES, CREATED_AT, UPDATED_AT)
            .maySet(START_FROM, NAME_START, NAME_KEY)
            .entersQueue()
            .tells("accepted")
            .asset("is created, or must still be there")),

    CLAIM(decidedBy("work: a worker has room for the job")
            .from(WAITING)
            .to(RUNNING, JobStatus.PROCESSING)
            .onlyIf(SAME_FENCE, IN_QUEUE)
            .newFence()
            .sets(LEASE, WORKER, UPDATED_AT)
            .leavesQueue()),

    HEARTBEAT(decidedBy("work: a timer, or progress of the running step")
            .from(RUNNING)
            .to(RUNNING)
            .onlyIf(SAME_FENCE, LEASED)
            .sets(LEASE_BEAT, PROGRESS_PERCENTAGE, UPDATED_AT)
            .maySet(PACE, CURRENT_STEP)),

    START_ATTEMPT(decidedBy("durable: an attempt after the first one of a step begins")
            .from(RUNNING)
            .to(RUNNING, JobStatus.PROCESSING)
            .onlyIf(SAME_FENCE, LEASED)
            .sets(CURRENT_STEP, STEPS, RETRY_COUNT, UPDATED_AT)
            .removes(ERROR)
            .tells("step-started")),

    CHECKPOINT(decidedBy("durable: a step is done or skipped, and another one follows")
            .from(RUNNING)
            .to(RUNNING)
            .onlyIf(SAME_FENCE, LEASED)
            .sets(STEPS, LAST_SUCCESSFUL_STEP, PROGRESS_PERCENTAGE, CRASHES, UPDATED_AT)
            .maySet(CURRENT_STEP)
            .removes(PACE)
            .tells("step-done")),

    RETRY_HERE(decidedBy("durable: an attempt failed, and the next one follows here after a short wait")
            .from(RUNNING)
            .to(RUNNING, JobStatus.RETRYING)
            .onlyIf(SAME_FENCE, LEASED)
            .sets(CURRENT_STEP, STEPS, ERROR, UPDATED_AT)
            .tells("step-failed")),

    POSTPONE(decidedBy("durable: an attempt failed, and the wait is too long to keep the place")
            .from(RUNNING)
            .to(WAITING, JobStatus.RETRYING)
            .onlyIf(SAME_FENCE, LEASED)
            .newFence()
            .sets(STEPS, ERROR, UPDATED_AT)
            .removes(LEASE, PACE, WORKER)
            .entersQueue()
            .tells("postponed")),

    DEFER(decidedBy("durable: a rate limit, or another job of the asset; the attempt does not count")
            .from(RUNNING)
            .to(WAITING, JobStatus.QUEUED, JobStatus.RETRYING)
            .onlyIf(SAME_FENCE, LEASED)
            .newFence()
            .sets(UPDATED_AT)
            .maySet(STEPS, ERROR, RETRY_COUNT)
            .removes(LEASE, PACE, WORKER)
            .entersQueue()
            .tells("waiting")),

    GIVE_BACK(decidedBy("durable: a fault of Caravan's own stores or disk, or a shutdown; the attempt does not count")
            .from(RUNNING)
            .to(WAITING, JobStatus.QUEUED)
            .onlyIf(SAME_FENCE, LEASED)
            .newFence()
            .sets(UPDATED_AT)
            .removes(LEASE, PACE, WORKER)
            .entersQueue()
            .tells("given-back")),

    TAKE_BACK(decidedBy("recovery: the worker died, or its heartbeat stood still for a whole lease")
            .from(RUNNING)
            .to(WAITING, JobStatus.QUEUED)
            .onlyIf(SAME_FENCE, LEASED, SAME_HEARTBEAT)
            .newFence()
            .sets(CRASHES, UPDATED_AT)
            .removes(LEASE, PACE, WORKER)
            .entersQueue()
            .tells("taken-back")),

    COMPLETE(decidedBy("durable: the last step is done; its checkpoint is part of this change")
            .from(RUNNING)
            .to(COMPLETED, JobStatus.COMPLETED)
            .onlyIf(SAME_FENCE, LEASED, SAME_PRIORITY)
            .newFence()
            .sets(PROGRESS_PERCENTAGE, FINISHED_AT, UPDATED_AT)
            .maySet(STEPS, LAST_SUCCESSFUL_STEP, CURRENT_STEP, CRASHES)
            .removes(ERROR, LEASE, PACE)
            .tells("completed")
            .asset("the last required job makes it `ready`")),

    FAIL(decidedBy("durable: out of attempts, or a failure for good")
            .from(RUNNING)
            .to(FAILED, JobStatus.FAILED)
            .onlyIf(SAME_FENCE, LEASED, SAME_PRIORITY)
            .newFence()
            .sets(CURRENT_STEP, STEPS, ERROR, DEAD, ERROR_CODE, FINISHED_AT, UPDATED_AT)
            .maySet(ERROR_STEP, FILENAME)
            .removes(LEASE, PACE)
            .tells("failed")
            .asset("a required job makes it `failed`")),

    CONDEMN(decidedBy("recovery: the job took its worker down too often")
            .from(RUNNING)
            .to(FAILED, JobStatus.FAILED)
            .onlyIf(SAME_FENCE, LEASED, SAME_HEARTBEAT, SAME_PRIORITY)
            .newFence()
            .sets(CRASHES, ERROR, DEAD, ERROR_CODE, FINISHED_AT, UPDATED_AT)
            .maySet(ERROR_STEP, FILENAME)
            .removes(LEASE, PACE)
            .tells("failed")
            .asset("a required job makes it `failed`")),

    CANCEL(decidedBy("control: somebody cancels or purges it, or its asset is deleted")
            .from(WAITING, RUNNING)
            .to(CANCELLED, JobStatus.CANCELLED)
            .onlyIf(SAME_FENCE, SAME_STATUS, SAME_PRIORITY)
            .newFence()
            .sets(FINISHED_AT, UPDATED_AT)
            .removes(LEASE, PACE)
            .leavesQueue()
            .tells("cancelled")
            .asset("a required job makes it `failed`")),

    REQUEUE(decidedBy("control: somebody retries or redrives the job after its end")
            .from(COMPLETED, FAILED, EXPIRING, CANCELLED)
            .to(WAITING, JobStatus.QUEUED)
            .onlyIf(SAME_FENCE, SAME_STATUS)
            .newFence()
            .sets(PRIORITY, PARAMETERS, RETRIED, RETRY_COUNT, CRASHES, PROGRESS_PERCENTAGE, UPDATED_AT)
            .maySet(STEPS, LAST_SUCCESSFUL_STEP)
            .removes(CURRENT_STEP, ERROR, FINISHED_AT, WORKER, EXPIRES_AT, DEAD, ERROR_CODE, ERROR_STEP)
            .entersQueue()
            .tells("retried")
            .asset("waits for a required job again")),

    RESCHEDULE(decidedBy("control: somebody changes priority, time or parameters of a job that waits")
            .from(WAITING)
            .to(WAITING)
            .onlyIf(SAME_FENCE, SAME_STATUS, IN_QUEUE)
            .newFence()
            .sets(PRIORITY, UPDATED_AT)
            .maySet(PARAMETERS)
            .entersQueue()
            .tells("changed")),

    REPRIORITIZE(decidedBy("control: somebody changes the priority of a job that runs")
            .from(RUNNING)
            .to(RUNNING)
            .onlyIf(SAME_FENCE, SAME_STATUS, SAME_PRIORITY, LEASED)
            .sets(PRIORITY, UPDATED_AT)
            .tells("changed")),

    ENQUEUE(decidedBy("recovery: a waiting job is not in the ready queue, or at an old place in it")
            .from(WAITING)
            .to(WAITING)
            .onlyIf(SAME_FENCE, SAME_STATUS, NOT_LEASED)
            .entersQueue()),

    LET_EXPIRE(decidedBy("control: the dead letter is older than the last ones that are kept")
            .from(FAILED)
            .to(EXPIRING)
            .onlyIf(SAME_FENCE, DEAD_LETTER)
            .sets(EXPIRES_AT)
            .tells("expires")),

    REMOVE(decidedBy("recovery: the job was completed longer ago than records are kept")
            .from(COMPLETED)
            .to(NONE)
            .onlyIf(SAME_FENCE, SAME_STATUS));

    private final TransitionRow row;

    Transition(TransitionRow row) {
        this.row = row;
    }

    /** The name for readers: {@code take back}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** The package that decides on the change and why, for the documentation. */
    public String decision() {
        return row.decides;
    }

    public Set<JobState> from() {
        return row.from;
    }

    public JobState to() {
        return row.to;
    }

    /** The statuses of which the record gets one; empty where the status stays. */
    public List<JobStatus> statuses() {
        return row.statuses;
    }

    public List<TransitionCondition> conditions() {
        return row.conditions;
    }

    /** Whether the fence grows by one. */
    public boolean newFence() {
        return row.newFence;
    }

    /** The attributes that the record has afterwards. */
    public Set<String> sets() {
        return row.sets;
    }

    /** The attributes that the change sets, removes or leaves alone. */
    public Set<String> maySet() {
        return row.maySet;
    }

    /** The attributes that the record does not have afterwards. */
    public Set<String> removes() {
        return row.removes;
    }

    /** The event in the job's history; null where there is none. */
    public String event() {
        return row.event;
    }

    /** The change of the asset in the same transaction, for the documentation; empty where it stays the same. */
    public String asset() {
        return row.asset;
    }

    /** Refuses a record that lacks what this transition sets, or has what it does not name. */
    void check(Map<String, ?> values) {
        Set<String> named = new HashSet<>(sets());
        named.addAll(maySet());
        boolean whole = sets().stream().allMatch(field -> values.get(field) != null);
        if (!whole || !named.containsAll(values.keySet())) {
            throw new IllegalStateException("%s does not write %s".formatted(word(), values.keySet()));
        }
    }

    /** Counts the change of the job that this transition makes. */
    CounterUpdate count(
            CounterUpdate tally,
            JobState before,
            PipelineAndPriority pipelineAndPriority,
            PipelineAndPriority kindAfter) {
        return tally.job(pipelineAndPriority, before.counted(), null).job(kindAfter, null, row.to.counted());
    }
}
