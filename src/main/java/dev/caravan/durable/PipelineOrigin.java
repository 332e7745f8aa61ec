package dev.caravan.durable;

import java.util.function.Supplier;

/** Where a pipeline comes from. */
final class PipelineOrigin {
    private final boolean shipped;
    private final String file;
    private final Supplier<String> text;
    private String version;

    /**
     * @param shipped whether its file is Caravan's own
     * @param file as people name it
     * @param text of the file and of the Kamelets that it calls
     */
    PipelineOrigin(boolean shipped, String file, Supplier<String> text) {
        this.shipped = shipped;
        this.file = file;
        this.text = text;
    }

    boolean shipped() {
        return shipped;
    }

    String file() {
        return file;
    }

    /** A hash, eight hex digits; computed when it is first asked for, because a start has no need of it. */
    synchronized String version() {
        if (version == null) {
            version = Fingerprint.shortHash(text.get());
        }
        return version;
    }
}
