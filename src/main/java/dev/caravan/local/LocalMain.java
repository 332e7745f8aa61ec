package dev.caravan.local;

import dev.caravan.Caravan;
import dev.caravan.cli.EmbeddedServices;
import dev.caravan.cli.Foreground;
import dev.caravan.cli.LogOutput;
import dev.caravan.cli.RunOptions;
import dev.caravan.settings.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts Caravan with the embedded cloud: the main class of {@code ./caravan run}. */
public final class LocalMain {
    private LocalMain() {}

    public static void main(String[] arguments) {
        LogOutput.choose();
        System.exit(new Foreground(null).run(() -> cloud(arguments)));
    }

    private static EmbeddedServices cloud(String... arguments) {
        Map<String, String> asked =
                arguments.length == 0 ? Map.of() : RunOptions.parse(arguments).properties();
        Settings settings = Caravan.settings(Map.of());
        LocalCloud cloud = LocalCloud.start(LocalSettings.from(settings));
        Caravan.provision(cloud.properties(), false);
        AutoCloseable queues = cloud.keepQueues(
                List.of(settings.text("caravan.queue.events"), settings.text("caravan.queue.jobs")),
                () -> Caravan.provision(cloud.properties(), false));
        Map<String, String> properties = new HashMap<>(cloud.properties());
        properties.putAll(asked);
        return new EmbeddedServices() {
            @Override
            public Map<String, String> properties() {
                return properties;
            }

            @Override
            public void close() throws Exception {
                queues.close();
                cloud.close();
            }
        };
    }
}
