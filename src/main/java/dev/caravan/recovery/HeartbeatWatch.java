package dev.caravan.recovery;

import dev.caravan.job.Job;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Watches heartbeats on this process's monotonic clock: a job counts as abandoned only after this process saw its heartbeat
 * unchanged for a whole lease. Other machines' clocks do not matter, nor does a jump of the local clock. While the records
 * could not be read, workers perhaps could not write heartbeats either: of the time between two looks, a third of the lease
 * counts at most, so that a worker can write again before it counts as dead.
 */
final class HeartbeatWatch {
    private static final int LOOKS = 3;

    /** @param still nanoseconds for which the heartbeat was seen unchanged */
    private record Seen(long fence, long beat, long still) {
        static Seen first(Job job) {
            return new Seen(job.fence(), job.lease().beat(), 0);
        }

        boolean isOf(Job job) {
            return fence == job.fence() && beat == job.lease().beat();
        }

        Seen longer(long nanos) {
            return new Seen(fence, beat, still + nanos);
        }
    }

    private final LongSupplier nanoTime;
    private final Map<String, Seen> seen = new HashMap<>();
    private long lastLook;

    HeartbeatWatch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** The jobs whose heartbeats did not change for their whole lease; jobs that are not listed any more are forgotten. */
    List<Job> stoodStill(List<Job> active) {
        long passed = nanoTime.getAsLong() - lastLook;
        lastLook += passed;
        Set<String> listed = new HashSet<>();
        List<Job> still = new ArrayList<>();
        for (Job job : active) {
            listed.add(job.jobId());
            long lease = TimeUnit.SECONDS.toNanos(job.lease().seconds());
            Seen before = seen.get(job.jobId());
            Seen now = before != null && before.isOf(job)
                    ? before.longer(Math.min(passed, lease / LOOKS))
                    : Seen.first(job);
            seen.put(job.jobId(), now);
            if (now.still() >= lease) {
                still.add(job);
            }
        }
        seen.keySet().retainAll(listed);
        return still;
    }

    /** Starts the watch again: while the records could not be read, workers perhaps could not write heartbeats either. */
    void startOver() {
        seen.clear();
    }
}
