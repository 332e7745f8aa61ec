package dev.caravan.control;

import dev.caravan.job.Counts;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.job.Line;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Timestamps;
import dev.caravan.records.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Ends jobs that nobody wants any more. The record decides: a run here is ended at once, one elsewhere when its next
 * heartbeat is refused.
 */
public final class Cancellation {
    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

    private final Jobs jobs;
    private final Counts counts;
    private final Consumer<String> ended;

    /** @param ended is told the id of each job that was cancelled */
    public Cancellation(Jobs jobs, Counts counts, Consumer<String> ended) {
        this.jobs = jobs;
        this.counts = counts;
        this.ended = ended;
    }

    /**
     * Cancels the job unless it has ended.
     *
     * @return whether it was cancelled by this call
     */
    public boolean cancel(String jobId, String why) {
        return cancel(jobId, why, job -> true);
    }

    /** The same, only as long as the job is one of {@code those}: what was waiting may run by now. */
    boolean cancel(String jobId, String why, Predicate<Job> those) {
        while (true) {
            Optional<Job> job =
                    jobs.find(jobId).filter(found -> !found.status().ended()).filter(those);
            if (job.isEmpty()) {
                return false;
            }
            try {
                List<TransactWriteItem> parts = new ArrayList<>();
                parts.add(write(job.get()).part());
                parts.add(jobs.history().event(jobId, "cancelled", Map.of("message", why)));
                parts.addAll(counts.move(job.get(), job.get().status(), JobStatus.CANCELLED));
                jobs.records().write(parts);
                jobs.meters().ended(job.get(), JobStatus.CANCELLED);
                LOG.info("job {}: {} cancelled: {}", jobId, job.get().pipeline(), why);
                ended.accept(jobId);
                return true;
            } catch (ConditionFailed changed) {
                // It was claimed, or it went on, between reading and writing: read it again.
            }
        }
    }

    private Write write(Job job) {
        String now = Timestamps.now(jobs.clock());
        Write write = Write.to(jobs.tables().jobs(), Jobs.key(job.jobId()))
                .where("fence", job.fence())
                .where("status", job.status().name())
                .set("fence", job.fence() + 1)
                .set("status", JobStatus.CANCELLED.name())
                .set("updated_at", now)
                .set("finished_at", now)
                .remove("lease");
        return Line.leave(write);
    }
}
