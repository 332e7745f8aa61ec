package dev.caravan.media;

import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.storage.PlainFile;
import dev.caravan.work.Made;
import dev.caravan.work.StepContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Stores the output of a step: first a file in the workspace, then one immutable object under the job's own prefix. */
public final class StepOutput {
    private StepOutput() {}

    /** Returns the file in the workspace that this step writes. */
    public static Path local(StepContext step, String extension) {
        return step.workspace().resolve("output-" + step.step().replaceAll("[^A-Za-z0-9_-]", "_") + "." + extension);
    }

    /** Returns one of several files that this step writes. */
    public static Path local(StepContext step, String type, String extension) {
        return local(step, type + "." + extension);
    }

    /**
     * Stores one of several files of a step for the asset's derivatives, under {@code step-fence-type}, and removes it
     * from the workspace. Clients download it under the name {@code asset-type}.
     *
     * @param type type of the derivative: lower-case words with dashes between
     */
    public static Made made(
            Files files, StepContext step, Path local, String type, String extension, String contentType) {
        String sha256 = Sha256.of(local);
        MediaFile stored = files.store(
                local,
                key(step, "-" + type, extension),
                contentType,
                "%s-%s.%s".formatted(step.assetId(), type, extension));
        discard(local);
        return Made.of(type, stored, sha256);
    }

    /** Stores the local file under {@code media/owner/asset/job/step-fence}, and removes it from the workspace. */
    public static MediaFile store(
            Files files, StepContext step, Path local, String extension, String contentType, String original) {
        MediaFile stored = files.store(local, key(step, "", extension), contentType, renamed(original, extension));
        discard(local);
        return stored;
    }

    private static void discard(Path local) {
        try {
            java.nio.file.Files.deleteIfExists(local);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String key(StepContext step, String type, String extension) {
        String run = step.attempt() > 1 ? step.fence() + "." + step.attempt() : Long.toString(step.fence());
        return "media/%s/%s/%s/%s-%s%s.%s"
                .formatted(step.owner(), step.assetId(), step.jobId(), step.step(), run, type, extension);
    }

    static long size(Path file) {
        try {
            return PlainFile.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String renamed(String original, String extension) {
        String name = original == null || original.isBlank() ? "video" : original;
        return name.replaceFirst("(?<=.)\\.[^.]{1,10}$", "") + "." + extension;
    }
}
