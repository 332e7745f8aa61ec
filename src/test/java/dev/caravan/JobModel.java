package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.job.Job;
import dev.caravan.job.JobState;
import dev.caravan.job.JobStatus;
import dev.caravan.job.StepRecord;
import dev.caravan.job.Transition;
import dev.caravan.work.RunningJob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a job must look like, told without DynamoDB: a required job as a plain object that goes through the table of transitions.
 * {@link #holdsFor} has all invariants.
 */
final class JobModel {
    static final List<String> STEPS = List.of("first", "second", "third");

    final String jobId;
    final String assetId;
    /** All runs there ever were; only the last one may write, and only while the job is held. */
    final List<RunningJob> runs = new ArrayList<>();
    /** The records that somebody may have read, at any time since. */
    final List<Job> seen = new ArrayList<>();
    /** Events that the history must tell of, in their order. */
    final List<String> events = new ArrayList<>();

    private final Map<String, Integer> done = new LinkedHashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private JobState state = JobState.NONE;
    private JobStatus status;
    private Transition last;
    private AssetStatus asset = AssetStatus.PROCESSING;
    private boolean deleted;
    private long fence;
    private int crashes;
    private int highest;

    JobModel(String jobId, String assetId) {
        this.jobId = jobId;
        this.assetId = assetId;
        goes(Transition.ACCEPT);
    }

    // What may happen

    boolean waits(Job view) {
        return state == JobState.WAITING && view.fence() == fence;
    }

    boolean held(Job view) {
        return state == JobState.RUNNING && view.fence() == fence && view.lease() != null;
    }

    boolean holds(RunningJob run) {
        return state == JobState.RUNNING && run.fence() == fence;
    }

    boolean ended() {
        return state != JobState.WAITING && state != JobState.RUNNING;
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
        goes(Transition.CLAIM);
    }

    void takenBack() {
        crashes++;
        goes(Transition.TAKE_BACK);
    }

    void attemptFailed() {
        attempts.merge(next(), 1, Integer::sum);
        goes(Transition.RETRY_HERE);
    }

    void checkpoint() {
        int attempt = nextAttempt();
        attempts.put(next(), attempt);
        done.put(next(), attempt);
        crashes = 0;
        goes(Transition.CHECKPOINT);
    }

    void completed() {
        int attempt = nextAttempt();
        attempts.put(next(), attempt);
        done.put(next(), attempt);
        crashes = 0;
        end(Transition.COMPLETE, AssetStatus.READY);
    }

    void failed() {
        attempts.merge(next(), 1, Integer::sum);
        end(Transition.FAIL, AssetStatus.FAILED);
    }

    void postponed() {
        attempts.merge(next(), 1, Integer::sum);
        goes(Transition.POSTPONE);
    }

    void givenBack() {
        goes(Transition.GIVE_BACK);
    }

    void cancelled() {
        end(Transition.CANCEL, AssetStatus.FAILED);
    }

    /** From the start: nothing that was done counts any more. */
    void retried() {
        done.clear();
        attempts.clear();
        crashes = 0;
        highest = 0;
        asset = AssetStatus.PROCESSING;
        goes(Transition.REQUEUE);
    }

    void assetDeleted() {
        deleted = true;
        asset = null;
        if (!ended()) {
            cancelled();
        }
    }

    /** The table says what becomes of state, status, fence and history. */
    private void goes(Transition transition) {
        assertThat(transition.from()).as("where %s begins", transition.word()).contains(state);
        state = transition.to();
        last = transition;
        if (!transition.statuses().isEmpty()) {
            assertThat(transition.statuses()).hasSize(1);
            status = transition.statuses().get(0);
        }
        fence += transition.newFence() ? 1 : 0;
        if (transition.event() != null) {
            events.add(transition.event());
        }
    }

    private void end(Transition transition, AssetStatus becomes) {
        goes(transition);
        if (!deleted) {
            asset = becomes;
        }
    }

    // Invariants

    /** The record has what the last transition sets, and has not what it removes. */
    void holdsFor(Map<String, ?> record) {
        Set<String> attributes = record.keySet();
        assertThat(last.sets().stream().filter(field -> !field.contains(".")))
                .as("set by %s", last.word())
                .allMatch(attributes::contains);
        assertThat(last.removes()).as("removed by %s", last.word()).noneMatch(attributes::contains);
    }

    /** Every invariant of a job, its history and its asset. */
    void holdsFor(Job job, List<String> history, Asset record) {
        assertThat(job.status()).as("status").isEqualTo(status);
        assertThat(job.fence())
                .as("the fence grows with each claim, each way back and the end")
                .isEqualTo(fence);
        assertThat(job.lease() != null)
                .as("a lease, exactly while somebody holds it")
                .isEqualTo(state == JobState.RUNNING);
        assertThat(job.ready() != null)
                .as("stands in line, exactly while it waits")
                .isEqualTo(state == JobState.WAITING);
        assertThat(job.dueAt() != null).as("is due, exactly while it waits").isEqualTo(state == JobState.WAITING);
        assertThat(job.finishedAt() != null)
                .as("finished_at, exactly at the end")
                .isEqualTo(ended());
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
