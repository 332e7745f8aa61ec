package dev.caravan.fetch;

/** Thrown when the recipient no longer wants the file. */
final class DownloadCancelled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DownloadCancelled() {
        super("The fetch was called off", null, false, false);
    }
}
