package dev.caravan.job;

import java.util.Comparator;

/** The kind of a job, by which waiting jobs are separated and counted: its pipeline and its band of priority. */
public record PipelineAndPriority(String pipeline, Priority priority) implements Comparable<PipelineAndPriority> {
    private static final Comparator<PipelineAndPriority> ORDER =
            Comparator.comparing(PipelineAndPriority::pipeline).thenComparing(PipelineAndPriority::priority);

    public static PipelineAndPriority of(Job job) {
        return new PipelineAndPriority(job.pipeline(), Priority.nearest(job.priority()));
    }

    @Override
    public int compareTo(PipelineAndPriority other) {
        return ORDER.compare(this, other);
    }
}
