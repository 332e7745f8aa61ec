package dev.caravan.job;

import dev.caravan.records.Items;
import dev.caravan.records.Timestamps;
import dev.caravan.records.Write;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The line of jobs that wait for a worker. The one place where a job is put into it and taken out of it, so that what makes
 * an entry is written together or not at all; {@link LineIndex} reads it.
 */
public final class Line {
    private static final String READY = "ready";
    private static final String LANE = "lane";
    private static final String DUE_AT = "due_at";
    private static final String WAITING_FOR = "waiting_for";

    private final Clock clock;
    private final int shards;

    Line(Clock clock, int shards) {
        this.clock = clock;
        this.shards = shards;
    }

    /**
     * What the record of a job holds while it waits; a null value is one that it must not have.
     *
     * @param due not to be claimed before; its age counts from then
     */
    public Map<String, Object> entry(String jobId, String pipeline, String owner, int priority, Instant due) {
        String dueAt = Timestamps.of(due);
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put(READY, partition(priority, Math.floorMod(jobId.hashCode(), shards)));
        entry.put(LANE, Lane.of(pipeline, owner, dueAt));
        entry.put(DUE_AT, dueAt);
        entry.put(WAITING_FOR, due.isAfter(clock.instant()) ? "due" : null);
        return entry;
    }

    /** Puts the job in line, or moves it to where it belongs if it stands there already. */
    public Write enter(Write write, Job job, Instant due) {
        return enter(write, job, job.priority(), due);
    }

    /** The same for a job that gets another priority by this write. */
    public Write enter(Write write, Job job, int priority, Instant due) {
        entry(job.jobId(), job.pipeline(), job.owner(), priority, due).forEach(write::set);
        return write;
    }

    /** Takes the job out of the line. */
    public static Write leave(Write write) {
        return write.remove(READY).remove(LANE).remove(DUE_AT).remove(WAITING_FOR);
    }

    /** Holds the write to a job that stands in line. */
    public static Write whereWaiting(Write write) {
        return write.whereExists(READY);
    }

    /** Whether the record stands where a job with these values is looked for. An older version, or other shards, wrote it elsewhere. */
    boolean stands(Map<String, AttributeValue> item) {
        Job job = Jobs.read(item);
        if (job.dueAt() == null) {
            return false;
        }
        Map<String, Object> right =
                entry(job.jobId(), job.pipeline(), job.owner(), job.priority(), Instant.parse(job.dueAt()));
        return Stream.of(READY, LANE)
                .allMatch(name -> Items.attribute(right.get(name)).equals(item.get(name)));
    }

    /** The index's partition key: {@code ready#05#0}. */
    static String partition(int priority, int shard) {
        return "ready#%02d#%d".formatted(priority, shard);
    }
}
