package dev.caravan.upload.tus;

import dev.caravan.asset.Asset;
import dev.caravan.storage.BucketUploads;
import java.util.List;

/**
 * Numbers the parts at S3. Each part of a file has ten numbers, for successive requests: what a replaced request still
 * sends is stored beside the part that counts, and does not overwrite it. A file has 1000 parts at most, S3 accepts 10 000.
 */
final class PartNumbers {
    private static final int WRITERS = 10;

    private PartNumbers() {}

    /** @param index from 0 */
    static int of(int index, int writer) {
        return index * WRITERS + writer % WRITERS + 1;
    }

    /**
     * Returns the parts that count, in their order. Uploads that began before records listed parts have them numbered from
     * 1.
     */
    static List<BucketUploads.Part> counted(Asset asset, BucketUploads bucketUploads) {
        long whole = asset.announced().offset() / asset.announced().partSize();
        List<BucketUploads.Part> parts = asset.announced().parts() != null
                ? BucketUploads.Part.read(asset.announced().parts())
                : whole == 0
                        ? List.of()
                        : bucketUploads.parts(
                                asset.source().key(), asset.announced().uploadId());
        return parts.stream().limit(whole).toList();
    }

    static List<String> texts(List<BucketUploads.Part> parts) {
        return parts.stream().map(BucketUploads.Part::text).toList();
    }
}
