package dev.caravan.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** Manages the files in Redis' folder beside its data: its configuration, its log, and its process id. */
record RedisFolder(Path path) {

    /** Writes a file that only the owner can read, because arguments are visible in the list of processes. */
    Path writeConfiguration(int port, String password) throws IOException {
        Path file = path.resolve("redis.conf");
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(
                file,
                """
                bind %s
                port %d
                requirepass %s
                dir "%s"
                pidfile "%s"
                appendonly yes
                appendfsync everysec
                save ""
                daemonize no
                loglevel warning
                """
                        .formatted(Port.HOST, port, password, path, pidFile()));
    }

    Path log() {
        return path.resolve("redis.log");
    }

    /** Finds the Redis of an earlier run, if it still runs. */
    Optional<ProcessHandle> leftover() throws IOException {
        return Files.exists(pidFile())
                ? ProcessHandle.of(Long.parseLong(Files.readString(pidFile()).trim()))
                        .filter(this::isHome)
                : Optional.empty();
    }

    /** Compares the working folder: the system may have given the id to another process since. */
    private boolean isHome(ProcessHandle process) {
        try {
            return Files.isSameFile(Path.of("/proc/" + process.pid() + "/cwd"), path);
        } catch (IOException e) {
            return false;
        }
    }

    private Path pidFile() {
        return path.resolve("redis.pid");
    }
}
