package dev.caravan.job;

import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Counts the jobs of all processes that wait for a worker. Many callers ask often, so an answer is valid for two seconds,
 * and so is a failure; counting ends at {@link #MAX}.
 */
public final class Backlog {
    /** Counting ends here: the number stands for "this many or more". */
    public static final int MAX = 10_000;

    static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final ReadyQueueCount line;
    private final LongSupplier nanoTime;
    private Map<PipelineAndPriority, Waiting> last;
    private SdkException refusal;
    private long lastAt;
    private long countedAt;

    public Backlog(ReadyQueue queue, LongSupplier nanoTime) {
        this.line = new ReadyQueueCount(queue);
        this.nanoTime = nanoTime;
    }

    /**
     * The number of jobs that may wait before new files are refused, {@code caravan.queue.max-ready}.
     *
     * @throws InvalidSetting for more than are counted, which would be no limit
     */
    public static long limit(Settings settings) {
        String key = "caravan.queue.max-ready";
        long most = settings.bytes(key);
        if (most > MAX) {
            throw new InvalidSetting(key, settings.text(key), "it must be " + MAX + " or less");
        }
        return most;
    }

    /**
     * The waiting jobs of one kind, or of one priority.
     *
     * @param jobs that wait, due or not
     * @param delayed those of them that are due later
     * @param dueSince since when the first of them could have been claimed; null where none is due
     */
    public record Waiting(long jobs, long delayed, Instant dueSince) {
        static final Waiting NONE = new Waiting(0, 0, null);

        Waiting atMost(long most) {
            return new Waiting(Math.min(jobs, most), Math.min(delayed, most), dueSince);
        }

        Waiting and(Waiting more) {
            boolean earlier = dueSince == null || more.dueSince != null && more.dueSince.isBefore(dueSince);
            return new Waiting(jobs + more.jobs, delayed + more.delayed, earlier ? more.dueSince : dueSince);
        }
    }

    /**
     * Counts jobs that wait, due or not; at most {@link #MAX}. A slow count refuses no client: while DynamoDB does not
     * answer, this returns the last count, for a minute.
     *
     * @throws SdkException when it does not answer within two seconds, and has not for a minute
     */
    public synchronized long waiting() {
        try {
            return jobs(byKind());
        } catch (SdkException e) {
            if (last == null || nanoTime.getAsLong() - countedAt > REMEMBERED.toNanos()) {
                throw e;
            }
            return jobs(last);
        }
    }

    private static long jobs(Map<PipelineAndPriority, Waiting> counted) {
        return counted.values().stream().mapToLong(Waiting::jobs).sum();
    }

    /**
     * Counts the waiting jobs by priority; every priority is present.
     *
     * @throws SdkException when DynamoDB does not answer within two seconds
     */
    public Map<Priority, Waiting> byPriority() {
        Map<Priority, Waiting> waiting = new EnumMap<>(Priority.class);
        for (Priority priority : Priority.values()) {
            waiting.put(priority, Waiting.NONE);
        }
        byKind().forEach((kind, some) -> waiting.merge(kind.priority(), some, Waiting::and));
        return waiting;
    }

    /**
     * Counts the waiting jobs by pipeline and priority; kinds without waiting jobs are absent. Where more than {@link #MAX}
     * wait in all, those of higher priorities are counted first. {@link Waiting#dueSince} is exact for up to 200 owners that
     * wait for a pipeline at a priority, and not too early for more.
     *
     * @throws SdkException when DynamoDB does not answer within two seconds
     */
    public synchronized Map<PipelineAndPriority, Waiting> byKind() {
        if (last == null && refusal == null || nanoTime.getAsLong() - lastAt > FRESH.toNanos()) {
            refusal = null;
            try {
                last = Collections.unmodifiableMap(count());
                countedAt = nanoTime.getAsLong();
            } catch (SdkException e) {
                refusal = e;
            }
            lastAt = nanoTime.getAsLong();
        }
        if (refusal != null) {
            throw refusal;
        }
        return last;
    }

    private Map<PipelineAndPriority, Waiting> count() {
        Map<PipelineAndPriority, Waiting> counted = new HashMap<>();
        long left = MAX;
        for (Priority priority : Priority.values()) {
            for (int shard = 0; shard < line.shards(); shard++) {
                for (Map.Entry<String, Waiting> there : line.count(ReadyQueue.partition(priority.number(), shard), left)
                        .entrySet()) {
                    Waiting some = there.getValue().atMost(left);
                    counted.merge(new PipelineAndPriority(there.getKey(), priority), some, Waiting::and);
                    left -= some.jobs();
                }
            }
        }
        return counted;
    }
}
