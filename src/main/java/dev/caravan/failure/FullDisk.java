package dev.caravan.failure;

/** Recognises a full disk, however deep libraries have wrapped what the system said (ENOSPC, EDQUOT of errno(3)). */
public final class FullDisk {
    private static final int DEEPEST = 20;

    private FullDisk() {}

    /** Returns whether {@code thrown} or one of its causes reports a full disk. */
    public static boolean behind(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++, cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage());
            if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
                return true;
            }
        }
        return false;
    }
}
