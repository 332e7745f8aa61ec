package dev.caravan.failure;

import java.nio.file.Path;

/** Makes the failure of a step whose child process left something other than plain files of its own in the workspace. */
public final class WorkspaceTampered {
    /** Stable code of the failure. */
    public static final String CODE = "WORKSPACE_TAMPERED";

    private WorkspaceTampered() {}

    /**
     * Makes the permanent failure {@code WORKSPACE_TAMPERED}.
     *
     * @param file named by its last part alone, because the path of the workspace means nothing to a client
     * @param what a noun: {@code "a symbolic link"}
     */
    public static StepException by(Path file, String what) {
        return StepException.permanent(
                CODE,
                "A program that read the upload left %s in the workspace: %s"
                        .formatted(what, printable(file.getFileName().toString())),
                "Treat the upload as hostile: do not open it. Update FFmpeg and libvips on the workers.");
    }

    private static String printable(String name) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "?");
        return plain.substring(0, Math.min(plain.length(), 100));
    }
}
