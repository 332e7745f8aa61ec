package dev.caravan.ingest;

import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Reads objects that an event announced, and distinguishes an unusable object from a store that does not answer. */
final class AnnouncedObject {
    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERRORS = 500;
    /** The status codes below 500 that are transient: timeout and too many requests. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private final S3Client s3;

    AnnouncedObject(S3Client s3) {
        this.s3 = s3;
    }

    /** An existing object under its actual key. */
    record Found(String key, HeadObjectResponse head) {}

    /**
     * Finds the object that the event means: of several keys the one whose eTag the event names, else the first that exists.
     *
     * @return empty when it no longer exists
     * @throws UnusableObject when S3 refuses this object, although it grants access to the bucket
     * @throws software.amazon.awssdk.core.exception.SdkException when S3 does not answer, or refuses everything
     */
    Optional<Found> find(S3Event event) {
        Found first = null;
        UnusableObject refused = null;
        for (String key : event.keys()) {
            try {
                Optional<HeadObjectResponse> head = head(event.bucket(), key);
                if (head.isPresent() && (event.etag() == null || event.etag().equals(etag(head.get())))) {
                    return Optional.of(new Found(key, head.get()));
                }
                first = first == null ? head.map(found -> new Found(key, found)).orElse(null) : first;
            } catch (UnusableObject e) {
                refused = refused == null ? e : refused;
            }
        }
        if (first == null && refused != null) {
            throw refused;
        }
        return Optional.ofNullable(first);
    }

    /** Returns the eTag without quotes; null where the server gives none. */
    static String etag(HeadObjectResponse head) {
        return head.eTag() == null ? null : head.eTag().replace("\"", "");
    }

    private Optional<HeadObjectResponse> head(String bucket, String key) {
        try {
            return Optional.of(s3.headObject(request -> request.bucket(bucket).key(key)));
        } catch (S3Exception e) {
            int status = e.statusCode();
            if (status == NOT_FOUND) {
                return Optional.empty();
            }
            if (status >= SERVER_ERRORS || PASSING.contains(status)) {
                throw e;
            }
            // Does S3 refuse everything, or only this object? The response to a HEAD has no code that tells.
            s3.headBucket(request -> request.bucket(bucket));
            throw new UnusableObject("S3 answers %d for it, and not for the bucket".formatted(status));
        }
    }
}
