package dev.caravan.control;

import dev.caravan.job.Job;
import dev.caravan.job.Jobs;
import dev.caravan.job.Ready;
import dev.caravan.records.Timestamps;
import dev.caravan.records.Write;
import java.time.Instant;

/** Where a job stands among those that wait. */
final class InLine {
    private InLine() {}

    /** Puts the job in line, or moves it. */
    static Write enter(Jobs jobs, Write write, Job job, int priority, Instant due) {
        return write.set("ready", Ready.partition(job.jobId(), priority, jobs.shards()))
                .set("due_at", Timestamps.of(due))
                .set("waiting_for", due.isAfter(jobs.clock().instant()) ? "due" : null);
    }

    static Write leave(Write write) {
        return write.remove("ready").remove("due_at").remove("waiting_for");
    }
}
