package dev.caravan.recovery;

import dev.caravan.job.Jobs;
import dev.caravan.json.Timestamps;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Items;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.records.Write;
import dev.caravan.work.WorkerIdentity;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lease of the active reconciler: a record with a token and a heartbeat. Another process takes over only after it saw
 * the heartbeat unchanged for a whole lease on its own monotonic clock, or when it knows that the holder is dead. Safe for
 * several threads.
 */
final class RoleLease {
    private static final Logger LOG = LoggerFactory.getLogger(RoleLease.class);
    private static final String TOKEN = "token";
    private static final String BEAT = "beat";
    /** Parts of the lease; after one of them a long task shows a sign of life. */
    private static final int PARTS = 3;

    private final Records records;
    private final Tables tables;
    private final Clock clock;
    private final String self;
    private final Duration length;
    private final LongSupplier nanoTime;
    private String token;
    private long lastBeat;
    private Map<String, Object> record = Map.of();
    private String seen;
    private long seenSince;
    private long seenFor;

    /** @param self the identity of this process */
    RoleLease(Records records, Tables tables, Clock clock, String self, Duration length, LongSupplier nanoTime) {
        this.records = records;
        this.tables = tables;
        this.clock = clock;
        this.self = self;
        this.length = length;
        this.nanoTime = nanoTime;
    }

    static Map<String, Object> key() {
        return Jobs.itemKey("lease#reconciler", "lease");
    }

    /** The lease as it is, for readers only; empty where no reconciler ever held it. */
    static Map<String, Object> read(Records records, Tables tables) {
        return records.get(tables.jobs(), key()).map(Items::map).orElse(Map.of());
    }

    /** Asks the active reconciler to run all of its maintenance tasks in its next round. */
    static void ask(Records records, Tables tables, Clock clock) {
        records.update(Write.to(tables.jobs(), key()).set("asked_at", Timestamps.now(clock)));
    }

    /**
     * Shows a sign of life where this process holds the lease, or takes it where it may be taken.
     *
     * @param told the new report on the maintenance tasks in the record; null to leave it
     * @return whether this process is the active reconciler
     */
    synchronized boolean hold(Map<String, ?> told) {
        return token != null ? beat(told) : take();
    }

    /** The record as it was read or written last. */
    synchronized Map<String, Object> record() {
        return record;
    }

    synchronized boolean held() {
        return token != null;
    }

    /** Whether this process is still the active one; reads the record where the last sign of life is some time ago. */
    synchronized boolean stillHeld() {
        return token != null && (nanoTime.getAsLong() - lastBeat < length.toNanos() / PARTS || beat(null));
    }

    private boolean beat(Map<String, ?> told) {
        Write write = lease().where(TOKEN, token).add(BEAT, 1).set("beat_at", Timestamps.now(clock));
        if (told != null) {
            write.set("duties", told).add("rounds", 1);
        }
        try {
            wrote(write);
            return true;
        } catch (ConditionFailed e) {
            LOG.warn(
                    "another reconciler is active now: {}", Items.map(e.found()).get("holder"));
            token = null;
            seen = null;
            return false;
        }
    }

    private boolean take() {
        Map<String, Object> now = look();
        Object holder = now.get("holder");
        if (now.get(TOKEN) != null && !abandoned(now) && !ownEarlier(String.valueOf(holder))) {
            return false;
        }
        String mine = UUID.randomUUID().toString();
        Write write = free(now)
                .set(TOKEN, mine)
                .set("holder", self)
                .set("seconds", length.toSeconds())
                .set("taken_at", Timestamps.now(clock))
                .set("beat_at", Timestamps.now(clock))
                .add(BEAT, 1)
                .add("fence", 1);
        try {
            wrote(write);
        } catch (ConditionFailed e) {
            Map<String, Object> found = Items.map(e.found());
            if (!mine.equals(found.get(TOKEN))) {
                return false;
            }
            // The first answer got lost, and the SDK asked again.
            record = found;
            lastBeat = nanoTime.getAsLong();
        }
        token = mine;
        seen = null;
        LOG.info("this is the active reconciler now{}", holder == null ? "" : ", after " + holder);
        return true;
    }

    /** An unreadable record starts the watch again, since the holder perhaps could not write it either. */
    private Map<String, Object> look() {
        try {
            return read(records, tables);
        } catch (RuntimeException e) {
            seen = null;
            throw e;
        }
    }

    private void wrote(Write write) {
        long before = nanoTime.getAsLong();
        record = Items.map(records.update(write));
        lastBeat = before;
    }

    private Write free(Map<String, Object> now) {
        return now.get(TOKEN) == null
                ? lease().whereMissing(TOKEN)
                : lease().where(TOKEN, now.get(TOKEN)).where(BEAT, now.get(BEAT));
    }

    /** Whether this process saw the heartbeat unchanged for the whole lease that its holder promised. */
    private boolean abandoned(Map<String, Object> now) {
        String sight = now.get(TOKEN) + " " + now.get(BEAT);
        if (!sight.equals(seen)) {
            seen = sight;
            seenSince = nanoTime.getAsLong();
            seenFor = now.get("seconds") instanceof Number seconds ? seconds.longValue() : length.toSeconds();
            return false;
        }
        return nanoTime.getAsLong() - seenSince >= Duration.ofSeconds(seenFor).toNanos();
    }

    /** This process holds the lock on its folder, which proves that the earlier holder is dead. */
    private boolean ownEarlier(String holder) {
        return !holder.equals(self)
                && holder.indexOf('/') > 0
                && WorkerIdentity.withoutIncarnation(holder).equals(WorkerIdentity.withoutIncarnation(self));
    }

    /** Lets another process take over immediately. */
    synchronized void release(Map<String, ?> told) {
        if (token == null) {
            return;
        }
        try {
            records.update(lease().where(TOKEN, token)
                    .set("duties", told)
                    .remove(TOKEN)
                    .remove("holder"));
        } catch (ConditionFailed e) {
            LOG.info("the reconciler's lease was taken over already");
        }
        token = null;
    }

    private Write lease() {
        return Write.to(tables.jobs(), key());
    }
}
