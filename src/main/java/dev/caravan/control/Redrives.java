package dev.caravan.control;

import dev.caravan.failure.Refusal;
import dev.caravan.json.Timestamps;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.records.Write;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Retries many dead letters at a limited rate. Any number of processes may work on a redrive: each job is retried in one
 * transaction with the redrive's record, so that none is retried twice and none is lost in a crash.
 */
public final class Redrives {
    /** Counting and dry runs end at this number. */
    public static final int MAX_COUNTED = 10_000;

    private static final Logger LOG = LoggerFactory.getLogger(Redrives.class);
    /**
     * Jobs enter the ready queue at most this long before they are due, because jobs there can be stopped only one by one.
     */
    private static final Duration AHEAD = Duration.ofSeconds(5);
    /** Time that one call spends on a redrive, so that other redrives get their turn. */
    private static final Duration TURN = Duration.ofSeconds(2);

    private static final int SAMPLE = 20;

    private final Records records;
    private final Clock clock;
    private final DeadLetterIndex index;
    private final Retry retry;
    private final RedriveRecords redrives;
    private final LongSupplier nanoTime;

    public Redrives(
            Records records, Tables tables, Clock clock, DeadLetterIndex index, Retry retry, LongSupplier nanoTime) {
        this.clock = clock;
        this.index = index;
        this.retry = retry;
        this.records = records;
        this.redrives = new RedriveRecords(records, tables);
        this.nanoTime = nanoTime;
    }

    /**
     * An order for a redrive: which dead letters, and how to retry them.
     *
     * @param ids null to take those that {@code filter} finds
     * @param rate jobs a second
     */
    public record Order(DeadLetterFilter filter, List<String> ids, int rate, RetryRequest wish) {}

    /** @param sample ids of the first ones */
    public record Preview(long total, List<String> sample) {}

    /** Previews what an order would retry, without doing it. */
    public Preview preview(Order order) {
        if (order.ids() != null) {
            return new Preview(
                    order.ids().size(), order.ids().stream().limit(SAMPLE).toList());
        }
        List<String> sample = new ArrayList<>();
        long total = 0;
        for (String pipeline : index.pipelines(order.filter())) {
            Iterator<DeadLetter> letters = index.oldestFirst(pipeline, order.filter(), 1000);
            for (; letters.hasNext() && total < MAX_COUNTED; total++) {
                String id = letters.next().jobId();
                if (sample.size() < SAMPLE) {
                    sample.add(id);
                }
            }
        }
        return new Preview(total, sample);
    }

    /** Records the order; {@link #work} carries it out. */
    public Redrive start(Order order) {
        String now = Timestamps.now(clock);
        Redrive redrive = new Redrive(
                UUID.randomUUID().toString(),
                Redrive.RUNNING,
                order.ids() == null ? order.filter() : null,
                order.ids(),
                order.rate(),
                order.wish().from(),
                order.wish().parameters(),
                preview(order).total(),
                0,
                0,
                null,
                null,
                null,
                now,
                null,
                0);
        redrives.create(redrive);
        LOG.info("redrive {}: {} dead letters, {} a second", redrive.redriveId(), redrive.total(), redrive.rate());
        return redrive;
    }

    /** @throws Refusal {@code UNKNOWN_REDRIVE} */
    public Redrive find(String id) {
        return redrives.find(id)
                .orElseThrow(() -> new Refusal(
                        "UNKNOWN_REDRIVE",
                        "There is no redrive with the id " + id,
                        "Redrives are remembered for 30 days after their end."));
    }

    /** Continues the redrives that run, as far as their rates allow; call it every second. */
    public void work() {
        redrives.running().forEach(this::work);
    }

    private void work(Redrive started) {
        long begin = nanoTime.getAsLong();
        RedriveScan walk = new RedriveScan(index, started);
        Redrive redrive = started;
        try {
            while (nanoTime.getAsLong() - begin < TURN.toNanos() && !tooFarAhead(redrive)) {
                Optional<Redrive.Cursor> next = walk.next();
                if (next.isEmpty()) {
                    finish(redrive);
                    return;
                }
                redrive = step(redrive, next.get());
            }
        } catch (ConditionFailed elsewhere) {
            LOG.debug("redrive {} goes on elsewhere", started.redriveId());
        }
    }

    private boolean tooFarAhead(Redrive redrive) {
        return due(redrive).isAfter(clock.instant().plus(AHEAD));
    }

    private Instant due(Redrive redrive) {
        Instant now = clock.instant();
        Instant next = redrive.nextDueAt() == null ? now : Instant.parse(redrive.nextDueAt());
        return next.isBefore(now) ? now : next;
    }

    private Redrive step(Redrive redrive, Redrive.Cursor cursor) {
        Instant due = due(redrive);
        String next = Timestamps.of(due.plus(Duration.ofSeconds(1).dividedBy(redrive.rate())));
        try {
            Redrive after = redrive.retried(cursor, next);
            retry.retry(
                    cursor.jobId(),
                    redrive.wish().at(due),
                    List.of(redrives.step(redrive, after).part()));
            return after;
        } catch (Refusal refusal) {
            Redrive after =
                    redrive.refused(cursor, new Redrive.Refused(cursor.jobId(), refusal.code(), refusal.getMessage()));
            write(redrives.step(redrive, after));
            LOG.info("redrive {}: {}: {}", redrive.redriveId(), refusal.code(), refusal.getMessage());
            return after;
        }
    }

    private void finish(Redrive redrive) {
        Redrive done = redrive.finished(Timestamps.now(clock));
        write(redrives.step(redrive, done));
        LOG.info(
                "redrive {} is done: {} dead letters go on, {} could not",
                done.redriveId(),
                done.retried(),
                done.refused());
    }

    private void write(Write write) {
        records.write(List.of(write.part()));
    }
}
