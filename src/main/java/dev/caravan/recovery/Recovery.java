package dev.caravan.recovery;

import dev.caravan.job.ActiveJobs;
import dev.caravan.job.Doorbell;
import dev.caravan.job.JobCompletion;
import dev.caravan.job.Pipelines;
import dev.caravan.job.ReadyQueue;
import dev.caravan.job.RunTransitions;
import dev.caravan.job.UnqueuedJobs;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.work.CrashSuspicion;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Takes jobs back from dead workers and sends doorbell messages for due jobs that no worker has noticed. */
public final class Recovery {
    private final TakeBack takeBack;
    private final RequeueMissing requeueMissing;
    private final RingDueJobs ringDueJobs;

    /** The parts with which recovery reads and changes jobs. */
    public record Parts(
            Records records,
            Tables tables,
            Clock clock,
            ActiveJobs active,
            RunTransitions transitions,
            JobCompletion endings,
            UnqueuedJobs stragglers,
            ReadyQueue queue,
            Doorbell doorbell) {}

    /** @param lease of jobs */
    public Recovery(Parts parts, Pipelines pipelines, Duration lease, CrashSuspicion suspicion) {
        this.takeBack = new TakeBack(
                parts.active(),
                parts.transitions(),
                parts.endings(),
                parts.clock(),
                parts.doorbell(),
                lease,
                suspicion);
        OldestByStatus byStatus = OldestByStatus.ofJobs(parts.records(), parts.tables());
        this.requeueMissing = new RequeueMissing(parts.stragglers(), byStatus, parts.clock());
        this.ringDueJobs = new RingDueJobs(parts.queue(), pipelines, parts.doorbell());
    }

    /**
     * Takes back immediately what an earlier incarnation of this worker held: the lock on its folder proves that it is dead.
     *
     * @param identity of this process
     */
    public long takeBackOwn(String identity) {
        return takeBack.own(identity).doneCount();
    }

    /** Runs one round, no matter which reconciler is active: every write is conditional. */
    public void run() {
        TaskRun taskRun = TaskRun.byHand(false);
        takeBack.run(taskRun);
        requeueMissing.run(taskRun);
        ringDueJobs.run(taskRun);
    }

    TakeBack takeBack() {
        return takeBack;
    }

    List<MaintenanceTask> duties() {
        return List.of(takeBack, requeueMissing, ringDueJobs);
    }
}
