package dev.caravan.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** What lies in Redis' folder beside its data: its configuration, its log, and a note about the process that runs. */
record RedisFolder(Path path) {

    /** A Redis process and its port. */
    record Note(long pid, int port) {}

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
                appendonly yes
                appendfsync everysec
                save ""
                daemonize no
                loglevel warning
                """
                        .formatted(Port.HOST, port, password, path));
    }

    Path log() {
        return path.resolve("redis.log");
    }

    void remember(Note note) throws IOException {
        Files.writeString(noteFile(), note.pid() + " " + note.port());
    }

    Optional<Note> note() throws IOException {
        if (!Files.exists(noteFile())) {
            return Optional.empty();
        }
        String[] words = Files.readString(noteFile()).trim().split(" ");
        return words.length == 2
                ? Optional.of(new Note(Long.parseLong(words[0]), Integer.parseInt(words[1])))
                : Optional.empty();
    }

    void forget() throws IOException {
        Files.deleteIfExists(noteFile());
    }

    private Path noteFile() {
        return path.resolve("redis.pid");
    }
}
