package dev.caravan.recovery;

import dev.caravan.asset.Assets;
import dev.caravan.control.Deletion;
import dev.caravan.job.Counters;
import dev.caravan.job.Jobs;
import dev.caravan.job.Removal;
import dev.caravan.records.BatchRead;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.settings.Settings;
import dev.caravan.storage.BucketListing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.spi.Registry;

/** Builds the parts of recovery, and registers the beans that the API's routes call. */
public final class RecoveryBeans {
    /** Heartbeats of the reconciler that may be missed before another one takes over. */
    private static final int BEATS_PER_LEASE = 3;

    private RecoveryBeans() {}

    /** The parts that recovery uses. */
    public record Parts(
            Records records,
            Tables tables,
            Clock clock,
            Jobs jobs,
            Removal removal,
            Assets assets,
            Counters counts,
            Deletion deletion,
            BucketListing inventory,
            BatchRead batch) {}

    /**
     * Binds the bean {@code recovery}.
     *
     * @param self the identity of this process
     * @param duties of other packages
     * @param lookouts of other packages
     * @return the reconciler, to be started where this process has that role
     */
    public static Reconciler bind(
            Registry registry,
            Settings settings,
            MeterRegistry meters,
            String self,
            Recovery recovery,
            Parts parts,
            List<MaintenanceTask> duties,
            List<StuckDetector> lookouts) {
        Jobs jobs = parts.jobs();
        Records records = parts.records();
        Tables tables = parts.tables();
        Clock clock = parts.clock();
        RecoveryMeters numbers = new RecoveryMeters(meters);
        RunLog book = new RunLog(records, tables, clock, settings.duration("caravan.recovery.keep-runs"));
        List<MaintenanceTask> patient = new ArrayList<>(duties);
        patient.addAll(tidying(TidySettings.of(settings), parts));
        List<MaintenanceTask> all = new ArrayList<>(recovery.duties());
        all.addAll(patient);
        Duration lease = lease(settings);
        Duration jobLease = settings.duration("caravan.worker.lease");
        List<StuckDetector> out = new ArrayList<>(List.of(
                new MissingReconciler(records, tables, clock, lease),
                FailingTask.lookout(records, tables),
                new StuckJobs(records, tables, clock, parts.batch(), jobLease),
                new StuckAssets(parts.assets(), jobs, records, tables)));
        out.addAll(lookouts);
        RecoveryStatus recoveryStatus = new RecoveryStatus(
                records, tables, clock, out, book, all, settings.duration("caravan.recovery.stuck-after"));
        TaskScheduler byHand = new TaskScheduler(all, book, numbers, clock, System::nanoTime);
        registry.bind(
                "recovery",
                new ManualRecovery(records, tables, clock, recovery.takeBack(), byHand, book, recoveryStatus));
        return new Reconciler(
                self,
                new RoleLease(records, tables, clock, self, lease, System::nanoTime),
                new TaskScheduler(recovery.duties(), book, numbers, clock, System::nanoTime),
                new TaskScheduler(patient, book, numbers, clock, System::nanoTime),
                numbers);
    }

    /** Says why maintenance tasks of the reconciler have failed several times; empty where all is well. */
    public static Supplier<Optional<String>> trouble(Records records, Tables tables) {
        return () -> FailingTask.said(records, tables);
    }

    /** Long enough that a round without work between two heartbeats cannot cost the lease. */
    private static Duration lease(Settings settings) {
        Duration lease = settings.duration("caravan.reconciler.lease");
        Duration least = settings.duration("caravan.reconciler.interval").multipliedBy(BEATS_PER_LEASE);
        return lease.compareTo(least) > 0 ? lease : least;
    }

    private static List<MaintenanceTask> tidying(TidySettings tidy, Parts parts) {
        Jobs jobs = parts.jobs();
        Records records = parts.records();
        Tables tables = parts.tables();
        Clock clock = parts.clock();
        List<MaintenanceTask> duties = new ArrayList<>(List.of(
                new UnnamedOutputs(parts.inventory(), jobs, records, tables, clock, tidy),
                new UnfinishedParts(parts.inventory(), clock, tidy),
                new AbandonedUploads(records, tables, clock, parts.assets(), parts.counts(), tidy),
                new ExpiredUploads(
                        records, tables, clock, parts.assets(), parts.counts(), parts.inventory(), tidy.page())));
        tidy.completedAge()
                .ifPresent(age -> duties.add(new OldJobs(
                        jobs,
                        parts.removal(),
                        OldestByStatus.ofJobs(parts.records(), parts.tables()),
                        parts.clock(),
                        tidy,
                        age)));
        tidy.failedAge()
                .ifPresent(age -> duties.add(
                        new OldFailures(jobs, records, tables, clock, parts.assets(), parts.deletion(), tidy, age)));
        return duties;
    }
}
