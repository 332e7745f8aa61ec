package dev.caravan;

import dev.caravan.api.ApiBeans;
import dev.caravan.asset.Assets;
import dev.caravan.control.Cancellation;
import dev.caravan.control.Changes;
import dev.caravan.control.DeadIndex;
import dev.caravan.control.DeadLetters;
import dev.caravan.control.RedriveTimer;
import dev.caravan.control.Redrives;
import dev.caravan.control.Retry;
import dev.caravan.job.Counts;
import dev.caravan.job.Doorbell;
import dev.caravan.job.Jobs;
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

    Steering(
            Settings settings,
            Jobs jobs,
            Assets assets,
            Counts counts,
            Pipelines pipelines,
            Doorbell doorbell,
            Files files) {
        retry = new Retry(jobs, assets, counts, pipelines, doorbell, files);
        changes = new Changes(jobs, counts, pipelines, doorbell);
        deadIndex = new DeadIndex(jobs);
        deadLetters = new DeadLetters(
                jobs,
                deadIndex,
                counts,
                settings.number("caravan.dead-letters.keep"),
                settings.duration("caravan.dead-letters.expire-after"));
        redrives = new Redrives(jobs, deadIndex, retry, System::nanoTime);
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
