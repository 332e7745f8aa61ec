package dev.caravan.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.failure.StepException;
import dev.caravan.local.SharedCloud;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.UploadPartRequest;

/** What is too large for one PUT goes up in parts; here with a limit that tests can afford. */
class StoreInPartsIT {
    private static final int PART = (int) UploadInParts.MIN_PART;
    private static final int SIZE = 2 * PART + 1234;

    private final Map<String, String> properties = SharedCloud.get().properties();
    private final S3Client s3 = client(new ExecutionInterceptor() {});

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        s3.close();
    }

    @Test
    void a_large_file_arrives_as_it_was() throws IOException {
        Path file = random(SIZE);
        S3Files files = files(s3, PART);

        MediaFile stored = files.store(file, "parts/whole.mp4", "video/mp4", "holiday.mp4");

        assertThat(stored.etag()).endsWith("-3");
        assertThat(stored.size()).isEqualTo(SIZE);
        assertThat(files.find("parts/whole.mp4")).hasValueSatisfying(found -> {
            assertThat(found.etag()).isEqualTo(stored.etag());
            assertThat(found.contentType()).isEqualTo("video/mp4");
        });
        assertThat(files.fetch(stored, folder)).hasSameBinaryContentAs(file);
    }

    @Test
    void a_file_at_the_limit_goes_up_at_once() throws IOException {
        MediaFile stored = files(s3, PART).store(random(PART), "parts/small.mp4", "video/mp4", null);

        assertThat(stored.etag()).doesNotContain("-");
    }

    @Test
    void what_is_there_is_not_written_over() throws IOException {
        S3Files files = files(s3, PART);
        MediaFile first = files.store(random(SIZE), "parts/once.mp4", "video/mp4", null);

        assertThatThrownBy(() -> files.store(random(SIZE + 1), "parts/once.mp4", "video/mp4", null))
                .isInstanceOfSatisfying(
                        StepException.class, e -> assertThat(e.failure().code()).isEqualTo("OUTPUT_EXISTS"));

        assertThat(files.exists(first)).isTrue();
        assertNothingHalfDone();
    }

    @Test
    void nothing_stays_of_an_upload_that_fails() throws IOException {
        Path file = random(SIZE);
        try (S3Client failing = client(new ThirdPartFails())) {
            assertThatThrownBy(() -> files(failing, PART).store(file, "parts/failed.mp4", "video/mp4", null))
                    .isInstanceOfSatisfying(
                            StepException.class,
                            e -> assertThat(e.failure().code()).isEqualTo("STORE_UNAVAILABLE"));
        }

        assertThat(files(s3, PART).find("parts/failed.mp4")).isEmpty();
        assertNothingHalfDone();
    }

    @Test
    void ten_thousand_parts_are_enough_for_the_largest_object() {
        long fiveTebibytes = 5L << 40;
        long size = UploadInParts.partSize(fiveTebibytes);

        assertThat((fiveTebibytes + size - 1) / size).isLessThanOrEqualTo(10_000);
        assertThat(UploadInParts.partSize(5L << 30)).isEqualTo(64 << 20);
    }

    private void assertNothingHalfDone() {
        assertThat(s3.listMultipartUploads(request -> request.bucket(bucket())).uploads())
                .noneMatch(upload -> upload.key().startsWith("parts/"));
    }

    private S3Files files(S3Client client, long largestPut) {
        return new S3Files(client, bucket(), largestPut, size -> PART);
    }

    private Path random(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return Files.write(folder.resolve(size + ".mp4"), content);
    }

    private String bucket() {
        return properties.get("caravan.s3.bucket");
    }

    private S3Client client(ExecutionInterceptor interceptor) {
        return S3Client.builder()
                .endpointOverride(URI.create(properties.get("caravan.s3.endpoint")))
                .region(Region.of(properties.get("caravan.aws.region")))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        properties.get("caravan.aws.access-key"), properties.get("caravan.aws.secret-key"))))
                .forcePathStyle(true)
                .httpClientBuilder(ApacheHttpClient.builder())
                .overrideConfiguration(change -> change.addExecutionInterceptor(interceptor))
                .build();
    }

    private static final class ThirdPartFails implements ExecutionInterceptor {
        @Override
        public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
            if (context.request() instanceof UploadPartRequest part && part.partNumber() == 3) {
                throw S3Exception.builder().statusCode(503).message("slow down").build();
            }
        }
    }
}
