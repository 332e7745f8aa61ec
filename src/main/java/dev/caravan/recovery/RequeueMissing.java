package dev.caravan.recovery;

import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.UnqueuedJobs;
import dev.caravan.json.Timestamps;
import java.time.Clock;
import java.time.Duration;

/** Puts waiting jobs that are not in the ready queue back into it. Reads all waiting jobs, piece by piece. */
final class RequeueMissing implements MaintenanceTask {
    private static final int PIECE = 1_000;
    private static final Duration AHEAD = Duration.ofSeconds(1);

    private final UnqueuedJobs unqueuedJobs;
    private final OldestByStatus byStatus;
    private final Clock clock;

    RequeueMissing(UnqueuedJobs unqueuedJobs, OldestByStatus byStatus, Clock clock) {
        this.unqueuedJobs = unqueuedJobs;
        this.byStatus = byStatus;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "line-up";
    }

    @Override
    public Duration interval() {
        return Duration.ofMinutes(15);
    }

    @Override
    public boolean atOnce() {
        return true;
    }

    /** The cursor is a status and the position in it. */
    @Override
    public TaskReport run(TaskRun errand) {
        TaskReport report = new TaskReport();
        String[] at = errand.cursor() == null
                ? new String[] {JobStatus.QUEUED.name()}
                : errand.cursor().split(" ", 2);
        OldestByStatus.Page page =
                byStatus.oldest(at[0], at.length == 2 ? at[1] : null, Timestamps.in(AHEAD, clock), PIECE);
        for (Job job : unqueuedJobs.among(page.ids())) {
            report.found(job.jobId(), errand, () -> unqueuedJobs.bringIn(job));
        }
        return report.goOnAt(next(at[0], page.next()));
    }

    private static String next(String status, String place) {
        if (place != null) {
            return status + " " + place;
        }
        return status.equals(JobStatus.QUEUED.name()) ? JobStatus.RETRYING.name() : null;
    }
}
