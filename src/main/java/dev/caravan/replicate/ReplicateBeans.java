package dev.caravan.replicate;

import dev.caravan.asset.Assets;
import dev.caravan.imports.Imports;
import dev.caravan.intake.Intake;
import dev.caravan.job.Counters;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.settings.Settings;
import java.time.Clock;
import org.apache.camel.spi.Registry;

/** Binds the beans of the routes of Replicate. */
public final class ReplicateBeans {
    private ReplicateBeans() {}

    public static void bind(
            Registry registry,
            Settings settings,
            Records records,
            Tables tables,
            Clock clock,
            Assets assets,
            Counters counters,
            Intake intake) {
        ReplicateSettings replicate = ReplicateSettings.of(settings);
        Imports imports = new Imports(settings.text("caravan.s3.bucket"), clock);
        registry.bind(
                "replicateHook",
                new ReplicateWebhook(
                        replicate,
                        new SeenWebhooks(records, tables, clock),
                        new PredictionOutputs(imports, assets, clock, replicate.keepTrying()),
                        intake,
                        assets,
                        records,
                        clock));
        registry.bind(
                "predictionOrders",
                new PredictionOrders(
                        replicate,
                        new ReplicateApi(replicate),
                        imports,
                        intake,
                        new WaitingAssets(assets, records, counters)));
    }
}
