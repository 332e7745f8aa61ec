package dev.caravan.stats;

import dev.caravan.job.JobStatus;
import java.time.Duration;
import java.time.Instant;

/**
 * The throughput of a pipeline over a period that ends now. Durations are of completed jobs, from acceptance to end, waiting
 * included; null where none completed.
 *
 * @param since the start of the period, which is the start of a slot
 * @param perHour completed jobs per hour
 */
public record PipelineSpeed(
        Instant since,
        long completed,
        long failed,
        long cancelled,
        double perHour,
        Double medianSeconds,
        Double p95Seconds,
        Double meanSeconds) {
    private static final double MEDIAN = 0.5;
    private static final double NINETY_FIFTH = 0.95;

    static PipelineSpeed of(FinishedJobs ended, Instant since, Instant now) {
        double hours = Math.max(1, Duration.between(since, now).toSeconds()) / 3600.0;
        return new PipelineSpeed(
                since,
                ended.jobs(JobStatus.COMPLETED),
                ended.jobs(JobStatus.FAILED),
                ended.jobs(JobStatus.CANCELLED),
                ended.jobs(JobStatus.COMPLETED) / hours,
                ended.durations().percentile(MEDIAN),
                ended.durations().percentile(NINETY_FIFTH),
                ended.mean());
    }
}
