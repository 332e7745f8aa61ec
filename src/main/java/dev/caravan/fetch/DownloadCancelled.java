package dev.caravan.fetch;

/** The recipient does not want the file any more. */
final class DownloadCancelled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DownloadCancelled() {
        super("The fetch was called off", null, false, false);
    }
}
