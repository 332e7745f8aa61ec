package dev.caravan.fetch;

/** Receives the progress of a download, and may cancel it. */
public interface DownloadListener {
    /** Waits to the end, and ignores the progress. */
    DownloadListener PATIENT = new DownloadListener() {
        @Override
        public void received(long bytes, long total) {
            // Progress is not counted.
        }

        @Override
        public Registration onCallOff(Runnable stop) {
            return () -> {};
        }
    };

    /**
     * Reports the bytes received so far, for every piece.
     *
     * @param total bytes of the whole file; -1 if unknown
     */
    void received(long bytes, long total);

    /** Runs {@code stop}, on any thread, when the file is no longer wanted; immediately if that is already the case. */
    Registration onCallOff(Runnable stop);

    /** Ends an {@link #onCallOff} registration. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
