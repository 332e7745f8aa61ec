package dev.caravan.job;

import java.util.Comparator;

/** What jobs are told apart by where they wait and are counted: their pipeline and the band of their priority. */
public record Kind(String pipeline, Priority priority) implements Comparable<Kind> {
    private static final Comparator<Kind> ORDER =
            Comparator.comparing(Kind::pipeline).thenComparing(Kind::priority);

    public static Kind of(Job job) {
        return new Kind(job.pipeline(), Priority.nearest(job.priority()));
    }

    @Override
    public int compareTo(Kind other) {
        return ORDER.compare(this, other);
    }
}
