package dev.caravan.recovery;

import dev.caravan.job.Doorbell;
import dev.caravan.job.Endings;
import dev.caravan.job.Jobs;
import dev.caravan.job.Pipelines;
import dev.caravan.work.Suspicion;
import dev.caravan.work.WorkerSettings;
import java.util.List;

/** What recovery does for jobs: takes them back from dead workers and rings for what waits unheard. */
public final class Recovery {
    private final TakeBack takeBack;
    private final LineUp lineUp;
    private final Ring ring;

    public Recovery(
            Jobs jobs,
            Endings endings,
            Pipelines pipelines,
            Doorbell doorbell,
            WorkerSettings settings,
            Suspicion suspicion) {
        this.takeBack = new TakeBack(jobs, endings, doorbell, settings.lease(), suspicion);
        this.lineUp = new LineUp(jobs);
        this.ring = new Ring(jobs, pipelines, doorbell);
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
