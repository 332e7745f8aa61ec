package dev.caravan.recovery;

import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Stragglers;
import dev.caravan.records.Timestamps;
import java.time.Clock;
import java.time.Duration;

/** Puts waiting jobs back in line that stand in none. Reads all that waits, piece by piece. */
final class LineUp implements Duty {
    private static final int PIECE = 1_000;
    private static final Duration AHEAD = Duration.ofSeconds(1);

    private final Stragglers stragglers;
    private final ByStatus byStatus;
    private final Clock clock;

    LineUp(Stragglers stragglers, ByStatus byStatus, Clock clock) {
        this.stragglers = stragglers;
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

    /** The cursor is a status and the place in it. */
    @Override
    public Report run(Errand errand) {
        Report report = new Report();
        String[] at = errand.cursor() == null
                ? new String[] {JobStatus.QUEUED.name()}
                : errand.cursor().split(" ", 2);
        ByStatus.Page page = byStatus.oldest(at[0], at.length == 2 ? at[1] : null, Timestamps.in(AHEAD, clock), PIECE);
        for (Job job : stragglers.among(page.ids())) {
            report.found(job.jobId(), errand, () -> stragglers.bringIn(job));
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
