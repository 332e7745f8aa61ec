package dev.caravan.work;

import dev.caravan.job.Jobs;
import dev.caravan.json.Json;
import dev.caravan.json.Timestamps;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Keeps this process's record in the list of workers: it writes every five seconds, and within one when its running jobs
 * have changed.
 */
public final class WorkerRegistry implements AutoCloseable {
    /** Maximum age of a record while its worker lives. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(WorkerRegistry.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    /** Time until DynamoDB removes the record of a killed worker; readers of the list know it as dead long before. */
    private static final Duration KEPT = Duration.ofHours(1);

    private final Records records;
    private final Tables tables;
    private final Clock clock;
    private final Self self;
    private final Worker worker;
    private final BooleanSupplier draining;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "roster");
        thread.setDaemon(true);
        return thread;
    });
    private final String startedAt;
    private long beat;
    private Object told;
    private long toldAt;
    private boolean drained;
    private volatile boolean listed;

    /** The properties of this process that do not change. */
    public record Self(
            String name, WorkerSettings settings, String host, long pid, String version, List<String> roles) {}

    /** @param draining whether this worker is to claim no new jobs */
    public WorkerRegistry(
            Records records,
            Tables tables,
            Clock clock,
            Self self,
            Worker worker,
            BooleanSupplier draining,
            LongSupplier nanoTime) {
        this.records = records;
        this.tables = tables;
        this.clock = clock;
        this.self = self;
        this.worker = worker;
        this.draining = draining;
        this.nanoTime = nanoTime;
        this.startedAt = Timestamps.now(clock);
    }

    public void start() {
        timer.scheduleWithFixedDelay(this::tick, 0, TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void tick() {
        try {
            WorkerRecord now = describe();
            sayWhenDrained(now.state());
            List<Object> essence = List.of(
                    now.state(),
                    now.running().stream().map(run -> run.jobId() + run.step()).toList());
            if (!essence.equals(told) || nanoTime.getAsLong() - toldAt >= INTERVAL.toNanos()) {
                write(now);
                told = essence;
                toldAt = nanoTime.getAsLong();
            }
        } catch (RuntimeException e) {
            LOG.warn(
                    "this worker's record could not be written: {}; others may take it for dead, jobs go on",
                    e.getMessage());
        }
    }

    private void sayWhenDrained(WorkerRecord.State state) {
        boolean now = state == WorkerRecord.State.DRAINED;
        if (now && !drained) {
            LOG.info("worker {} is drained: it takes nothing new and nothing runs", self.name());
        }
        drained = now;
    }

    private WorkerRecord describe() {
        List<WorkerRecord.Run> running = worker.running().stream()
                .map(WorkerRegistry::run)
                .sorted((one, other) -> one.since().compareTo(other.since()))
                .toList();
        WorkerSettings settings = self.settings();
        return new WorkerRecord(
                self.name(),
                settings.identity(),
                self.host(),
                self.pid(),
                self.version(),
                self.roles(),
                settings.pipelines().stream().sorted().toList(),
                settings.concurrency(),
                settings.slots(),
                state(running.isEmpty()),
                worker.slotsTaken(),
                running,
                ++beat,
                startedAt,
                Timestamps.now(clock));
    }

    private WorkerRecord.State state(boolean idle) {
        if (!worker.accepting()) {
            return WorkerRecord.State.STOPPING;
        } else if (draining.getAsBoolean()) {
            return idle ? WorkerRecord.State.DRAINED : WorkerRecord.State.DRAINING;
        }
        return WorkerRecord.State.WORKING;
    }

    private static WorkerRecord.Run run(RunningJob run) {
        return new WorkerRecord.Run(
                run.jobId(),
                run.job().pipeline(),
                run.job().priority(),
                run.owner(),
                run.step(),
                run.percentage(),
                run.job().updatedAt());
    }

    private void write(WorkerRecord now) {
        Map<String, Object> item = Json.toMap(now);
        item.putAll(key());
        item.put(Tables.EXPIRES, clock.instant().plus(KEPT).getEpochSecond());
        records.write(List.of(TransactWriteItem.builder()
                .put(Put.builder()
                        .tableName(tables.jobs())
                        .item(Items.attributes(item))
                        .build())
                .build()));
        listed = true;
    }

    private Map<String, Object> key() {
        return Jobs.itemKey(
                WorkerRecord.PARTITION, WorkerRecord.item(self.settings().identity()));
    }

    private void remove() {
        records.write(List.of(TransactWriteItem.builder()
                .delete(Delete.builder()
                        .tableName(tables.jobs())
                        .key(Items.attributes(key()))
                        .build())
                .build()));
    }

    /** Removes this process from the list: a clean stop is no death. */
    @Override
    public void close() {
        timer.shutdown();
        try {
            timer.awaitTermination(INTERVAL.toSeconds(), TimeUnit.SECONDS);
            if (listed) {
                remove();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("this worker's record could not be removed: {}; it is taken for dead soon", e.getMessage());
        }
    }
}
