package dev.caravan.recovery;

import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.json.Timestamps;
import dev.caravan.records.BatchRead;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds jobs that should have continued: due and not claimed, not in the ready queue, or held by a worker without a sign of
 * life.
 */
final class StuckJobs implements StuckDetector {
    /** Jobs that are read of each status, the oldest: every stuck job is among them sooner or later. */
    private static final int MAX_READ = 500;

    private static final List<JobStatus> OPEN = List.of(JobStatus.PROCESSING, JobStatus.RETRYING, JobStatus.QUEUED);

    private final Tables tables;
    private final Clock clock;
    private final BatchRead batch;
    private final OldestByStatus byStatus;
    private final Duration lease;

    StuckJobs(Records records, Tables tables, Clock clock, BatchRead batch, Duration lease) {
        this.tables = tables;
        this.clock = clock;
        this.batch = batch;
        this.byStatus = OldestByStatus.ofJobs(records, tables);
        this.lease = lease;
    }

    @Override
    public List<StuckItem> look(Instant before) {
        List<StuckItem> stuck = new ArrayList<>();
        for (JobStatus status : OPEN) {
            List<String> ids = byStatus.oldest(
                            status.name(), null, Timestamps.in(Duration.ofSeconds(1), clock), MAX_READ)
                    .ids();
            batch.get(tables.jobs(), ids.stream().map(Jobs::key).toList()).stream()
                    .map(Jobs::read)
                    .map(job -> judge(job, before))
                    .flatMap(Optional::stream)
                    .limit(MOST - stuck.size())
                    .forEach(stuck::add);
        }
        return stuck;
    }

    private Optional<StuckItem> judge(Job job, Instant before) {
        if (job.status().ended()) {
            return Optional.empty();
        }
        return job.lease() != null ? held(job) : waiting(job, before);
    }

    /** A job is stuck after two leases: one in which the reconciler watches, and one in which it can act. */
    private Optional<StuckItem> held(Job job) {
        Instant silent = clock.instant().minus(lease.multipliedBy(2));
        return !Instant.parse(job.updatedAt()).isBefore(silent)
                ? Optional.empty()
                : stuck(
                        job,
                        "NO_HEARTBEAT",
                        job.updatedAt(),
                        "Worker %s holds it and shows no sign of life".formatted(job.worker()),
                        "It is taken back when its heartbeat stood still for a whole lease; at once with ./caravan recover --max-age 1. If it stays, no reconciler runs.");
    }

    private Optional<StuckItem> waiting(Job job, Instant before) {
        if (job.ready() == null || job.dueAt() == null) {
            return stuck(
                    job,
                    "NOT_IN_LINE",
                    job.updatedAt(),
                    "It waits, and stands in no line that workers look at",
                    "The reconciler puts it back in line; at once with ./caravan recover.");
        } else if (!Instant.parse(job.dueAt()).isBefore(before)) {
            return Optional.empty();
        }
        boolean postponed = job.status() == JobStatus.RETRYING;
        return stuck(
                job,
                postponed ? "RETRY_OVERDUE" : "NOT_CLAIMED",
                job.dueAt(),
                (postponed ? "Its next attempt" : "It") + " has been due since then, and no worker takes it",
                "Look whether a worker runs, takes this pipeline (WORKER_QUEUES), has places and slots free, and whether the pipeline is paused.");
    }

    private static Optional<StuckItem> stuck(Job job, String code, String since, String why, String advice) {
        return Optional.of(new StuckItem(code, job.jobId(), job.assetId(), job.pipeline(), since, why, advice));
    }
}
