package dev.caravan.media;

import dev.caravan.storage.MediaFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Predicate;

/** S3 as a folder. */
public final class FolderFiles implements dev.caravan.storage.Files {
    private final Path bucket;

    public FolderFiles(Path bucket) {
        this.bucket = bucket;
    }

    public Path path(MediaFile file) {
        return bucket.resolve(file.key());
    }

    /** Uploads a local file, as a client would. */
    public MediaFile put(Path local) {
        return write(
                local,
                "uploads/" + local.getFileName(),
                null,
                local.getFileName().toString());
    }

    @Override
    public Path fetch(MediaFile file, Path folder) {
        Path local = folder.resolve("source-" + Integer.toHexString(file.key().hashCode()));
        return Files.exists(local) ? local : copy(path(file), local);
    }

    @Override
    public Optional<MediaFile> find(String key) {
        Path file = bucket.resolve(key);
        return Files.exists(file)
                ? Optional.of(new MediaFile(
                        "bucket",
                        key,
                        "etag",
                        file.toFile().length(),
                        null,
                        file.getFileName().toString()))
                : Optional.empty();
    }

    @Override
    public void offer(MediaFile file, Path folder, Path bytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MediaFile store(Path source, String key, String contentType, String filename) {
        return write(source, key, contentType, filename);
    }

    @Override
    public void remove(MediaFile file) {
        path(file).toFile().delete();
    }

    @Override
    public boolean exists(MediaFile file) {
        return Files.exists(path(file));
    }

    @Override
    public void removeAll(String prefix, Predicate<String> which) {
        throw new UnsupportedOperationException("No step does this");
    }

    private MediaFile write(Path source, String key, String contentType, String filename) {
        try {
            Files.createDirectories(bucket.resolve(key).getParent());
            copy(source, bucket.resolve(key));
            return new MediaFile("bucket", key, "etag", Files.size(source), contentType, filename);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path copy(Path source, Path target) {
        try {
            return Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
