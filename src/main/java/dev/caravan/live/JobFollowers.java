package dev.caravan.live;

import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Holds one follower for each job that clients follow. With Redis, the records are read when an event arrives, and also at a
 * longer interval; without Redis every two seconds.
 */
final class JobFollowers implements AutoCloseable {
    private static final Duration WITH_REDIS = Duration.ofSeconds(15);
    private static final Duration WITHOUT = Duration.ofSeconds(2);
    private static final int READERS = 4;

    private final Records records;
    private final Tables tables;
    private final Clock clock;
    private final BooleanSupplier linked;
    private final Map<String, JobFollower> followers = new ConcurrentHashMap<>();
    /** After its close, it drops tasks that still arrive. */
    private final ExecutorService readers = new ThreadPoolExecutor(
            READERS,
            READERS,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> daemon(work, "live-reader"),
            new ThreadPoolExecutor.DiscardPolicy());

    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "live-timer"));
    private boolean wasLinked;

    /** @param linked whether events of other processes arrive */
    JobFollowers(Records records, Tables tables, Clock clock, BooleanSupplier linked) {
        this.records = records;
        this.tables = tables;
        this.clock = clock;
        this.linked = linked;
        timer.scheduleWithFixedDelay(this::tick, 500, 500, TimeUnit.MILLISECONDS);
    }

    static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Sends the job's events to the listener until it leaves or the job has ended. */
    void join(String jobId, JobListener listener) {
        followers.compute(jobId, (id, known) -> {
            JobFollower follower = known == null ? follower(id) : known;
            follower.join(listener);
            return follower;
        });
    }

    void leave(String jobId, JobListener listener) {
        followers.computeIfPresent(jobId, (id, follower) -> {
            follower.leave(listener);
            return follower.deserted() ? null : follower;
        });
    }

    /** Receives an event of a job, from this process or another. */
    void heard(LiveEvent event) {
        JobFollower follower = followers.get(event.jobId());
        if (follower != null && event.kind() == EventKind.PROGRESS) {
            follower.progress(event);
        } else if (follower != null) {
            follower.look();
        }
    }

    private JobFollower follower(String jobId) {
        return new JobFollower(jobId, () -> JobPage.read(records, tables, jobId), readers, clock, System::nanoTime);
    }

    /** Followers without listeners have ended by themselves. */
    private void tick() {
        boolean now = linked.getAsBoolean();
        // No message reported what happened while the link was being made.
        long most = (now && wasLinked ? WITH_REDIS : now ? Duration.ZERO : WITHOUT).toNanos();
        wasLinked = now;
        followers
                .keySet()
                .forEach(id -> followers.computeIfPresent(id, (same, follower) -> {
                    if (follower.deserted()) {
                        return null;
                    }
                    if (follower.age() >= most) {
                        follower.look();
                    }
                    return follower;
                }));
    }

    @Override
    public void close() {
        timer.shutdownNow();
        readers.shutdownNow();
    }
}
