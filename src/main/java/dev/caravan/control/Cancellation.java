package dev.caravan.control;

import dev.caravan.failure.StepException;
import dev.caravan.job.Job;
import dev.caravan.job.JobCompletion;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels jobs. The record decides: a run in this process ends immediately, one elsewhere when its next heartbeat is
 * refused.
 */
public final class Cancellation {
    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

    private final Jobs jobs;
    private final JobCompletion jobCompletion;
    private final Consumer<String> ended;

    /** @param ended gets the id of each job that was cancelled */
    public Cancellation(Jobs jobs, JobCompletion jobCompletion, Consumer<String> ended) {
        this.jobs = jobs;
        this.jobCompletion = jobCompletion;
        this.ended = ended;
    }

    /**
     * Cancels the job unless it has ended; an asset that requires it fails. To cancel many jobs, call this for one after the
     * other: each is a transaction of its own.
     *
     * @return whether it was cancelled by this call
     */
    public boolean cancel(String jobId, String why) {
        return cancel(jobId, why, job -> true);
    }

    /** Cancels the job as long as it matches {@code those}: a job that was waiting may run by now. */
    boolean cancel(String jobId, String why, Predicate<Job> those) {
        while (true) {
            Optional<Job> job =
                    jobs.find(jobId).filter(found -> !found.status().ended()).filter(those);
            if (job.isEmpty()) {
                return false;
            }
            try {
                jobCompletion.cancel(job.get(), why);
                LOG.info("job {}: {} cancelled: {}", jobId, job.get().pipeline(), why);
                ended.accept(jobId);
                return true;
            } catch (StepException changed) {
                // The job was claimed or retried between reading and writing: read it again.
            }
        }
    }

    /**
     * Cancels one job for a client.
     *
     * @return the job, cancelled now or earlier
     * @throws dev.caravan.failure.Refusal {@code JOB_ENDED} when it completed or failed before, {@code UNKNOWN_JOB}
     */
    public Job ask(String jobId, String why) {
        cancel(jobId, why);
        Job job = jobs.find(jobId).orElseThrow(() -> JobRefusals.unknown(jobId));
        if (job.status() != JobStatus.CANCELLED) {
            throw JobRefusals.ended(job, "There is nothing left to cancel.");
        }
        return job;
    }
}
