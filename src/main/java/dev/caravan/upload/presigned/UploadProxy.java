package dev.caravan.upload.presigned;

import dev.caravan.asset.Asset;
import dev.caravan.asset.ExpectedUpload;
import dev.caravan.storage.BucketUploads;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * Streams the bytes of an announced file to S3; at most one part of them is held here. No part of an interrupted file
 * becomes visible, and it may be sent again.
 */
final class UploadProxy {
    private final PresignedUploads presignedUploads;
    private final BucketUploads bucketUploads;
    private final PresignedUploadSettings settings;
    private final Path folder;

    /** @param folder for the bytes of one part */
    UploadProxy(
            PresignedUploads presignedUploads,
            BucketUploads bucketUploads,
            PresignedUploadSettings settings,
            Path folder) {
        this.presignedUploads = presignedUploads;
        this.bucketUploads = bucketUploads;
        this.settings = settings;
        this.folder = folder;
    }

    /**
     * @param length of the body, or -1 if unknown
     * @return received bytes, which are as many as were announced
     * @throws dev.caravan.http.ProblemException when the asset takes no bytes, or not these
     */
    long store(String mediaId, InputStream bytes, long length) throws IOException {
        Asset asset = presignedUploads.open(mediaId);
        ExpectedUpload expectedUpload = asset.announced();
        if (length >= 0 && length != expectedUpload.size()) {
            throw UploadedObjects.sizeDiffers(expectedUpload.size(), length);
        }
        List<UploadPart> plan = expectedUpload.uploadId() == null
                ? List.of(new UploadPart(1, expectedUpload.size()))
                : UploadPart.of(expectedUpload);
        try (UploadParts pieces = UploadParts.in(folder, plan.get(0).size() + settings.leastDisk())) {
            long before = 0;
            for (UploadPart uploadPart : plan) {
                pieces.clear();
                pieces.fill(bytes, uploadPart.size());
                before += pieces.size();
                boolean last = uploadPart.number() == plan.size();
                // Checked before the last part is stored, so that a file of another size never exists as a whole.
                if (pieces.size() < uploadPart.size() || last && bytes.read() >= 0) {
                    throw UploadedObjects.sizeDiffers(
                            expectedUpload.size(), last && before == expectedUpload.size() ? before + 1 : before);
                }
                send(asset, uploadPart, pieces);
            }
        }
        return expectedUpload.size();
    }

    private void send(Asset asset, UploadPart uploadPart, UploadParts bytes) {
        ExpectedUpload expectedUpload = asset.announced();
        String key = asset.source().key();
        if (expectedUpload.uploadId() == null) {
            bucketUploads.put(key, bytes.file(), expectedUpload.contentType());
        } else {
            bucketUploads.putPart(key, expectedUpload.uploadId(), uploadPart.number(), bytes.file(), uploadPart.size());
        }
    }
}
