package dev.caravan.stats;

import dev.caravan.job.JobStatus;
import dev.caravan.records.Write;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The jobs of one pipeline that ended within a period: their number by outcome, and the durations of completed ones. */
final class FinishedJobs {
    private static final String BUCKET = "bucket_";
    private static final String MILLIS = "completed_millis";

    private final Map<String, Long> jobs = new TreeMap<>();
    private final Durations durations = new Durations();
    private long millis;

    void add(JobStatus status, Duration took) {
        jobs.merge(field(status), 1L, Long::sum);
        if (status == JobStatus.COMPLETED) {
            durations.add(Durations.bucket(took), 1);
            millis += took.toMillis();
        }
    }

    void add(FinishedJobs more) {
        more.jobs.forEach((field, times) -> jobs.merge(field, times, Long::sum));
        durations.add(more.durations);
        millis += more.millis;
    }

    long jobs(JobStatus status) {
        return jobs.getOrDefault(field(status), 0L);
    }

    Durations durations() {
        return durations;
    }

    /** In seconds; null where none completed. */
    Double mean() {
        long completed = jobs(JobStatus.COMPLETED);
        return completed == 0 ? null : millis / 1000.0 / completed;
    }

    /** Adds all values to those of the record. */
    Write addTo(Write write) {
        jobs.forEach(write::add);
        durations.buckets().forEach((bucket, times) -> write.add(BUCKET + bucket, times));
        return millis == 0 ? write : write.add(MILLIS, millis);
    }

    static FinishedJobs read(Map<String, Object> record) {
        FinishedJobs endedJobs = new FinishedJobs();
        record.forEach((field, value) -> {
            if (value instanceof Long number) {
                endedJobs.read(field, number);
            }
        });
        return endedJobs;
    }

    private void read(String field, long number) {
        if (field.startsWith(BUCKET)) {
            durations.add(Integer.parseInt(field.substring(BUCKET.length())), number);
        } else if (field.equals(MILLIS)) {
            millis = number;
        } else {
            jobs.put(field, number);
        }
    }

    private static String field(JobStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }
}
