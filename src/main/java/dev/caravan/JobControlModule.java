package dev.caravan;

import dev.caravan.api.ApiBeans;
import dev.caravan.control.Cancellation;
import dev.caravan.control.DeadLetterIndex;
import dev.caravan.control.DeadLetters;
import dev.caravan.control.JobChanges;
import dev.caravan.control.RedriveTimer;
import dev.caravan.control.Redrives;
import dev.caravan.control.Retry;
import dev.caravan.job.Doorbell;
import dev.caravan.job.Pipelines;
import dev.caravan.recovery.MaintenanceTask;
import dev.caravan.recovery.TaskReport;
import dev.caravan.settings.Settings;
import dev.caravan.storage.Files;
import java.time.Duration;

/** Assembles the operations on jobs and dead letters: retry, change, removal and redrive. */
final class JobControlModule {
    final Retry retry;
    final JobChanges changes;
    final DeadLetterIndex deadIndex;
    final DeadLetters deadLetters;
    final Redrives redrives;
    final RedriveTimer redriveTimer;

    JobControlModule(Settings settings, JobWiring wired, Pipelines pipelines, Doorbell doorbell, Files files) {
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
        changes = new JobChanges(wired.jobs, wired.queueTransitions, wired.clock, pipelines, doorbell);
        deadIndex = new DeadLetterIndex(wired.records, wired.tables, wired.clock);
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

    /** Sets an expiry time on old dead letters. */
    MaintenanceTask duty() {
        return MaintenanceTask.of("dead-letters", Duration.ofHours(1), this::expire);
    }

    private void expire(TaskReport report) {
        deadLetters.expire().letters().forEach(letter -> report.found(letter).done());
    }
}
