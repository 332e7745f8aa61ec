package dev.caravan.recovery;

import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.job.Removal;
import dev.caravan.json.Timestamps;
import dev.caravan.records.ConditionFailed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Removes the records of jobs that completed long ago, with their history. Their files stay with the asset. */
final class OldJobs implements MaintenanceTask {
    private final Jobs jobs;
    private final Removal removal;
    private final OldestByStatus byStatus;
    private final Clock clock;
    private final TidySettings settings;
    private final Duration age;

    OldJobs(Jobs jobs, Removal removal, OldestByStatus byStatus, Clock clock, TidySettings settings, Duration age) {
        this.jobs = jobs;
        this.removal = removal;
        this.byStatus = byStatus;
        this.clock = clock;
        this.settings = settings;
        this.age = age;
    }

    @Override
    public String name() {
        return "completed-jobs";
    }

    @Override
    public Duration interval() {
        return settings.interval();
    }

    @Override
    public TaskReport run(TaskRun errand) {
        TaskReport report = new TaskReport();
        Instant before = clock.instant().minus(age);
        OldestByStatus.Page page =
                byStatus.oldest(JobStatus.COMPLETED.name(), errand.cursor(), Timestamps.of(before), settings.page());
        for (String id : page.ids()) {
            jobs.find(id)
                    .filter(job -> isOld(job, before))
                    .ifPresent(job -> report.found(id, errand, () -> remove(job)));
        }
        return report.goOnAt(page.next());
    }

    private static boolean isOld(Job job, Instant before) {
        return job.status() == JobStatus.COMPLETED
                && job.finishedAt() != null
                && Instant.parse(job.finishedAt()).isBefore(before);
    }

    private boolean remove(Job job) {
        try {
            removal.remove(job);
            return true;
        } catch (ConditionFailed triedAgain) {
            return false;
        }
    }
}
