package dev.caravan.recovery;

import dev.caravan.failure.StepException;
import dev.caravan.job.ActiveJobs;
import dev.caravan.job.Doorbell;
import dev.caravan.job.Endings;
import dev.caravan.job.Job;
import dev.caravan.job.Jobs;
import dev.caravan.job.LineIndex;
import dev.caravan.job.Pipelines;
import dev.caravan.job.Priority;
import dev.caravan.records.Write;
import dev.caravan.work.Claims;
import dev.caravan.work.WorkerIdentity;
import dev.caravan.work.WorkerSettings;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes jobs back from dead workers and rings for what waits unheard. Any number may run at once: every write is conditional. */
public final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Jobs jobs;
    private final ActiveJobs active;
    private final Watch watch;
    private final Claims claims;
    private final Endings endings;
    private final LineIndex index;
    private final Pipelines pipelines;
    private final Doorbell doorbell;

    public Recovery(Jobs jobs, Endings endings, Pipelines pipelines, Doorbell doorbell, WorkerSettings settings) {
        this.jobs = jobs;
        this.active = new ActiveJobs(jobs);
        this.watch = new Watch(System::nanoTime);
        this.claims = new Claims(jobs, settings.lease());
        this.endings = endings;
        this.index = new LineIndex(jobs);
        this.pipelines = pipelines;
        this.doorbell = doorbell;
    }

    /**
     * Takes back at once what an earlier incarnation of this worker held: the lock on its folder proves that it is dead.
     *
     * @param identity of this process
     */
    public int takeBackOwn(String identity) {
        String self = WorkerIdentity.withoutIncarnation(identity);
        List<Job> mine = active.all().stream()
                .filter(job -> !identity.equals(job.lease().worker()))
                .filter(job -> self.equals(
                        WorkerIdentity.withoutIncarnation(job.lease().worker())))
                .toList();
        return takeBack(mine, "this worker was started again");
    }

    /** One round; call it every few seconds. */
    public void run() {
        try {
            int taken = takeBack(watch.stoodStill(active.all()), "its heartbeat stood still for a whole lease");
            if (taken > 0 || somethingIsDue()) {
                doorbell.ring();
            }
        } catch (RuntimeException e) {
            watch.startOver();
            throw e;
        }
    }

    private int takeBack(List<Job> abandoned, String why) {
        int taken = 0;
        for (Job job : abandoned) {
            if (Claims.poison(job)) {
                bury(job);
            } else if (claims.takeBack(job, why)) {
                taken++;
                LOG.info("took back job {} from worker {}: {}", job.jobId(), job.worker(), why);
            }
        }
        return taken;
    }

    private void bury(Job job) {
        try {
            Write write = jobs.writeOf(job.jobId(), job.fence())
                    .where("lease.beat", job.lease().beat())
                    .set("crashes", job.crashes() + 1);
            endings.fail(job, write, Claims.workerCrashed(job));
            LOG.error("job {} is a dead letter: {}", job.jobId(), Claims.workerCrashed(job));
        } catch (StepException fenced) {
            LOG.info("job {} moved after all: {}", job.jobId(), fenced.failure().message());
        }
    }

    private boolean somethingIsDue() {
        for (Priority priority : Priority.values()) {
            if (!index.due(priority, pipelines.names(), 1).lanes().isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
