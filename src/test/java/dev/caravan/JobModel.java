package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.StepRecord;
import dev.caravan.work.RunningJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a job must look like, told without DynamoDB: the state machine of a required job as a plain object. {@link #holdsFor}
 * is where all invariants stand.
 */
final class JobModel {
    static final List<String> STEPS = List.of("first", "second", "third");

    enum Where {
        WAITING,
        HELD,
        ENDED
    }

    final String jobId;
    final String assetId;
    /** All runs there ever were; only the last one may write, and only while the job is held. */
    final List<RunningJob> runs = new ArrayList<>();
    /** The records that somebody may have read, at any time since. */
    final List<Job> seen = new ArrayList<>();
    /** Events that the history must tell of, in their order. */
    final List<String> events = new ArrayList<>(List.of("accepted"));

    private final Map<String, Integer> done = new LinkedHashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private Where where = Where.WAITING;
    private JobStatus status = JobStatus.QUEUED;
    private AssetStatus asset = AssetStatus.PROCESSING;
    private boolean deleted;
    private long fence;
    private int crashes;
    private int highest;

    JobModel(String jobId, String assetId) {
        this.jobId = jobId;
        this.assetId = assetId;
    }

    // What may happen

    boolean waits(Job view) {
        return where == Where.WAITING && view.fence() == fence;
    }

    boolean held(Job view) {
        return where == Where.HELD && view.fence() == fence && view.lease() != null;
    }

    boolean holds(RunningJob run) {
        return where == Where.HELD && run.fence() == fence;
    }

    boolean ended() {
        return where == Where.ENDED;
    }

    boolean deleted() {
        return deleted;
    }

    /** The step that comes next, or null after the last one. */
    String next() {
        return done.size() == STEPS.size() ? null : STEPS.get(done.size());
    }

    int nextAttempt() {
        return attempts.getOrDefault(next(), 0) + 1;
    }

    // What happens

    void claimed(RunningJob run) {
        runs.add(run);
        where = Where.HELD;
        status = JobStatus.PROCESSING;
        fence++;
    }

    void takenBack() {
        crashes++;
        backInLine(JobStatus.QUEUED);
        events.add("taken-back");
    }

    void attemptFailed() {
        attempts.merge(next(), 1, Integer::sum);
        status = JobStatus.RETRYING;
        events.add("step-failed");
    }

    void checkpoint() {
        int attempt = nextAttempt();
        attempts.put(next(), attempt);
        done.put(next(), attempt);
        crashes = 0;
        events.add("step-done");
    }

    void completed() {
        int attempt = nextAttempt();
        attempts.put(next(), attempt);
        done.put(next(), attempt);
        crashes = 0;
        end(JobStatus.COMPLETED, AssetStatus.READY);
        events.add("completed");
    }

    void failed() {
        attempts.merge(next(), 1, Integer::sum);
        end(JobStatus.FAILED, AssetStatus.FAILED);
        events.add("failed");
    }

    void postponed() {
        attempts.merge(next(), 1, Integer::sum);
        backInLine(JobStatus.RETRYING);
        events.add("postponed");
    }

    void givenBack() {
        backInLine(JobStatus.QUEUED);
        events.add("given-back");
    }

    void cancelled() {
        end(JobStatus.CANCELLED, AssetStatus.FAILED);
        events.add("cancelled");
    }

    /** From the start: nothing that was done counts any more. */
    void retried() {
        done.clear();
        attempts.clear();
        crashes = 0;
        highest = 0;
        asset = AssetStatus.PROCESSING;
        backInLine(JobStatus.QUEUED);
        events.add("retried");
    }

    void assetDeleted() {
        deleted = true;
        asset = null;
        if (!ended()) {
            cancelled();
        }
    }

    private void backInLine(JobStatus newStatus) {
        where = Where.WAITING;
        status = newStatus;
        fence++;
    }

    private void end(JobStatus newStatus, AssetStatus becomes) {
        where = Where.ENDED;
        status = newStatus;
        fence++;
        if (!deleted) {
            asset = becomes;
        }
    }

    // Invariants

    /** Every invariant of a job, its history and its asset. */
    void holdsFor(Job job, List<String> history, Asset record) {
        assertThat(job.status()).as("status").isEqualTo(status);
        assertThat(job.fence())
                .as("the fence grows with each claim, each way back and the end")
                .isEqualTo(fence);
        assertThat(job.lease() != null)
                .as("a lease, exactly while somebody holds it")
                .isEqualTo(where == Where.HELD);
        assertThat(job.ready() != null)
                .as("stands in line, exactly while it waits")
                .isEqualTo(where == Where.WAITING);
        assertThat(job.dueAt() != null).as("is due, exactly while it waits").isEqualTo(where == Where.WAITING);
        assertThat(job.finishedAt() != null)
                .as("finished_at, exactly at the end")
                .isEqualTo(where == Where.ENDED);
        assertThat(job.crashes()).as("deaths since the last checkpoint").isEqualTo(crashes);
        assertThat(history)
                .as("one event for each change, in one transaction with it")
                .containsExactlyElementsOf(events);
        stepsHold(job);
        assertThat(job.progressPercentage()).as("progress never falls").isGreaterThanOrEqualTo(highest);
        assertThat(job.progressPercentage() == 100)
                .as("100 percent, exactly when completed")
                .isEqualTo(status == JobStatus.COMPLETED);
        highest = job.progressPercentage();
        assertThat(record.deletedAt() != null).as("a tombstone stays one").isEqualTo(deleted);
        assertThat(record.status())
                .as("the asset's status follows its required job")
                .isEqualTo(asset);
        if (status == JobStatus.COMPLETED && !deleted) {
            assertThat(record.openRequired()).as("nothing is open any more").isNullOrEmpty();
        }
    }

    private void stepsHold(Job job) {
        for (String step : STEPS) {
            int runsOfStep = attempts.getOrDefault(step, 0);
            if (runsOfStep == 0) {
                assertThat(job.step(step)).as("%s never ran", step).isEmpty();
                continue;
            }
            StepRecord record = job.step(step).orElseThrow();
            assertThat(record.attempts())
                    .as("attempts of %s: only failures of its own count", step)
                    .isEqualTo(runsOfStep);
            assertThat(record.done()).as("%s is done", step).isEqualTo(done.containsKey(step));
            if (done.containsKey(step)) {
                assertThat(record.outputs())
                        .as("what a finished step made is never lost, nor made again")
                        .containsEntry("made", (long) done.get(step));
            }
        }
        assertThat(job.lastSuccessfulStep())
                .as("the last step that is done")
                .isEqualTo(done.isEmpty() ? null : STEPS.get(done.size() - 1));
    }

    AssetStatus assetStatus() {
        return asset;
    }

    JobStatus status() {
        return status;
    }
}
