package dev.caravan.work;

import dev.caravan.failure.ExceptionText;
import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Identifies a worker: {@code name/folder/incarnation}. The folder part is kept in the workspaces' folder, which one process
 * at a time has locked: so the next process there knows that the earlier one is dead.
 */
public final class WorkerIdentity implements AutoCloseable {
    private static final String KEY = "caravan.temp";

    private final String text;
    private final FileChannel channel;

    private WorkerIdentity(String text, FileChannel channel) {
        this.text = text;
        this.channel = channel;
    }

    /** Locks the folder, and removes what an earlier process left in it. */
    public static WorkerIdentity in(Path folder, String name) {
        try {
            PrivateFolder.around(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new InvalidSetting(KEY, folder.toString(), "another worker uses it. Give each its own TEMP_DIR");
            }
            OrphanProcesses.end(folder);
            sweep(folder);
            return new WorkerIdentity(name.replace('/', '-') + "/" + folderId(folder) + "/" + shortId(), channel);
        } catch (IOException e) {
            throw new InvalidSetting(KEY, folder.toString(), "it cannot hold workspaces: " + ExceptionText.of(e));
        }
    }

    public static String withoutIncarnation(String identity) {
        return identity.substring(0, identity.lastIndexOf('/') + 1);
    }

    private static String folderId(Path folder) throws IOException {
        Path file = folder.resolve(".worker-id");
        if (!Files.exists(file)) {
            Files.writeString(file, shortId());
        }
        return Files.readString(file).trim();
    }

    private static void sweep(Path folder) throws IOException {
        try (var entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry)) {
                    Workspaces.delete(entry);
                }
            }
        }
    }

    private static String shortId() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    @Override
    public String toString() {
        return text;
    }

    /** Unlocks the folder. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
