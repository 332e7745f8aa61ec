package dev.caravan.intake;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import dev.caravan.asset.Assets;
import dev.caravan.failure.Refusal;
import dev.caravan.job.CounterUpdate;
import dev.caravan.job.Counters;
import dev.caravan.job.Doorbell;
import dev.caravan.job.JobMeters;
import dev.caravan.job.Priority;
import dev.caravan.job.QueueTransitions;
import dev.caravan.job.StepRecord;
import dev.caravan.records.ConditionFailed;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.storage.MediaFile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Accepts assets with their jobs: both appear together or not at all, and only once. */
public final class Intake {
    /** Attempts when events of one key are delivered at the same time; more would not be explained by such a race. */
    private static final int RACES = 5;

    private final Records records;
    private final Clock clock;
    private final JobMeters meters;
    private final Assets assets;
    private final IdempotencyKeys keys;
    private final ObjectIdentity kept;
    private final Counters counters;
    private final Doorbell doorbell;
    private final NewJobRecords items;

    /** @param maxRetries of a pipeline's steps, for the record */
    public Intake(
            Records records,
            Tables tables,
            Clock clock,
            QueueTransitions transitions,
            JobMeters meters,
            Assets assets,
            Counters counters,
            Doorbell doorbell,
            ToIntFunction<String> maxRetries) {
        this.records = records;
        this.clock = clock;
        this.meters = meters;
        this.assets = assets;
        this.keys = new IdempotencyKeys(tables, clock);
        this.kept = new ObjectIdentity(records, tables);
        this.counters = counters;
        this.doorbell = doorbell;
        this.items = new NewJobRecords(transitions, maxRetries);
    }

    /**
     * An order for one job.
     *
     * @param required whether the asset is ready only after it
     * @param startFrom id of the step to begin with, or null for the first
     * @param steps records of the steps before that, from an earlier job
     * @param source the object that the job works on, or null for the asset's source
     * @param runAt not to start before; null to start immediately
     */
    public record Order(
            String pipeline,
            Priority priority,
            Map<String, Object> parameters,
            boolean required,
            String startFrom,
            Map<String, StepRecord> steps,
            MediaFile source,
            Instant runAt) {
        public Order(String pipeline, Priority priority, Map<String, Object> parameters, boolean required) {
            this(pipeline, priority, parameters, required, null, Map.of(), null, null);
        }
    }

    /**
     * The result of an acceptance.
     *
     * @param repeated true when this request had been accepted before, and nothing was done now
     */
    public record Accepted(String assetId, List<String> jobs, boolean repeated) {}

    /**
     * Accepts a new asset with its jobs and sends doorbell messages for them.
     *
     * @return the ids of the jobs; empty when the asset is known already, alive or as a tombstone
     */
    public List<String> accept(Asset asset, List<Order> orders) {
        try {
            return accept(asset, orders, null).jobs();
        } catch (ConditionFailed known) {
            return List.of();
        }
    }

    /**
     * Accepts an object of the bucket, unless it was only copied onto itself.
     *
     * @return the ids of the jobs; empty when the asset is known already, or when these bytes at this key belong to an asset
     *     that exists
     */
    public List<String> acceptObject(Asset asset, List<Order> orders) {
        for (int attempt = 1; ; attempt++) {
            ObjectIdentity.Kept before = kept.at(asset.source());
            if (kept.alive(before, asset.source()).isPresent()) {
                return List.of();
            }
            try {
                CounterUpdate counterUpdate = counters.of(asset.assetId()).asset(asset, null, asset.status());
                return write(asset, orders, null, ids -> assets.create(asset), counterUpdate, kept.keep(asset, before))
                        .jobs();
            } catch (ConditionFailed e) {
                if (e.part() == 0 || attempt == RACES) {
                    return List.of();
                }
            }
        }
    }

    /** Whether these bytes at this key belong to an asset that exists. */
    public boolean stands(MediaFile file) {
        return kept.alive(kept.at(file), file).isPresent();
    }

    /**
     * Accepts a new asset with its jobs, once for each idempotency key.
     *
     * @param key null without one
     * @throws Refusal {@code IDEMPOTENCY_KEY_REUSED}
     * @throws ConditionFailed when the asset is known already
     */
    public Accepted accept(Asset asset, List<Order> orders, IdempotencyKey key) {
        return write(
                asset,
                orders,
                key,
                ids -> assets.create(asset),
                counters.of(asset.assetId()).asset(asset, null, asset.status()));
    }

