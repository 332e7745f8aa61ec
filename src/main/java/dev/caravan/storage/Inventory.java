package dev.caravan.storage;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;

/** What lies in the bucket, page by page, for those who tidy up. */
public final class Inventory {
    /** S3 lists no more in one answer. */
    public static final int LARGEST_PAGE = 1000;

    private final S3Client s3;
    private final String bucket;

    public Inventory(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /** An object as the listing shows it. */
    public record Listed(String key, String etag, long size, Instant lastModified) {}

    /** @param next the key to go on after; null at the end */
    public record Page(List<Listed> objects, String next) {}

    /** A multipart upload that nobody has completed. */
    public record Unfinished(String key, String uploadId, Instant initiated) {}

    public String bucket() {
        return bucket;
    }

    /**
     * The objects under a prefix in the order of their keys.
     *
     * @param after the key before the first one wanted; null for the beginning
     * @param most at most {@link #LARGEST_PAGE}
     */
    public Page page(String prefix, String after, int most) {
        ListObjectsV2Response answer = s3.listObjectsV2(request ->
                request.bucket(bucket).prefix(prefix).startAfter(after).maxKeys(most));
        List<Listed> objects = answer.contents().stream()
                .map(object ->
                        new Listed(object.key(), S3Files.unquoted(object.eTag()), object.size(), object.lastModified()))
                .toList();
        boolean more = Boolean.TRUE.equals(answer.isTruncated()) && !objects.isEmpty();
        return new Page(objects, more ? objects.get(objects.size() - 1).key() : null);
    }

    public void remove(String key) {
        s3.deleteObject(request -> request.bucket(bucket).key(key));
    }

    /** Removes what begins with {@code prefix}: an object, and what belongs to it. The first thousand at most. */
    public void removeAll(String prefix) {
        page(prefix, null, LARGEST_PAGE).objects().forEach(object -> remove(object.key()));
    }

    /** The first thousand at most: those that are ended make room for the next look. */
    public List<Unfinished> unfinished(String prefix) {
        return s3.listMultipartUploads(request -> request.bucket(bucket).prefix(prefix)).uploads().stream()
                .filter(upload -> upload.key().startsWith(prefix))
                .map(this::unfinished)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Some servers that speak S3's protocol do not know when an upload was begun; its parts tell. */
    private Optional<Unfinished> unfinished(MultipartUpload upload) {
        try {
            Stream<Instant> parts = s3
                    .listParts(
                            request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()))
                    .parts()
                    .stream()
                    .map(Part::lastModified);
            return Stream.concat(Stream.of(upload.initiated()), parts)
                    .filter(Objects::nonNull)
                    .min(Instant::compareTo)
                    .map(since -> new Unfinished(upload.key(), upload.uploadId(), since));
        } catch (NoSuchUploadException completed) {
            return Optional.empty();
        }
    }

    /** Ends the upload and removes its parts; one that was completed meanwhile stays as it is. */
    public void abort(Unfinished upload) {
        try {
            s3.abortMultipartUpload(
                    request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
        } catch (NoSuchUploadException completed) {
            // Whoever sent it was quicker.
            return;
        }
    }
}
