package dev.caravan.control;

import dev.caravan.job.Jobs;
import dev.caravan.job.Priority;
import dev.caravan.json.Json;
import dev.caravan.json.Timestamps;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.records.Write;
import dev.caravan.work.Admission;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Stores pauses of queues and drains of workers in one record for all processes, which outlives them. Each process reads it
 * at most once a second, and uses the last state that it read while DynamoDB does not answer.
 */
public final class QueuePauses {
    static final Duration FRESH = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(QueuePauses.class);
    private static final Map<String, Object> KEY = Jobs.itemKey("control#queues", "control");

    private final Records records;
    private final String table;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile PauseState known = PauseState.ALL_ON;
    private volatile boolean looked;
    private volatile long lookedAt;
    private volatile boolean away;

    public QueuePauses(Records records, Tables tables, Clock clock, LongSupplier nanoTime) {
        this.records = records;
        this.table = tables.jobs();
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Admits jobs to the worker process {@code identity}. */
    public Admission admission(String identity) {
        return (pipeline, priority) -> {
            PauseState now = now();
            return !now.draining(identity) && !now.paused(pipeline, priority);
        };
    }

    /**
     * The state as read within the last second, or else the last one. While one thread reads from DynamoDB, the others do
     * not wait for it.
     */
    public PauseState now() {
        if (!looked) {
            reading.lock();
        } else if (nanoTime.getAsLong() - lookedAt < FRESH.toNanos() || !reading.tryLock()) {
            return known;
        }
        try {
            if (!looked || nanoTime.getAsLong() - lookedAt >= FRESH.toNanos()) {
                look();
            }
            return known;
        } finally {
            reading.unlock();
        }
    }

    /** The state that was read last, without reading again. */
    PauseState last() {
        return known;
    }

    private void look() {
        try {
            known = read();
            away = false;
        } catch (RuntimeException e) {
            if (!away) {
                LOG.warn("the switches of the queues cannot be read, {} stand as they were: {}", known, e.getMessage());
            }
            away = true;
        }
        lookedAt = nanoTime.getAsLong();
        looked = true;
    }

    /** Reads the record now. */
    public PauseState read() {
        return records.get(table, KEY).map(QueuePauses::board).orElse(PauseState.ALL_ON);
    }

    /** Pauses these jobs. */
    public PauseState pause(String pipeline, Priority priority, String reason, String by) {
        Pause pause = new Pause(pipeline, priority, Timestamps.now(clock), reason, by);
        return changed("paused", change(board -> board.off(pause)));
    }

    /** Ends the pause; other pauses that cover the jobs stay. */
    public PauseState resume(String pipeline, Priority priority) {
        return changed("resumed", change(board -> board.on(pipeline, priority)));
    }

    /**
     * Drains worker processes.
     *
     * @param workers their identities
     * @param all identities of existing workers; orders to others are removed
     */
    public PauseState drain(Collection<String> workers, Collection<String> all, String reason, String by) {
        String now = Timestamps.now(clock);
        return changed("drained", change(board -> {
            PauseState next = board.onlyOf(all);
            for (String worker : workers) {
                next = next.drain(new Drain(worker, now, reason, by));
            }
            return next;
        }));
    }

    /** Lets drained workers claim jobs again. */
    public PauseState release(Collection<String> workers) {
        return changed("released", change(board -> board.release(workers)));
    }

    private static PauseState changed(String what, PauseState now) {
        LOG.info("{}; now paused: {}, draining: {}", what, now.paused(), now.draining());
        return now;
    }

    private PauseState change(UnaryOperator<PauseState> change) {
        while (true) {
            // Adding nothing creates the record where there is none, and reads it where there is one.
            PauseState before = board(records.update(Write.to(table, KEY).add("version", 0)));
            PauseState wanted = change.apply(before);
            if (wanted.equals(before)) {
                known = before;
                return before;
            }
            try {
                known = board(records.update(write(before.version(), wanted)));
                return known;
            } catch (ConditionFailed changed) {
                // Another process changed the record in between, or the answer to this write got lost: read again.
            }
        }
    }

    private Write write(long version, PauseState wanted) {
        return Write.to(table, KEY)
                .where("version", version)
                .set("version", version + 1)
                .set("paused", wanted.paused().stream().map(Json::toMap).toList())
                .set("draining", wanted.draining().stream().map(Json::toMap).toList())
                .set("updated_at", Timestamps.now(clock));
    }

    private static PauseState board(Map<String, AttributeValue> item) {
        Map<String, Object> fields = new LinkedHashMap<>(Items.map(item));
        fields.keySet().retainAll(List.of("version", "paused", "draining"));
        return Json.convert(fields, PauseState.class);
    }
}
