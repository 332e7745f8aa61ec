package dev.caravan.fetch;

/** Whoever a file is fetched for: hears of its bytes, and may call it off. */
public interface DownloadListener {
    /** Waits to the end, and asks nothing. */
    DownloadListener PATIENT = new DownloadListener() {
        @Override
        public void received(long bytes, long total) {
            // Nobody counts.
        }

        @Override
        public Registration onCallOff(Runnable stop) {
            return () -> {};
        }
    };

    /**
     * So much of the file is here. Called for every piece.
     *
     * @param total bytes of all of it; -1 where nobody said
     */
    void received(long bytes, long total);

    /** Runs {@code stop}, on any thread, when the file is not wanted any more; at once when it is so already. */
    Registration onCallOff(Runnable stop);

    /** Ends an {@link #onCallOff} registration. */
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
