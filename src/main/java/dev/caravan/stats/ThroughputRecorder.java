package dev.caravan.stats;

import dev.caravan.job.Job;
import dev.caravan.job.JobMeters;
import dev.caravan.job.JobStatus;
import dev.caravan.job.Jobs;
import dev.caravan.json.Timestamps;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.records.Write;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Collects the jobs that end in this process and adds them to the slots of all processes, every five seconds and at the
 * stop. A killed process loses those of its last seconds; the counts of jobs do not depend on it.
 */
public final class ThroughputRecorder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ThroughputRecorder.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration KEPT = Duration.ofDays(8);

    private final Records records;
    private final Tables tables;
    private final Clock clock;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "statistics");
        thread.setDaemon(true);
        return thread;
    });
    private Map<Page, FinishedJobs> open = new HashMap<>();

    private record Page(Instant slot, String pipeline) {}

    public ThroughputRecorder(Records records, Tables tables, Clock clock, JobMeters meters) {
        this.records = records;
        this.tables = tables;
        this.clock = clock;
        meters.listen(this::ended);
    }

    public void start() {
        timer.scheduleWithFixedDelay(this::write, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void ended(Job job, JobStatus status) {
        Instant now = clock.instant();
        Duration took = Duration.between(Instant.parse(job.createdAt()), now);
        synchronized (this) {
            page(new Page(SlotLength.FIVE_MINUTES.start(now), job.pipeline())).add(status, took);
        }
    }

    private FinishedJobs page(Page page) {
        return open.computeIfAbsent(page, unknown -> new FinishedJobs());
    }

    /** Adds the jobs that ended since the last call to the records. What cannot be written is kept for the next call. */
    public void write() {
        Map<Page, FinishedJobs> written = take();
        written.forEach((page, endedJobs) -> {
            try {
                records.write(parts(page, endedJobs));
            } catch (RuntimeException e) {
                LOG.warn("statistics of {} not written, they are kept: {}", page.pipeline(), e.getMessage());
                keep(page, endedJobs);
            }
        });
    }

    private synchronized Map<Page, FinishedJobs> take() {
        Map<Page, FinishedJobs> taken = open;
        open = new HashMap<>();
        return taken;
    }

    private synchronized void keep(Page page, FinishedJobs endedJobs) {
        page(page).add(endedJobs);
    }

    private List<TransactWriteItem> parts(Page page, FinishedJobs endedJobs) {
        List<TransactWriteItem> parts = new ArrayList<>();
        for (SlotLength span : SlotLength.values()) {
            Instant start = span.start(page.slot());
            Map<String, Object> key = Jobs.itemKey(span.partition(), Timestamps.of(start) + "#" + page.pipeline());
            Write write = Write.to(tables.jobs(), key)
                    .set("pipeline", page.pipeline())
                    .set(Tables.EXPIRES, start.plus(KEPT).getEpochSecond());
            parts.add(endedJobs.addTo(write).part());
        }
        return parts;
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(INTERVAL.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        write();
    }
}
