package dev.caravan;

import dev.caravan.durable.Catalog;
import dev.caravan.durable.PipelinePlan;
import dev.caravan.durable.PipelinePlanner;
import dev.caravan.durable.RouteLint;
import dev.caravan.ffmpeg.CommandLint;
import dev.caravan.limit.Providers;
import dev.caravan.settings.Settings;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.PackageScanResourceResolver;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/** Makes the plans of the pipelines without a run: it reads the files and starts nothing. */
final class OfflinePlans {
    private OfflinePlans() {}

    static List<PipelinePlan> read() throws Exception {
        try (DefaultCamelContext context = OfflineContext.open()) {
            Settings settings = SettingsSource.of(context);
            RouteLint.check(context, settings.text("camel.main.routes-include-pattern"));
            load(context, settings.text("camel.main.routes-include-pattern"));
            Catalog catalog = new Catalog();
            catalog.read(context, CommandLint::problems);
            OwnPipelines.of(settings, catalog, () -> null, () -> {})
                    .first(context, settings.text("camel.main.routes-include-pattern"));
            return new PipelinePlanner(catalog, settings, provider -> Providers.rate(settings, provider)).all();
        }
    }

    private static void load(DefaultCamelContext context, String patterns) throws Exception {
        PackageScanResourceResolver resolver = PluginHelper.getPackageScanResourceResolver(context);
        for (String pattern : patterns.split(",")) {
            if (pattern.matches(".*/(jobs|pipelines)/[^/]*")) {
                for (Resource file : resolver.findResources(pattern.trim())) {
                    PluginHelper.getRoutesLoader(context).loadRoutes(file);
                }
            }
        }
    }
}
