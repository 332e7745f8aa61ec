package dev.caravan.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** What lies in Redis' folder beside its data: its configuration, its log, and the number of its process. */
record RedisFolder(Path path) {

    /** In a file that only the owner reads, because arguments show in the list of processes. */
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

    /** The Redis of an earlier run, when it still lives. */
    Optional<ProcessHandle> leftover() throws IOException {
        return Files.exists(pidFile())
                ? ProcessHandle.of(Long.parseLong(Files.readString(pidFile()).trim()))
                        .filter(this::isHome)
                : Optional.empty();
    }

    /** The system may have given the number to another process meanwhile, but that works elsewhere. */
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
