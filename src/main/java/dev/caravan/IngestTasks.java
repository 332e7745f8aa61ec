package dev.caravan;

import dev.caravan.asset.Assets;
import dev.caravan.ingest.BucketPoll;
import dev.caravan.ingest.IngestSettings;
import dev.caravan.ingest.SkippedObjects;
import dev.caravan.ingest.UnannouncedUploads;
import dev.caravan.intake.Intake;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.recovery.MaintenanceTask;
import dev.caravan.recovery.RecoveryBeans;
import dev.caravan.settings.Settings;
import dev.caravan.storage.BucketListing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.util.function.Suppliers;

/** Assembles the maintenance tasks that belong to other packages than recovery. */
final class IngestTasks {
    private IngestTasks() {}

    static List<MaintenanceTask> of(
            Settings settings,
            CamelContext context,
            BucketListing bucketListing,
            Assets assets,
            Intake intake,
            SkippedObjects skippedObjects,
            List<MaintenanceTask> others,
            BooleanSupplier stopping) {
        // Messages can be sent to the routes only once they exist.
        Supplier<UnannouncedUploads> uploads = Suppliers.memorize(() -> new UnannouncedUploads(
                bucketListing,
                IngestSettings.of(settings),
                assets,
                intake,
                context.createProducerTemplate(),
                skippedObjects,
                !Boolean.parseBoolean(settings.text("caravan.ingest.poll"))));
        context.getRegistry()
                .bind("bucketPoll", new BucketPoll(uploads, settings.number("caravan.recovery.page"), stopping));
        List<MaintenanceTask> duties = new ArrayList<>(others);
        duties.add(new BucketReconciliation(
                uploads,
                settings.duration("caravan.reconciler.compare-interval"),
                settings.number("caravan.recovery.page")));
        return duties;
    }

    /** Returns what makes up for losses, by its name in health; each tells why it does not work, if so. */
    static Map<String, Supplier<Optional<String>>> safetyNets(
            Settings settings, Records records, Tables tables, Registry registry) {
        Map<String, Supplier<Optional<String>>> nets = new LinkedHashMap<>();
        nets.put("recovery", RecoveryBeans.trouble(records, tables));
        if (Boolean.parseBoolean(settings.text("caravan.ingest.poll"))) {
            nets.put("bucket-poll", registry.lookupByNameAndType("bucketPoll", BucketPoll.class)::trouble);
        }
        return nets;
    }
}
