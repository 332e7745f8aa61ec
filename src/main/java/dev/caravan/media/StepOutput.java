package dev.caravan.media;

import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.StepContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** Where a step writes: in the workspace first, then once and for all under the job's own prefix. */
public final class StepOutput {
    private StepOutput() {}

    /** The file in the workspace that this step writes. */
    public static Path local(StepContext step, String extension) {
        return step.workspace().resolve("output-" + step.step().replaceAll("[^A-Za-z0-9_-]", "_") + "." + extension);
    }

    /** Stores the local file under {@code media/owner/asset/job/step-fence}, and removes it from the workspace. */
    public static MediaFile store(
            Files files, StepContext step, Path local, String extension, String contentType, String original) {
        MediaFile stored = files.store(local, key(step, extension), contentType, renamed(original, extension));
        try {
            java.nio.file.Files.deleteIfExists(local);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return stored;
    }

    static String key(StepContext step, String extension) {
        String run = step.attempt() > 1 ? step.fence() + "." + step.attempt() : Long.toString(step.fence());
        return "media/%s/%s/%s/%s-%s.%s"
                .formatted(step.owner(), step.assetId(), step.jobId(), step.step(), run, extension);
    }

    static long size(Path file) {
        try {
            return java.nio.file.Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String renamed(String original, String extension) {
        String name = original == null || original.isBlank() ? "video" : original;
        return name.replaceFirst("(?<=.)\\.[^.]{1,10}$", "") + "." + extension;
    }
}
