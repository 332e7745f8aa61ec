package dev.caravan.local;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;

/** Where the redis-server program comes from: the machine's own, else the one that is bundled for tests. */
final class RedisBinary {
    private static final String NAME = "redis-server";

    private RedisBinary() {}

    /** @param folder keeps the bundled program, once it is unpacked */
    static Path find(Path folder) throws IOException {
        Optional<Path> installed = installed(System.getenv("PATH"));
        return installed.isPresent() ? installed.get() : bundled(folder.resolve("bin"));
    }

    static Optional<Path> installed(String path) {
        return Arrays.stream(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, NAME))
                .filter(Files::isExecutable)
                .findFirst();
    }

    static Path bundled(Path folder) throws IOException {
        Files.createDirectories(folder);
        return ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
    }
}
