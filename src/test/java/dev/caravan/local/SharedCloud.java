package dev.caravan.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One embedded cloud for all integration tests of a JVM, on free ports and a fresh folder under {@code target/}. */
public final class SharedCloud {
    private SharedCloud() {}

    /** Starts it at the first call; it ends with the JVM. */
    public static LocalCloud get() {
        return Holder.CLOUD;
    }

    private static final class Holder {
        static final LocalCloud CLOUD = start();

        private static LocalCloud start() {
            LocalCloud cloud = LocalCloud.start(LocalSettings.on(folder()));
            Runtime.getRuntime().addShutdownHook(new Thread(cloud::close, "end-shared-cloud"));
            return cloud;
        }

        private static Path folder() {
            try {
                Path target = Files.createDirectories(Path.of("target", "cloud").toAbsolutePath());
                return Files.createTempDirectory(target, "shared-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
