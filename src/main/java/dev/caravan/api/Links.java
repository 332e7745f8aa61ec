package dev.caravan.api;

import dev.caravan.settings.Settings;
import dev.caravan.storage.MediaFile;
import java.time.Duration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Links to objects that anyone who has them can open for a while. They are made here, without asking S3. */
final class Links implements AutoCloseable {
    private final S3Presigner presigner;
    private final Duration expiration;

    private Links(S3Presigner presigner, Duration expiration) {
        this.presigner = presigner;
        this.expiration = expiration;
    }

    /** Links with the region, credentials and endpoint of {@code s3}. */
    static Links of(S3Client s3, Settings settings) {
        S3ServiceClientConfiguration client = s3.serviceClientConfiguration();
        S3Presigner.Builder presigner = S3Presigner.builder()
                .region(client.region())
                .credentialsProvider(client.credentialsProvider())
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(client.endpointOverride().isPresent())
                        .build());
        client.endpointOverride().ifPresent(presigner::endpointOverride);
        return new Links(presigner.build(), settings.duration("caravan.s3.presigned-expiration"));
    }

    String to(MediaFile file) {
        return presigner
                .presignGetObject(presign -> presign.signatureDuration(expiration)
                        .getObjectRequest(get -> get.bucket(file.bucket()).key(file.key())))
                .url()
                .toString();
    }

    @Override
    public void close() {
        presigner.close();
    }
}
