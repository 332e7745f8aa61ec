package dev.caravan.storage;

import static dev.caravan.fetch.ScriptedSite.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import dev.caravan.fetch.ScriptedSite;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Against a site that answers as S3 does of archived objects: the embedded one keeps none. */
public class ArchivedTest {
    private static final MediaFile FILE = new MediaFile("b", "uploads/it's.mov", "e", 5, "video/quicktime", "it's.mov");

    @TempDir
    Path folder;

    @Test
    void what_is_archived_is_told_by_its_class_and_its_restoration() {
        assertThat(archived("x-amz-storage-class: GLACIER")).hasValue(new Archived(FILE, "GLACIER", false));
        assertThat(archived("x-amz-storage-class: DEEP_ARCHIVE", "x-amz-restore: ongoing-request=\"true\""))
                .hasValue(new Archived(FILE, "DEEP_ARCHIVE", true));
        assertThat(archived(
                        "x-amz-storage-class: GLACIER",
                        "x-amz-restore: ongoing-request=\"false\", expiry-date=\"Fri, 21 Dec 2029 00:00:00 GMT\""))
                .isEmpty();
        assertThat(archived("x-amz-storage-class: INTELLIGENT_TIERING", "x-amz-archive-status: ARCHIVE_ACCESS"))
                .hasValue(new Archived(FILE, "INTELLIGENT_TIERING", false));
        assertThat(archived("x-amz-storage-class: INTELLIGENT_TIERING")).isEmpty();
        assertThat(archived("x-amz-storage-class: GLACIER_IR")).isEmpty();
        assertThat(archived()).isEmpty();
    }

    private static Optional<Archived> archived(String... headers) {
        try (ScriptedSite site = s3(headers);
                S3Client client = client(site)) {
            return new S3Files(client, "b").archived(FILE);
        }
    }

    @Test
    void a_job_that_reads_it_fails_for_good_and_says_how_to_restore_it() {
        try (ScriptedSite site = s3("x-amz-storage-class: GLACIER");
                S3Client client = client(site)) {
            assertThatThrownBy(() -> new S3Files(client, "b").fetch(FILE, folder))
                    .isInstanceOfSatisfying(StepException.class, e -> {
                        assertThat(e.failure().kind()).isEqualTo(FailureKind.PERMANENT);
                        assertThat(e.failure().code()).isEqualTo("ARCHIVED");
                        assertThat(e.failure().message()).contains("s3://b/uploads/it's.mov", "GLACIER");
                        assertThat(e.failure().advice())
                                .contains("aws s3api restore-object --bucket b --key 'uploads/it'\\''s.mov'");
                    });
        }
        assertThat(folder).isEmptyDirectory();
    }

    /** @param headers that HEAD answers */
    public static ScriptedSite s3(String... headers) {
        String refusal =
                "<?xml version=\"1.0\"?><Error><Code>InvalidObjectState</Code><Message>The operation is not valid for"
                        + " the object's storage class</Message><StorageClass>GLACIER</StorageClass></Error>";
        return new ScriptedSite((request, out) -> {
            if (request.line().startsWith("HEAD ")) {
                List<String> lines = new ArrayList<>(
                        List.of("HTTP/1.1 200 OK", "Content-Length: 5", "ETag: \"e\"", "Connection: close"));
                lines.addAll(List.of(headers));
                head(out, lines.toArray(String[]::new));
            } else {
                head(
                        out,
                        "HTTP/1.1 403 Forbidden",
                        "Content-Type: application/xml",
                        "Content-Length: " + refusal.length(),
                        "Connection: close");
                out.write(refusal.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    public static S3Client client(ScriptedSite site) {
        return S3Client.builder()
                .endpointOverride(URI.create(site.url("")))
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
                .build();
    }
}
