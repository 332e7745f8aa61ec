package dev.caravan.upload.tus;

import dev.caravan.asset.Asset;
import dev.caravan.storage.BucketUploads;
import java.util.List;

/**
 * Numbers of the parts at S3. Each part of a file has ten of them, for requests one after the other: what a request that was
 * taken over still sends lies beside the part that counts, and not over it. A file has 1000 parts at most, S3 takes 10 000.
 */
final class PartNumbers {
    private static final int WRITERS = 10;

    private PartNumbers() {}

    /** @param index from 0 */
    static int of(int index, int writer) {
        return index * WRITERS + writer % WRITERS + 1;
    }

    /** Those that count, in their order. Uploads that began before parts were written down have them numbered from 1. */
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
