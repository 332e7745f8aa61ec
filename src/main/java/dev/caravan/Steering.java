package dev.caravan;

import dev.caravan.api.ApiBeans;
import dev.caravan.control.Cancellation;
import dev.caravan.control.Changes;
import dev.caravan.control.DeadIndex;
import dev.caravan.control.DeadLetters;
import dev.caravan.control.RedriveTimer;
import dev.caravan.control.Redrives;
import dev.caravan.control.Retry;
import dev.caravan.job.Doorbell;
import dev.caravan.job.Pipelines;
import dev.caravan.recovery.Duty;
import dev.caravan.recovery.Report;
import dev.caravan.settings.Settings;
import dev.caravan.storage.Files;
import java.time.Duration;

/** What people do to jobs and dead letters, put together. */
final class Steering {
    final Retry retry;
    final Changes changes;
    final DeadIndex deadIndex;
    final DeadLetters deadLetters;
    final Redrives redrives;
    final RedriveTimer redriveTimer;

    Steering(Settings settings, JobWiring wired, Pipelines pipelines, Doorbell doorbell, Files files) {
        retry = new Retry(
                wired.jobs,
                wired.queueTransitions,
                wired.removal,
                wired.meters,
                wired.clock,
                wired.assets,
                pipelines,
                doorbell,
                files);
        changes = new Changes(wired.jobs, wired.queueTransitions, wired.clock, pipelines, doorbell);
        deadIndex = new DeadIndex(wired.records, wired.tables, wired.clock);
        deadLetters = new DeadLetters(
                wired.jobs,
                deadIndex,
                wired.removal,
                wired.clock,
                settings.number("caravan.dead-letters.keep"),
                settings.duration("caravan.dead-letters.expire-after"));
        redrives = new Redrives(wired.records, wired.tables, wired.clock, deadIndex, retry, System::nanoTime);
        redriveTimer = new RedriveTimer(redrives);
    }

    ApiBeans.Control control(Cancellation cancellation) {
        return new ApiBeans.Control(retry, cancellation, changes, deadIndex, deadLetters, redrives);
    }

    /** Gives old dead letters their term. */
    Duty duty() {
        return Duty.of("dead-letters", Duration.ofHours(1), this::expire);
    }

    private void expire(Report report) {
        deadLetters.expire().letters().forEach(letter -> report.found(letter).done());
    }
}
