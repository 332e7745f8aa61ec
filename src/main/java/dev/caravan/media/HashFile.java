package dev.caravan.media;

import dev.caravan.storage.Files;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.StepContext;
import java.util.Map;
import org.apache.camel.Exchange;

/** The Java side of hash-file-action: hashes the job's current file. */
public final class HashFile {
    private final Files files;

    HashFile(Files files) {
        this.files = files;
    }

    /** Reads the job's current file piece by piece, and leaves the variable {@code hash}. */
    public void hash(Exchange exchange) {
        MediaFile file = exchange.getMessage().getBody(MediaFile.class);
        String sha256 = Sha256.of(files.fetch(file, StepContext.of(exchange).workspace()));
        exchange.setVariable("hash", Map.of("sha256", sha256, "size", file.size()));
    }
}
