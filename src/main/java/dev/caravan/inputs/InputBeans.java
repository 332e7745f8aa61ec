package dev.caravan.inputs;

import dev.caravan.asset.Assets;
import dev.caravan.fetch.Fetcher;
import dev.caravan.media.FurtherInputs;
import dev.caravan.settings.Settings;
import dev.caravan.storage.Files;
import dev.caravan.work.InputVersions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

/** Binds the beans that steps with further inputs call. */
public final class InputBeans {
    private static final String FOLDERS = "caravan.pipelines";

    private InputBeans() {}

    public static void bind(CamelContext context, Settings settings, Assets assets, Files files, Clock clock) {
        Fetcher fetcher = Fetcher.of(settings, clock);
        List<Path> folders = settings.list(FOLDERS).stream()
                .map(folder -> Path.of(folder).toAbsolutePath().normalize())
                .toList();
        InputFiles inputs = new InputFiles(fetcher, assets, files, new PipelineFiles(folders));
        context.getRegistry().bind(FurtherInputs.BEAN, inputs);
        context.getRegistry().bind(InputVersions.BEAN, inputs);
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopped(CamelContext stopped) {
                fetcher.close();
            }
        });
    }
}
