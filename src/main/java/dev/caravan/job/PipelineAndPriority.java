package dev.caravan.job;

import java.util.Comparator;

/** What jobs are told apart by where they wait and are counted: their pipeline and the band of their priority. */
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
