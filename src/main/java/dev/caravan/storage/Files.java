package dev.caravan.storage;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** Objects by reference: local copies of what is there, and new objects that are written once. */
public interface Files {

    /**
     * The local copy of {@code file} in {@code folder}, downloaded on the first call. The name on disk is ours and says
     * nothing of the client's.
     *
     * @throws dev.caravan.failure.StepException permanent {@code SOURCE_CHANGED}, {@code SOURCE_GONE} or {@code ARCHIVED};
     *     ours when S3 does not answer or the disk is full
     */
    Path fetch(MediaFile file, Path folder);

    /**
     * The object under a key of our bucket, as it is now; empty when there is none. Keys that clients named are checked
     * before.
     *
     * @throws dev.caravan.failure.StepException ours when S3 does not answer
     */
    Optional<MediaFile> find(String key);

    /**
     * Lets {@code bytes} be the local copy that {@link #fetch} finds, for who has them already. Both lie on one file system.
     *
     * @throws dev.caravan.failure.StepException ours when the folder cannot be written
     */
    void offer(MediaFile file, Path folder, Path bytes);

    /**
     * Writes a new object, and never over an existing one ({@code If-None-Match: *}).
     *
     * @param key as {@link Keys} makes it
     */
    MediaFile store(Path source, String key, String contentType, String filename);

    /** Whether the object is still there in the version that {@code file} names. */
    boolean exists(MediaFile file);

    /**
     * What keeps the object from being read, where S3 has it archived; empty where it can be read, or is not there.
     *
     * @throws dev.caravan.failure.StepException ours when S3 does not answer
     */
    default Optional<Archived> archived(MediaFile file) {
        return Optional.empty();
    }

    /** Removes every object whose key begins with {@code prefix}. */
    default void removeAll(String prefix) {
        removeAll(prefix, key -> true);
    }

    /** Those of them that {@code which} says. */
    void removeAll(String prefix, Predicate<String> which);

    /** Removes the object if it still has the version that {@code file} names; a missing object is fine. */
    void remove(MediaFile file);
}
