package dev.caravan.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import redis.embedded.core.ExecutableProvider;

/** Finds the redis-server program: the machine's own, else the bundled one. */
final class RedisProgram {
    private RedisProgram() {}

    /** @param folder where the bundled program is unpacked */
    static Path find(Path folder) throws IOException {
        Optional<Path> installed = Programs.find("redis-server");
        return installed.isPresent() ? installed.get() : bundled(folder.resolve("bin"));
    }

    static Path bundled(Path folder) throws IOException {
        Files.createDirectories(folder);
        return ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
    }
}
