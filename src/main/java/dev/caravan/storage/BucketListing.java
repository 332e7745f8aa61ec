package dev.caravan.storage;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchUploadException;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lists the objects of the bucket page by page, for maintenance tasks. Listings ask for encoded keys: a key may hold
 * characters that XML cannot carry, and would make the whole page unreadable.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">encoding-type</a>
 */
public final class BucketListing {
    private static final Logger LOG = LoggerFactory.getLogger(BucketListing.class);

    /** S3 lists no more in one answer. */
    public static final int MAX_PAGE = 1000;

    private final S3Client s3;
    private final String bucket;

    public BucketListing(S3Client s3, String bucket) {
        this.s3 = s3;
        this.bucket = bucket;
    }

    /**
     * An object as the listing shows it.
     *
     * @param etag without quotes; null if the server has none
     */
    public record Listed(String key, String etag, long size, Instant lastModified) {}

    /** @param next the key after which to continue; null at the end */
    public record Page(List<Listed> objects, String next) {}

    /**
     * A multipart upload that no client has completed.
     *
     * @param lastSign when it began, or when its last part came
     */
    public record Unfinished(String key, String uploadId, Instant lastSign) {}

    public String bucket() {
        return bucket;
    }

    /**
     * Lists the objects under a prefix in the order of their keys.
     *
     * @param after the key before the first one wanted; null for the beginning
     * @param most at most {@link #MAX_PAGE}
     */
    public Page page(String prefix, String after, int most) {
        ListObjectsV2Response answer = s3.listObjectsV2(request -> request.bucket(bucket)
                .prefix(prefix)
                .startAfter(after)
                .maxKeys(most)
                .encodingType(EncodingType.URL));
        List<S3Object> objects = answer.contents();
        boolean more = Boolean.TRUE.equals(answer.isTruncated()) && !objects.isEmpty();
        return new Page(
                objects.stream().map(BucketListing::listed).toList(),
                more ? objects.get(objects.size() - 1).key() : null);
    }

    /** Reads an entry. Some servers that speak S3's protocol omit fields that they do not know. */
    private static Listed listed(S3Object object) {
        return new Listed(
                object.key(),
                S3Files.unquoted(object.eTag()),
                Objects.requireNonNullElse(object.size(), 0L),
                Objects.requireNonNullElse(object.lastModified(), Instant.EPOCH));
    }

    public void remove(String key) {
        s3.deleteObject(request -> request.bucket(bucket).key(key));
    }

    /**
     * Removes the keys that begin with {@code prefix}: an object, and those that belong to it. The first thousand at most.
     */
    public void removeAll(String prefix) {
        page(prefix, null, MAX_PAGE).objects().forEach(object -> remove(object.key()));
    }

    /** Lists the first thousand at most; each ended one makes room for the next listing. */
    public List<Unfinished> unfinished(String prefix) {
        return s3
                .listMultipartUploads(
                        request -> request.bucket(bucket).prefix(prefix).encodingType(EncodingType.URL))
                .uploads()
                .stream()
                .filter(upload -> upload.key().startsWith(prefix))
                .map(this::unfinished)
                .flatMap(Optional::stream)
                .toList();
    }

    /** Reads an upload. Some servers that speak S3's protocol do not know when it began; its parts tell. */
    private Optional<Unfinished> unfinished(MultipartUpload upload) {
        try {
            return Stream.concat(Stream.of(upload.initiated()), parts(upload))
                    .filter(Objects::nonNull)
                    .max(Instant::compareTo)
                    .map(last -> new Unfinished(upload.key(), upload.uploadId(), last));
        } catch (NoSuchUploadException completed) {
            return Optional.empty();
        }
    }

    private Stream<Instant> parts(MultipartUpload upload) {
        try {
            return s3
                    .listPartsPaginator(
                            request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()))
                    .parts()
                    .stream()
                    .map(Part::lastModified)
                    .toList()
                    .stream();
        } catch (SdkClientException e) {
            // S3 knows no encoding for this answer: a key that XML cannot carry leaves it unreadable.
            LOG.debug("the parts of {} cannot be listed: {}", upload.uploadId(), e.getMessage());
            return Stream.empty();
        }
    }

    /** Ends the upload and removes its parts; one that was completed meanwhile stays as it is. */
    public void abort(Unfinished upload) {
        try {
            s3.abortMultipartUpload(
                    request -> request.bucket(bucket).key(upload.key()).uploadId(upload.uploadId()));
        } catch (NoSuchUploadException completed) {
            // Another client completed or ended it first.
            return;
        }
    }
}
