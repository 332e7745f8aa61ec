package dev.caravan.storage;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads objects by reference through local copies, and writes new objects once. */
public interface Files {

    /**
     * Returns the local copy of {@code file} in {@code folder}, downloaded on the first call. Caravan chooses the name on
     * disk, which reveals nothing of the client's.
     *
     * @throws dev.caravan.failure.StepException permanent {@code SOURCE_CHANGED}, {@code SOURCE_GONE} or {@code ARCHIVED};
     *     Caravan's own when S3 does not answer or the disk is full
     */
    Path fetch(MediaFile file, Path folder);

    /**
     * Returns the object under a key of Caravan's bucket, as it is now; empty when there is none. Keys that clients named
     * are checked before.
     *
     * @throws dev.caravan.failure.StepException Caravan's own when S3 does not answer
     */
    Optional<MediaFile> find(String key);

    /**
     * Makes {@code bytes} the local copy that {@link #fetch} finds, for a caller that has them already. Both are on one
     * file system.
     *
     * @throws dev.caravan.failure.StepException Caravan's own when the folder cannot be written
     */
    void offer(MediaFile file, Path folder, Path bytes);

    /**
     * Writes a new object, and never overwrites an existing one ({@code If-None-Match: *}).
     *
     * @param key one that only this caller writes
     */
    MediaFile store(Path source, String key, String contentType, String filename);

    /** Says whether the object still exists in the version that {@code file} names. */
    boolean exists(MediaFile file);

    /**
     * Returns why an archived object cannot be read; empty if it can be read, or does not exist.
     *
     * @throws dev.caravan.failure.StepException Caravan's own when S3 does not answer
     */
    default Optional<Archived> archived(MediaFile file) {
        return Optional.empty();
    }

    /** Removes every object whose key begins with {@code prefix}. */
    default void removeAll(String prefix) {
        removeAll(prefix, key -> true);
    }

    /** Removes those of them that {@code which} selects. */
    void removeAll(String prefix, Predicate<String> which);

    /** Removes the object if it still has the version that {@code file} names; a missing object is fine. */
    void remove(MediaFile file);
}
