package dev.caravan.storage;

import java.time.Duration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Links to objects that anyone who has them can open for a while. They are made here, without asking S3. */
public final class Presigned implements AutoCloseable {
    private final S3Presigner presigner;

    private Presigned(S3Presigner presigner) {
        this.presigner = presigner;
    }

    /** Links with the region, credentials and endpoint of {@code s3}. */
    public static Presigned of(S3Client s3) {
        S3ServiceClientConfiguration client = s3.serviceClientConfiguration();
        S3Presigner.Builder presigner = S3Presigner.builder()
                .region(client.region())
                .credentialsProvider(client.credentialsProvider())
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(client.endpointOverride().isPresent())
                        .build());
        client.endpointOverride().ifPresent(presigner::endpointOverride);
        return new Presigned(presigner.build());
    }

    /** A link for GET, with the object's own headers. */
    public String link(MediaFile file, Duration expiration) {
        return link(file, expiration, null, null);
    }

    /**
     * A link for GET.
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

    @Override
    public void close() {
        presigner.close();
    }
}
