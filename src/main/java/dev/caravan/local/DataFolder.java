package dev.caravan.local;

import dev.caravan.failure.ExceptionText;
import dev.caravan.settings.PrivateFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Locks the folder of one Caravan's state; the kernel releases the lock when the process dies. */
final class DataFolder implements AutoCloseable {
    private final Path root;
    private final FileChannel lock;

    private DataFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /** @throws LocalCloudException when another process holds the lock, or when the folder is not writable */
    static DataFolder hold(Path root) {
        try {
            PrivateFolder.in(Files.exists(root) ? root.toRealPath() : root);
            return new DataFolder(root, lock(root.resolve("lock")));
        } catch (IOException e) {
            throw new LocalCloudException(
                    "The data folder %s cannot be used: %s with CARAVAN_DATA.".formatted(root, ExceptionText.of(e)), e);
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        if (!acquired(channel)) {
            String holder = Files.readString(file).trim();
            channel.close();
            throw new LocalCloudException(
                    "The data folder %s is in use by another Caravan (pid %s): end it with ./caravan stop, or choose another folder with CARAVAN_DATA."
                            .formatted(file.getParent(), holder),
                    null);
        }
        channel.truncate(0);
        channel.write(StandardCharsets.UTF_8.encode(
                Long.toString(ProcessHandle.current().pid())));
        return channel;
    }

    private static boolean acquired(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Returns the folder of one server, and creates it if it does not exist. */
    Path folder(String name) {
        try {
            return Files.createDirectories(root.resolve(name));
        } catch (IOException e) {
            throw new LocalCloudException(
                    "The folder %s cannot be made: %s.".formatted(root.resolve(name), ExceptionText.of(e)), e);
        }
    }

    Path root() {
        return root;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
