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
 * Pauses of queues and drains of workers: one record for all processes, that survives them. Each process looks at it at most
 * once a second, and goes on with what it saw last where DynamoDB does not answer.
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

    /** What lets jobs into the worker process {@code identity}. */
    public Admission admission(String identity) {
        return (pipeline, priority) -> {
            PauseState now = now();
            return !now.draining(identity) && !now.paused(pipeline, priority);
        };
    }

    /** What was seen within the last second, or last at all. Where one thread asks DynamoDB, the others do not wait for it. */
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

    /** What was seen last, without looking again. */
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

    /** What the record says now. */
    public PauseState read() {
        return records.get(table, KEY).map(QueuePauses::board).orElse(PauseState.ALL_ON);
    }

    /** Holds back the jobs that this covers. */
    public PauseState pause(String pipeline, Priority priority, String reason, String by) {
        Pause pause = new Pause(pipeline, priority, Timestamps.now(clock), reason, by);
        return changed("paused", change(board -> board.off(pause)));
    }

    /** Lets them go on, unless another switch holds them. */
    public PauseState resume(String pipeline, Priority priority) {
        return changed("resumed", change(board -> board.on(pipeline, priority)));
    }

    /**
     * Lets worker processes take nothing new.
     *
     * @param workers their identities
     * @param all of those that there are; orders to others are forgotten
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

    /** Lets them work again. */
    public PauseState release(Collection<String> workers) {
        return changed("released", change(board -> board.release(workers)));
    }

    private static PauseState changed(String what, PauseState now) {
        LOG.info("{}; now paused: {}, draining: {}", what, now.paused(), now.draining());
        return now;
    }

    private PauseState change(UnaryOperator<PauseState> change) {
        while (true) {
            // Adding nothing makes the record where there is none, and reads it where there is one.
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
                // Somebody else turned a switch in between, or our own answer got lost: look again.
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