    /**
     * Starts the jobs of an asset whose bytes have arrived.
     *
     * @param asset as it will be; its status is one of those that follow {@code from}
     * @param change of its record, given the ids of its jobs; conditional
     * @throws ConditionFailed when the asset is not as {@code change} expects
     */
    public Accepted begin(
            Asset asset, AssetStatus from, List<Order> orders, Function<List<String>, TransactWriteItem> change) {
        return write(asset, orders, null, change, counters.of(asset.assetId()).asset(asset, from, asset.status()));
    }

    /**
     * Adds a job to an existing asset. The asset's status does not change.
     *
     * @return empty when the asset was deleted meanwhile
     */
    public Optional<Accepted> add(Asset asset, Order order, IdempotencyKey key) {
        TransactWriteItem there = assets.stillThere(asset.assetId());
        try {
            return Optional.of(write(asset, List.of(order), key, ids -> there, counters.of(asset.assetId())));
        } catch (ConditionFailed gone) {
            return Optional.empty();
        }
    }

    private Accepted write(
            Asset asset,
            List<Order> orders,
            IdempotencyKey key,
            Function<List<String>, TransactWriteItem> first,
            CounterUpdate counterUpdate) {
        return write(asset, orders, key, first, counterUpdate, null);
    }

    /** @param note a further part, or null */
    private Accepted write(
            Asset asset,
            List<Order> orders,
            IdempotencyKey key,
            Function<List<String>, TransactWriteItem> first,
            CounterUpdate counterUpdate,
            TransactWriteItem note) {
        List<TransactWriteItem> parts = new ArrayList<>();
        List<String> ids = put(asset, orders, parts, counterUpdate);
        parts.add(0, first.apply(ids));
        parts.addAll(counterUpdate.parts());
        if (note != null) {
            parts.add(note);
        }
        Accepted accepted = new Accepted(asset.assetId(), ids, false);
        if (key != null) {
            parts.add(keys.remember(key, accepted));
        }
        try {
            records.write(parts);
        } catch (ConditionFailed e) {
            if (key != null && e.part() == parts.size() - 1) {
                return keys.repeated(key, e.found());
            }
            throw e;
        }
        tell(orders);
        return accepted;
    }

    /** @return the ids of the jobs, in the order of the orders */
    private List<String> put(
            Asset asset, List<Order> orders, List<TransactWriteItem> parts, CounterUpdate counterUpdate) {
        List<String> ids = new ArrayList<>();
        for (Order order : orders) {
            String jobId = UUID.randomUUID().toString();
            ids.add(jobId);
            parts.addAll(items.accept(jobId, asset, order, counterUpdate));
        }
        return ids;
    }

    /** Sends doorbell messages for jobs whose records are written. */
    private void tell(List<Order> orders) {
        orders.forEach(order -> meters.accepted(order.pipeline()));
        if (!orders.isEmpty()) {
            doorbell.ring(firstDue(orders));
        }
    }

    private Duration firstDue(List<Order> orders) {
        Instant now = clock.instant();
        return orders.stream()
                .map(order -> Duration.between(now, NewJobRecords.due(order, now)))
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /**
     * An asset that is accepted together with others.
     *
     * @param asset as it will be
     * @param before as it was; null when it is new
     * @param change of the record of one that is not new; conditional
     */
    public record Arrival(Asset asset, Asset before, TransactWriteItem change, List<Order> orders) {
        public Arrival(Asset asset, List<Order> orders) {
            this(asset, null, null, orders);
        }
    }

    /**
     * Accepts several assets with their jobs, all or none, in one transaction with {@code note}: its condition comes first.
     *
     * @param arrivals at most 30
     * @throws ConditionFailed of part 0 when the note exists already; else when an asset is not as it was
     */
    public List<Accepted> acceptTogether(List<Arrival> arrivals, Function<List<Accepted>, TransactWriteItem> note) {
        CounterUpdate counterUpdate = counters.of(arrivals.get(0).asset().assetId());
        List<TransactWriteItem> parts = new ArrayList<>();
        List<Accepted> accepted = new ArrayList<>();
        List<Order> orders = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            Asset asset = arrival.asset();
            if (arrival.before() != null) {
                counterUpdate.asset(arrival.before(), arrival.before().status(), null);
            }
            counterUpdate.asset(asset, null, asset.status());
            parts.add(arrival.before() == null ? assets.create(asset) : arrival.change());
            orders.addAll(arrival.orders());
            accepted.add(new Accepted(asset.assetId(), put(asset, arrival.orders(), parts, counterUpdate), false));
        }
        parts.addAll(counterUpdate.parts());
        parts.add(0, note.apply(accepted));
        records.write(parts);
        tell(orders);
        return accepted;
    }
}
