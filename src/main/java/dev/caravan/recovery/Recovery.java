package dev.caravan.recovery;

import dev.caravan.job.ActiveJobs;
import dev.caravan.job.Doorbell;
import dev.caravan.job.Endings;
import dev.caravan.job.Line;
import dev.caravan.job.Pipelines;
import dev.caravan.job.RunTransitions;
import dev.caravan.job.Stragglers;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.work.Suspicion;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** What recovery does for jobs: takes them back from dead workers and rings for what waits unheard. */
public final class Recovery {
    private final TakeBack takeBack;
    private final LineUp lineUp;
    private final Ring ring;

    /** What recovery reads jobs from and changes them with. */
    public record Parts(
            Records records,
            Tables tables,
            Clock clock,
            ActiveJobs active,
            RunTransitions transitions,
            Endings endings,
            Stragglers stragglers,
            Line queue,
            Doorbell doorbell) {}

    /** @param lease of jobs */
    public Recovery(Parts parts, Pipelines pipelines, Duration lease, Suspicion suspicion) {
        this.takeBack = new TakeBack(
                parts.active(),
                parts.transitions(),
                parts.endings(),
                parts.clock(),
                parts.doorbell(),
                lease,
                suspicion);
        ByStatus byStatus = ByStatus.ofJobs(parts.records(), parts.tables());
        this.lineUp = new LineUp(parts.stragglers(), byStatus, parts.clock());
        this.ring = new Ring(parts.queue(), pipelines, parts.doorbell());
    }

    /**
     * Takes back at once what an earlier incarnation of this worker held: the lock on its folder proves that it is dead.
     *
     * @param identity of this process
     */
    public long takeBackOwn(String identity) {
        return takeBack.own(identity).doneCount();
    }

    /** One round, whoever is the active reconciler: every write is conditional. */
    public void run() {
        Errand errand = Errand.byHand(false);
        takeBack.run(errand);
        lineUp.run(errand);
        ring.run(errand);
    }

    TakeBack takeBack() {
        return takeBack;
    }

    List<Duty> duties() {
        return List.of(takeBack, lineUp, ring);
    }
}
