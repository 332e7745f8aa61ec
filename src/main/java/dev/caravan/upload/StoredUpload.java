package dev.caravan.upload;

import dev.caravan.storage.MediaFile;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The objects in S3 that one upload has stored so far. */
final class StoredUpload {
    private static final Logger LOG = LoggerFactory.getLogger(StoredUpload.class);

    private final UploadStorage storage;
    private final String assetId;
    private final Map<String, MediaFile> files = new LinkedHashMap<>();
    private boolean accepted;

    StoredUpload(UploadStorage storage, String assetId) {
        this.storage = storage;
        this.assetId = assetId;
    }

    void add(String part, MediaFile file) {
        files.put(part, file);
    }

    MediaFile file(String part) {
        return files.get(part);
    }

    void accepted() {
        accepted = true;
    }

    /**
     * Removes everything unless the upload was accepted. If the answer to that was lost, the record is read; if that fails
     * too, the objects stay, since a record may name them.
     */
    void removeUnlessAccepted() {
        if (accepted || files.isEmpty()) {
            return;
        }
        try {
            if (storage.assets().find(assetId).isEmpty()) {
                files.values().forEach(storage.files()::remove);
            }
        } catch (RuntimeException e) {
            LOG.warn("could not remove what upload {} had stored: {}", assetId, e.getMessage());
        }
    }
}
