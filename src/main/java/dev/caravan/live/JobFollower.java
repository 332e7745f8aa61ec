package dev.caravan.live;

import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one job for all its listeners. It sends what the records say, and reads them when an event says that there is
 * something new, or when an interval has passed; only progress is passed on directly. So a lost event loses nothing, nothing
 * is sent twice, and the order is that of the history.
 */
final class JobFollower {
    private static final Logger LOG = LoggerFactory.getLogger(JobFollower.class);
    /** The number of reads of an ended job's record that look for the event of its end. */
    private static final int MAX_LOOKS = 5;

    private final String jobId;
    private final Supplier<JobPage> pages;
    private final Executor threads;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Set<String> seen = new HashSet<>();
    private final List<JobListener> joining = new ArrayList<>();
    private final List<JobListener> listeners = new ArrayList<>();
    private boolean reading;
    private boolean again;
    private long readAt;
    private LiveEvent late;
    private JobStatus announced;
    private int highest = -1;
    private int looks;

    JobFollower(String jobId, Supplier<JobPage> pages, Executor threads, Clock clock, LongSupplier nanoTime) {
        this.jobId = jobId;
        this.pages = pages;
        this.threads = threads;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.readAt = nanoTime.getAsLong();
    }

    synchronized void join(JobListener listener) {
        joining.add(listener);
        look();
    }

    synchronized void leave(JobListener listener) {
        joining.remove(listener);
        listeners.remove(listener);
    }

    synchronized boolean deserted() {
        return joining.isEmpty() && listeners.isEmpty();
    }

    /** Reads the records, soon. */
    synchronized void look() {
        if (reading) {
            again = true;
        } else {
            reading = true;
            threads.execute(this::read);
        }
    }

    /** Returns the nanoseconds since the records were read. */
    synchronized long age() {
        return nanoTime.getAsLong() - readAt;
    }

    /** Passes progress on, unless it is outdated; while the records are being read, progress waits for the result. */
    synchronized void progress(LiveEvent event) {
        if (reading) {
            late = event;
        } else if (event.percentage() >= highest) {
            highest = event.percentage();
            listeners.forEach(listener -> listener.event(event));
        }
    }

    private void read() {
        try {
            JobPage page = pages.get();
            apply(page);
        } catch (RuntimeException e) {
            LOG.warn("job {} could not be read for those who follow it: {}", jobId, e.getMessage());
            fail(e);
        } finally {
            done();
        }
    }

    private synchronized void done() {
        reading = false;
        readAt = nanoTime.getAsLong();
        if (late != null && announced == JobStatus.PROCESSING) {
            progress(late);
        }
        late = null;
        if (again) {
            again = false;
            look();
        }
    }

    private synchronized void fail(RuntimeException why) {
        joining.forEach(listener -> listener.failed(why));
        joining.clear();
    }

    private synchronized void apply(JobPage page) {
        if (page.job().isEmpty()) {
            joining.forEach(JobListener::unknown);
            listeners.forEach(JobListener::ended);
            joining.clear();
            listeners.clear();
            return;
        }
        Job job = page.job().get();
        tellNews(page, job);
        LiveEvent snapshot = RecordEvents.snapshot(job, job.status().ended() ? 0 : highest, page.lastId(), clock);
        joining.forEach(listener -> greet(listener, page, snapshot));
        listeners.addAll(joining);
        joining.clear();
        if (page.complete() || job.status().ended() && ++looks >= MAX_LOOKS) {
            listeners.forEach(JobListener::ended);
            listeners.clear();
        } else if (job.status().ended()) {
            // A read may see one part of a transaction before the other.
            again = true;
        }
    }

    private void greet(JobListener listener, JobPage page, LiveEvent snapshot) {
        if (listener.lastId() == null || page.isBeyond(listener.lastId())) {
            listener.joined(page, snapshot);
        } else {
            listener.joined(page, new LiveEvent(jobId, snapshot.kind(), null, snapshot.data()));
            page.after(listener.lastId())
                    .forEach(event -> listener.event(told(event, page.job().get())));
        }
    }

    private void tellNews(JobPage page, Job job) {
        boolean first = announced == null;
        JobStatus before = announced;
        for (LiveEvent event : page.events()) {
            if (seen.add(event.id()) && !first) {
                LiveEvent told = told(event, job);
                before = told.status().orElse(before);
                if (LiveEvent.after(event.name()) == null && job.status() == JobStatus.QUEUED) {
                    // The job began again.
                    highest = job.progressPercentage();
                }
                listeners.forEach(listener -> listener.event(told));
            }
        }
        if (!first && before != job.status()) {
            listeners.forEach(listener -> listener.event(RecordEvents.status(job, clock)));
        }
        announced = job.status();
        if (job.status() == JobStatus.PROCESSING && job.progressPercentage() > highest) {
            highest = job.progressPercentage();
            if (!first) {
                listeners.forEach(listener -> listener.event(RecordEvents.progress(job, clock)));
            }
        }
    }

    private static LiveEvent told(LiveEvent event, Job job) {
        LiveEvent known = event.with(RecordEvents.facts(job));
        return known.data().containsKey("status")
                ? known
                : known.with(Map.of("status", job.status().name()));
    }
}
