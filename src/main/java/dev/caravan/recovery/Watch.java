package dev.caravan.recovery;

import dev.caravan.job.Job;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Watches heartbeats on our own monotonic clock: a job counts as abandoned only after its beat stood still, before our own
 * eyes, for a whole lease. Other machines' clocks do not matter, and neither does a jump of ours.
 */
final class Watch {
    private record Seen(long fence, long beat, long since) {}

    private final LongSupplier nanoTime;
    private final Map<String, Seen> seen = new HashMap<>();

    Watch(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Those of the jobs that stood still for their whole lease; jobs that are not listed any more are forgotten. */
    List<Job> stoodStill(List<Job> active) {
        long now = nanoTime.getAsLong();
        Set<String> listed = new HashSet<>();
        List<Job> still = active.stream()
                .filter(job -> {
                    listed.add(job.jobId());
                    Seen last = seen.get(job.jobId());
                    long beat = job.lease().beat();
                    if (last == null || last.fence() != job.fence() || last.beat() != beat) {
                        seen.put(job.jobId(), new Seen(job.fence(), beat, now));
                        return false;
                    }
                    return now - last.since() >= job.lease().seconds() * 1_000_000_000L;
                })
                .toList();
        seen.keySet().retainAll(listed);
        return still;
    }

    /** The records could not be read: nobody could have written a beat either, so the watch begins anew. */
    void startOver() {
        seen.clear();
    }
}
