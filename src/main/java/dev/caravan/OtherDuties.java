package dev.caravan;

import dev.caravan.asset.Assets;
import dev.caravan.control.DeadLetters;
import dev.caravan.ingest.IngestSettings;
import dev.caravan.ingest.UnannouncedUploads;
import dev.caravan.recovery.Duty;
import dev.caravan.recovery.Report;
import dev.caravan.settings.Settings;
import dev.caravan.storage.Inventory;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.util.function.Suppliers;

/** Those of the reconciler's duties that belong to other rooms than recovery. */
final class OtherDuties {
    private static final Duration HOUR = Duration.ofHours(1);

    private OtherDuties() {}

    static List<Duty> of(
            Settings settings, CamelContext context, Inventory inventory, Assets assets, DeadLetters deadLetters) {
        // Only when the routes are there can anything be sent to them.
        Supplier<UnannouncedUploads> uploads = () -> new UnannouncedUploads(
                inventory, IngestSettings.of(settings), assets, context.createProducerTemplate());
        return List.of(
                new Comparison(
                        Suppliers.memorize(uploads),
                        settings.duration("caravan.reconciler.compare-interval"),
                        settings.number("caravan.recovery.page")),
                Duty.of("dead-letters", HOUR, report -> expire(deadLetters, report)));
    }

    private static void expire(DeadLetters deadLetters, Report report) {
        deadLetters.expire().letters().forEach(letter -> report.found(letter).done());
    }
}
