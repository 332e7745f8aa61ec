package dev.caravan.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** Whatever client stores an object, exactly one event tells of it, and tells what HEAD and the listing tell. */
class S3ClientsIT {
    private static final int MIB = 1 << 20;

    private final Clients clients = Clients.ofSharedCloud();
    private final EventInbox inbox = new EventInbox(clients);
    private final S3Client s3 = clients.s3();

    @TempDir
    Path folder;

    private String prefix;

    @BeforeEach
    void name_keys_after_the_test(TestInfo test) {
        prefix = "uploads/" + test.getTestMethod().orElseThrow().getName() + "/";
    }

    @Test
    void the_sdk_puts() throws IOException {
        s3.putObject(request -> request.bucket(clients.bucket()).key(key()), file(100_000));

        assertOneEvent("ObjectCreated:Put", 100_000);
    }

    @Test
    void the_sdk_puts_in_parts() throws IOException {
        String id = s3.createMultipartUpload(
                        request -> request.bucket(clients.bucket()).key(key()))
                .uploadId();
        List<CompletedPart> parts = new ArrayList<>();
        for (int number : List.of(1, 2)) {
            Path part = file(number == 1 ? 5 * MIB : 1000);
            String eTag = s3.uploadPart(
                            request -> request.bucket(clients.bucket())
                                    .key(key())
                                    .uploadId(id)
                                    .partNumber(number),
                            part)
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(eTag).build());
        }
        s3.completeMultipartUpload(request -> request.bucket(clients.bucket())
                .key(key())
                .uploadId(id)
                .multipartUpload(upload -> upload.parts(parts)));

        assertThat(assertOneEvent("ObjectCreated:CompleteMultipartUpload", 5 * MIB + 1000))
                .endsWith("-2");
    }

    @Test
    void the_sdk_copies() {
        s3.putObject(
                request -> request.bucket(clients.bucket()).key("elsewhere/original"), RequestBody.fromString("x"));
        s3.copyObject(request -> request.sourceBucket(clients.bucket())
                .sourceKey("elsewhere/original")
                .destinationBucket(clients.bucket())
                .destinationKey(key()));

        assertOneEvent("ObjectCreated:Copy", 1);
    }

    @Test
    void aws_cli_puts() throws Exception {
        aws(file(100_000));

        assertOneEvent("ObjectCreated:Put", 100_000);
    }

    @Test
    void aws_cli_puts_in_parts() throws Exception {
        aws(file(9 * MIB));

        assertOneEvent("ObjectCreated:CompleteMultipartUpload", 9 * MIB);
    }

    @Test
    void s3cmd_puts() throws Exception {
        s3cmd(file(100_000));

        assertOneEvent("ObjectCreated:Put", 100_000);
    }

    @Test
    void s3cmd_puts_in_parts() throws Exception {
        s3cmd(file(6 * MIB));

        assertOneEvent("ObjectCreated:CompleteMultipartUpload", 6 * MIB);
    }

    /** curl 7.88 does not say how it hashed the content, which S3 wants to know; newer ones send this header themselves. */
    @Test
    void curl_puts() throws Exception {
        assumeTrue(Shell.has("curl"));
        Shell.run(
                Map.of(),
                List.of(
                        "curl",
                        "--fail-with-body",
                        "--silent",
                        "--show-error",
                        "--aws-sigv4",
                        "aws:amz:" + clients.get("aws.region") + ":s3",
                        "--user",
                        clients.get("aws.access-key") + ":" + clients.get("aws.secret-key"),
                        "--header",
                        "x-amz-content-sha256: UNSIGNED-PAYLOAD",
                        "--upload-file",
                        file(100_000).toString(),
                        clients.get("s3.endpoint") + "/" + clients.bucket() + "/" + prefix + "clip%20one.mov"));

        assertOneEvent("ObjectCreated:Put", 100_000);
    }

    private void aws(Path file) throws Exception {
        assumeTrue(Shell.has("aws"));
        Shell.run(
                Map.of(
                        "AWS_ACCESS_KEY_ID", clients.get("aws.access-key"),
                        "AWS_SECRET_ACCESS_KEY", clients.get("aws.secret-key"),
                        "AWS_DEFAULT_REGION", clients.get("aws.region")),
                List.of(
                        "aws",
                        "--endpoint-url",
                        clients.get("s3.endpoint"),
                        "s3",
                        "cp",
                        file.toString(),
                        "s3://" + clients.bucket() + "/" + key()));
    }

    private void s3cmd(Path file) throws Exception {
        assumeTrue(Shell.has("s3cmd"));
        String host = clients.get("s3.endpoint").replace("http://", "");
        Shell.run(
                Map.of(),
                List.of(
                        "s3cmd",
                        "--config=/dev/null",
                        "--no-ssl",
                        "--host=" + host,
                        "--host-bucket=" + host,
                        "--access_key=" + clients.get("aws.access-key"),
                        "--secret_key=" + clients.get("aws.secret-key"),
                        "--region=" + clients.get("aws.region"),
                        "--multipart-chunk-size-mb=5",
                        "put",
                        file.toString(),
                        "s3://" + clients.bucket() + "/" + key()));
    }

    private String key() {
        return prefix + "clip one.mov";
    }

    private Path file(int size) throws IOException {
        byte[] content = new byte[size];
        new Random(size).nextBytes(content);
        return Files.write(folder.resolve("clip one.mov"), content);
    }

    /** Returns the eTag. */
    private String assertOneEvent(String name, long size) {
        List<JsonNode> events = inbox.of(prefix + "clip+one.mov");
        assertThat(events).hasSize(1);
        JsonNode event = events.get(0);
        HeadObjectResponse head =
                s3.headObject(request -> request.bucket(clients.bucket()).key(key()));
        String eTag = head.eTag().replace("\"", "");
        assertThat(event.get("eventName").asText()).isEqualTo(name);
        assertThat(event.at("/s3/bucket/name").asText()).isEqualTo(clients.bucket());
        assertThat(event.at("/s3/object/size").asLong()).isEqualTo(size);
        assertThat(event.at("/s3/object/eTag").asText()).isEqualTo(eTag);
        assertListingAgrees(head);
        return eTag;
    }

    private void assertListingAgrees(HeadObjectResponse head) {
        assertThat(s3.listObjectsV2(request -> request.bucket(clients.bucket()).prefix(prefix))
                        .contents())
                .singleElement()
                .satisfies(listed -> {
                    assertThat(listed.key()).isEqualTo(key());
                    assertThat(listed.eTag()).isEqualTo(head.eTag());
                    assertThat(listed.size()).isEqualTo(head.contentLength());
                    assertThat(listed.lastModified().getEpochSecond())
                            .isEqualTo(head.lastModified().getEpochSecond());
                });
    }
}
