package dev.caravan.upload;

import dev.caravan.fetch.FetchTarget;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * An upload that has come in whole, in its own folder. The caller that takes it {@link #close() closes} it.
 *
 * @param assetId the id that the asset will have, 24 hex digits
 * @param files by the name of their part
 * @param options null if the operation has none
 * @param subtitlesUrl URL of subtitles that are still to be fetched; null if the form contained them
 * @param over completed when the request has its answer, or its client has left
 */
record ReceivedUpload(
        String assetId,
        UploadOperation operation,
        Map<String, ReceivedFile> files,
        BurnOptions options,
        FetchTarget subtitlesUrl,
        CompletableFuture<Void> over,
        UploadFolder folder,
        Runnable release)
        implements AutoCloseable {

    /**
     * @param label the client's name for it, fit for display; null without one
     * @param size bytes
     */
    record ReceivedFile(Path path, String label, long size) {
        private static final int BUFFER = 1 << 16;

        /** Returns the SHA-256 of the content in hex digits; reads the whole file. */
        String sha256() {
            try (InputStream in = Files.newInputStream(path)) {
                return DigestUtils.sha256Hex(new BufferedInputStream(in, BUFFER));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    ReceivedFile video() {
        return files.get(MultipartForm.VIDEO);
    }

    /** Returns the same upload with one more file. */
    ReceivedUpload with(String part, ReceivedFile file) {
        Map<String, ReceivedFile> all = new HashMap<>(files);
        all.put(part, file);
        return new ReceivedUpload(assetId, operation, all, options, subtitlesUrl, over, folder, release);
    }

    /** Removes the files and makes room for another upload. May be called twice. */
    @Override
    public void close() {
        folder.remove();
        release.run();
    }
}
