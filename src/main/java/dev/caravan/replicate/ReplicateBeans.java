package dev.caravan.replicate;

import dev.caravan.asset.Assets;
import dev.caravan.imports.Imports;
import dev.caravan.intake.Intake;
import dev.caravan.job.Counts;
import dev.caravan.job.Jobs;
import dev.caravan.settings.Settings;
import org.apache.camel.spi.Registry;

/** Names what the routes of Replicate call. */
public final class ReplicateBeans {
    private ReplicateBeans() {}

    public static void bind(
            Registry registry, Settings settings, Jobs jobs, Assets assets, Counts counts, Intake intake) {
        ReplicateSettings replicate = ReplicateSettings.of(settings);
        Imports imports = new Imports(settings.text("caravan.s3.bucket"), jobs.clock());
        registry.bind(
                "replicateHook",
                new ReplicateHook(
                        replicate,
                        new SeenWebhooks(jobs.records(), jobs.tables(), jobs.clock()),
                        new Homecoming(imports, assets, jobs.clock(), replicate.keepTrying()),
                        intake,
                        assets,
                        jobs.records(),
                        jobs.clock()));
        registry.bind(
                "predictionOrders",
                new PredictionOrders(
                        replicate,
                        new ReplicateApi(replicate),
                        imports,
                        intake,
                        new Waiting(assets, jobs.records(), counts)));
    }
}
