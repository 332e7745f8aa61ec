package dev.caravan.live;

import dev.caravan.job.Jobs;
import dev.caravan.json.Timestamps;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the events of all jobs to listeners. Events of this process come immediately, those of other processes through
 * Redis, and without Redis from a read of the records every two seconds; in each case an event is sent once. Works on one
 * thread, and only while a client listens or has just left.
 */
final class Feed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    /** The number of events that are remembered for replay. */
    private static final int MAX_KEPT = 10_000;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration REST_AFTER = Duration.ofMinutes(2);

    private final EventReplay eventReplay;
    private final RecentJobs recent;
    private final JobFacts facts;
    private final BooleanSupplier linked;
    private final Clock clock;
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, work -> JobFollowers.daemon(work, "live-feed"));
    private final List<Subscriber> subscribers = new ArrayList<>();
    /** By id, in the order of sending. */
    private final Map<String, LiveEvent> kept = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LiveEvent> eldest) {
            return size() > MAX_KEPT;
        }
    };

    private volatile boolean awake;
    private boolean wasLinked;
    private long lastListened;

    /** @param replayed the past events that it was sent, which may still arrive as new ones */
    private record Subscriber(FeedListener listener, Set<String> replayed) {
        void tell(LiveEvent event, String id) {
            if (id == null || !replayed.remove(id)) {
                listener.event(event, id);
            }
        }
    }

    Feed(Jobs jobs, Records records, Tables tables, Clock clock, EventReplay eventReplay, BooleanSupplier linked) {
        this.eventReplay = eventReplay;
        this.facts = new JobFacts(jobs);
        this.recent = new RecentJobs(jobs, records, tables, clock);
        this.linked = linked;
        this.clock = clock;
        thread.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        thread.setRemoveOnCancelPolicy(true);
        thread.scheduleWithFixedDelay(
                this::look, BETWEEN_LOOKS.toMillis(), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns {@code history#2026-01-06T10:30:00.000Z#8f3a@<job id>}; null for an event that the history does not keep. */
    static String id(LiveEvent event) {
        return event.id() == null ? null : event.id() + "@" + event.jobId();
    }

    void join(FeedListener listener) {
        thread.execute(() -> {
            if (!awake) {
                kept.clear();
                recent.begin(Timestamps.now(clock));
                awake = true;
            }
            lastListened = System.nanoTime();
            subscribers.add(new Subscriber(listener, listener.lastId() == null ? new HashSet<>() : replay(listener)));
        });
    }

    void leave(FeedListener listener) {
        thread.execute(() -> {
            subscribers.removeIf(subscriber -> subscriber.listener() == listener);
            lastListened = System.nanoTime();
        });
    }

    /** Receives an event of a job, from this process or another. */
    void heard(LiveEvent event) {
        if (awake) {
            thread.execute(() -> tell(event));
        }
    }

    private Set<String> replay(FeedListener listener) {
        Set<String> replayed = new HashSet<>();
        String last = listener.lastId();
        try {
            Stream<LiveEvent> missed = kept.containsKey(last)
                    ? kept.values().stream()
                            .dropWhile(event -> !last.equals(id(event)))
                            .skip(1)
                    : eventReplay.after(last);
            missed.toList().forEach(event -> {
                LiveEvent known = facts.complete(event);
                listener.event(known, id(known));
                if (!kept.containsKey(id(known))) {
                    replayed.add(id(known));
                }
            });
        } catch (RuntimeException e) {
            LOG.warn("what happened since {} could not be read: {}", last, e.getMessage());
        }
        return replayed;
    }

    private void tell(LiveEvent event) {
        try {
            String id = id(event);
            if (id != null && kept.containsKey(id)) {
                return;
            }
            LiveEvent known = facts.complete(event);
            if (id != null) {
                kept.put(id, known);
            }
            subscribers.forEach(subscriber -> subscriber.tell(known, id));
        } catch (RuntimeException e) {
            LOG.warn("an event of job {} could not be told: {}", event.jobId(), e.getMessage());
        }
    }

    private void look() {
        if (!subscribers.isEmpty()) {
            lastListened = System.nanoTime();
        } else if (awake && System.nanoTime() - lastListened > REST_AFTER.toNanos()) {
            awake = false;
        }
        boolean now = linked.getAsBoolean();
        if (awake && (!now || !wasLinked)) {
            try {
                recent.look().forEach(this::tell);
            } catch (RuntimeException e) {
                LOG.warn("the jobs could not be looked at for those who follow them: {}", e.getMessage());
            }
        }
        wasLinked = now;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
