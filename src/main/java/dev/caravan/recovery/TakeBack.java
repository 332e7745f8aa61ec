package dev.caravan.recovery;

import dev.caravan.failure.Failure;
import dev.caravan.failure.StepException;
import dev.caravan.job.ActiveJobs;
import dev.caravan.job.DeadLetterLog;
import dev.caravan.job.Doorbell;
import dev.caravan.job.Job;
import dev.caravan.job.JobCompletion;
import dev.caravan.job.RunTransitions;
import dev.caravan.settings.Settings;
import dev.caravan.work.CrashSuspicion;
import dev.caravan.work.WorkerIdentity;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs back from dead workers, and ends those that killed their workers. Any number of processes may do so at the same
 * time.
 */
final class TakeBack implements MaintenanceTask {
    private static final Logger LOG = LoggerFactory.getLogger(TakeBack.class);

    private final ActiveJobs active;
    private final RunTransitions transitions;
    private final Clock clock;
    private final JobCompletion jobCompletion;
    private final Doorbell doorbell;
    private final Duration lease;
    private final CrashSuspicion suspicion;
    private final HeartbeatWatch watch = new HeartbeatWatch(System::nanoTime);

    /** @param lease of jobs, the shortest time without a sign of life that proves anything */
    TakeBack(
            ActiveJobs active,
            RunTransitions transitions,
            JobCompletion jobCompletion,
            Clock clock,
            Doorbell doorbell,
            Duration lease,
            CrashSuspicion suspicion) {
        this.active = active;
        this.transitions = transitions;
        this.clock = clock;
        this.jobCompletion = jobCompletion;
        this.doorbell = doorbell;
        this.lease = lease;
        this.suspicion = suspicion;
    }

    @Override
    public String name() {
        return "take-back";
    }

    @Override
    public Duration interval() {
        return Duration.ZERO;
    }

    /** Takes back the jobs whose heartbeat this process saw unchanged for a whole lease. */
    @Override
    public TaskReport run(TaskRun errand) {
        return errand.dryRun()
                ? new TaskReport()
                : takeBack(stoodStill(), "its heartbeat stood still for a whole lease", false);
    }

    /** Watches too, so that a new active reconciler does not have to begin watching. */
    @Override
    public void standBy() {
        stoodStill();
    }

    private synchronized List<Job> stoodStill() {
        try {
            return watch.stoodStill(active.all());
        } catch (RuntimeException e) {
            watch.startOver();
            throw e;
        }
    }

    /** Takes back what an earlier incarnation of this worker held: the lock on its folder proves that it is dead. */
    TaskReport own(String identity) {
        String self = WorkerIdentity.withoutIncarnation(identity);
        List<Job> mine = active.all().stream()
                .filter(job -> !identity.equals(job.lease().worker()))
                .filter(job -> self.equals(
                        WorkerIdentity.withoutIncarnation(job.lease().worker())))
                .toList();
        return takeBack(mine, "this worker was started again", false);
    }

    /** Takes back jobs without a sign of life for longer than {@code age} by the clock, because an operator asked for it. */
    TaskReport overdue(Duration age, boolean dryRun) {
        Instant before = clock.instant().minus(age.compareTo(lease) > 0 ? age : lease);
        List<Job> silent = active.all().stream()
                .filter(job -> Instant.parse(job.updatedAt()).isBefore(before))
                .toList();
        return takeBack(
                silent,
                "somebody asked for it, after more than %d s without a sign of life".formatted(age.toSeconds()),
                dryRun);
    }

    private TaskReport takeBack(List<Job> abandoned, String why, boolean dryRun) {
        TaskReport report = new TaskReport();
        for (Job job : abandoned) {
            report.found(job.jobId());
            if (!dryRun && (suspicion.condemns(job) ? bury(job) : claimBack(job, why))) {
                report.done();
            }
        }
        if (report.doneCount() > 0) {
            doorbell.ring();
        }
        return report;
    }

    private boolean claimBack(Job job, String why) {
        Duration wait = suspicion.waitAfter(job.crashes() + 1);
        boolean taken = transitions.takeBack(job, wait, why);
        if (taken && wait.isZero()) {
            LOG.info("took back job {} from worker {}: {}", job.jobId(), job.worker(), why);
        } else if (taken) {
            LOG.warn(
                    "took back job {} from worker {}: {}. Its workers died {} times under {}; it goes on in {}, with no other job beside it",
                    job.jobId(),
                    job.worker(),
                    why,
                    job.crashes() + 1,
                    job.currentStep(),
                    Settings.toText(wait));
        }
        return taken;
    }

    private boolean bury(Job job) {
        try {
            Failure verdict = suspicion.verdict(job);
            jobCompletion.condemn(job, verdict);
            LOG.error("{}", DeadLetterLog.of(job, verdict.step(), suspicion.mostDeaths(), verdict));
            return true;
        } catch (StepException fenced) {
            LOG.info("job {} moved after all: {}", job.jobId(), fenced.failure().message());
            return false;
        }
    }
}
