package dev.caravan.local;

import dev.caravan.Caravan;
import dev.caravan.cli.Foreground;
import dev.caravan.cli.LogOutput;
import dev.caravan.cli.Surroundings;
import java.util.Map;

/** The program with its cloud on board, as {@code ./caravan run} starts it. */
public final class LocalMain {
    private LocalMain() {}

    public static void main(String[] arguments) {
        LogOutput.choose();
        System.exit(new Foreground().run(LocalMain::cloud));
    }

    private static Surroundings cloud() {
        LocalCloud cloud = LocalCloud.start(LocalSettings.from(Caravan.settings(Map.of())));
        Caravan.provision(cloud.properties(), false);
        return new Surroundings() {
            @Override
            public Map<String, String> properties() {
                return cloud.properties();
            }

            @Override
            public void close() {
                cloud.close();
            }
        };
    }
}
