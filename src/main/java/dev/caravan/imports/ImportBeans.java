package dev.caravan.imports;

import dev.caravan.asset.Assets;
import dev.caravan.fetch.Fetcher;
import dev.caravan.intake.Intake;
import dev.caravan.records.Records;
import dev.caravan.records.Tables;
import dev.caravan.settings.Settings;
import dev.caravan.storage.Files;
import dev.caravan.work.Publishing;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

/** Binds the beans of the route and the Kamelet of imports. */
public final class ImportBeans {
    private ImportBeans() {}

    public static void bind(
            CamelContext context,
            Settings settings,
            Records records,
            Tables tables,
            Clock clock,
            Publishing publishing,
            Assets assets,
            Intake intake,
            Files files) {
        Fetcher fetcher = Fetcher.of(settings, clock);
        context.getRegistry()
                .bind(
                        "fetchUrl",
                        new FetchUrl(
                                fetcher,
                                assets,
                                publishing,
                                new ImportDeduplication(records, tables, assets),
                                files,
                                clock));
        context.getRegistry()
                .bind(
                        "importOrders",
                        new ImportOrders(fetcher, intake, new Imports(settings.text("caravan.s3.bucket"), clock)));
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopped(CamelContext stopped) {
                fetcher.close();
            }
        });
    }
}
