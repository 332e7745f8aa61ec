package dev.caravan.storage;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.presigner.PresignedRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * Makes links by which every client that has one can open an object for a while. They are signed here, without asking S3.
 */
public final class ObjectLinks implements AutoCloseable {
    private final S3Presigner presigner;

    private ObjectLinks(S3Presigner presigner) {
        this.presigner = presigner;
    }

    /**
     * Makes links with the region, credentials and endpoint of {@code s3}.
     *
     * @param pathStyle whether the bucket is in the path, not in the host name
     */
    public static ObjectLinks of(S3Client s3, boolean pathStyle) {
        S3ServiceClientConfiguration client = s3.serviceClientConfiguration();
        S3Presigner.Builder presigner = S3Presigner.builder()
                .region(client.region())
                .credentialsProvider(client.credentialsProvider())
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(pathStyle)
                        .build());
        client.endpointOverride().ifPresent(presigner::endpointOverride);
        return new ObjectLinks(presigner.build());
    }

    /** Returns a link for GET, with the object's own headers. */
    public String link(MediaFile file, Duration expiration) {
        return link(file, expiration, null, null);
    }

    /**
     * Returns a link for GET.
     *
     * @param contentType the answer's, or null for the object's own
     * @param disposition the answer's {@code Content-Disposition}, or null for none
     */
    public String link(MediaFile file, Duration expiration, String contentType, String disposition) {
        return presigner
                .presignGetObject(presign -> presign.signatureDuration(expiration)
                        .getObjectRequest(get -> get.bucket(file.bucket())
                                .key(file.key())
                                .responseContentType(contentType)
                                .responseContentDisposition(disposition)))
                .url()
                .toString();
    }

    /**
     * A request that puts bytes into the bucket. S3 accepts it only as it was signed.
     *
     * @param headers that must be sent; also, Content-Length must be the signed one
     */
    public record Put(String url, Map<String, String> headers) {
        private static final Set<String> BY_ITSELF = Set.of("host", "content-length");

        static Put of(PresignedRequest request) {
            Map<String, String> headers = new TreeMap<>();
            request.signedHeaders().forEach((name, values) -> {
                if (!BY_ITSELF.contains(name.toLowerCase(Locale.ROOT))) {
                    headers.put(name, String.join(",", values));
                }
            });
            return new Put(request.url().toString(), headers);
        }
    }

    /** Returns a PUT of the whole object, of this length and media type only. */
    public Put put(String bucket, String key, String contentType, long size, Duration expiration) {
        return Put.of(presigner.presignPutObject(presign -> presign.signatureDuration(expiration)
                .putObjectRequest(put ->
                        put.bucket(bucket).key(key).contentType(contentType).contentLength(size))));
    }

    /** Returns a PUT of one part of this length. */
    public Put part(String bucket, String key, String uploadId, int number, long size, Duration expiration) {
        return Put.of(presigner.presignUploadPart(
                presign -> presign.signatureDuration(expiration).uploadPartRequest(part -> part.bucket(bucket)
                        .key(key)
                        .uploadId(uploadId)
                        .partNumber(number)
                        .contentLength(size))));
    }

    @Override
    public void close() {
        presigner.close();
    }
}
