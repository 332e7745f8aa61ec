package dev.caravan.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What users of S3 take for granted, and what the rest of Caravan leans on. */
class S3ObjectsIT {
    private final Clients clients = Clients.ofSharedCloud();
    private final S3Client s3 = clients.s3();
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void an_object_is_written_once_when_the_writer_asks_for_that() {
        put("once", "first");

        assertRefused(
                412,
                () -> s3.putObject(
                        request -> request.bucket(clients.bucket()).key("once").ifNoneMatch("*"),
                        RequestBody.fromString("second")));
        assertThat(get("once")).isEqualTo("first");
    }

    @Test
    void a_reader_notices_that_the_object_changed() {
        String before = put("changing", "first");
        String after = put("changing", "second");

        assertRefused(
                412,
                () -> s3.getObject(request ->
                        request.bucket(clients.bucket()).key("changing").ifMatch(before)));
        assertThat(s3.getObjectAsBytes(request ->
                                request.bucket(clients.bucket()).key("changing").ifMatch(after))
                        .asUtf8String())
                .isEqualTo("second");
    }

    @Test
    void content_type_and_metadata_come_back() {
        s3.putObject(
                request -> request.bucket(clients.bucket())
                        .key("typed")
                        .contentType("video/quicktime")
                        .contentDisposition("attachment; filename=\"clip one.mov\"")
                        .metadata(Map.of("owner", "ann")),
                RequestBody.fromString("x"));

        GetObjectResponse stored = s3.getObject(
                        request -> request.bucket(clients.bucket()).key("typed"))
                .response();
        assertThat(stored.contentType()).isEqualTo("video/quicktime");
        assertThat(stored.contentDisposition()).isEqualTo("attachment; filename=\"clip one.mov\"");
        assertThat(stored.metadata()).containsEntry("owner", "ann");
    }

    @Test
    void a_range_is_served() {
        put("ranged", "0123456789");

        assertThat(s3.getObjectAsBytes(request ->
                                request.bucket(clients.bucket()).key("ranged").range("bytes=2-4"))
                        .asUtf8String())
                .isEqualTo("234");
    }

    @Test
    void a_presigned_link_uploads_and_another_downloads() throws Exception {
        try (var presigner = clients.presigner()) {
            URL upload = presigner
                    .presignPutObject(signed -> signed.signatureDuration(Duration.ofMinutes(5))
                            .putObjectRequest(
                                    request -> request.bucket(clients.bucket()).key("linked/clip one.mov")))
                    .url();
            URL download = presigner
                    .presignGetObject(signed -> signed.signatureDuration(Duration.ofMinutes(5))
                            .getObjectRequest(
                                    request -> request.bucket(clients.bucket()).key("linked/clip one.mov")))
                    .url();

            assertThat(send(HttpRequest.newBuilder(upload.toURI()).PUT(BodyPublishers.ofString("linked")))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(send(HttpRequest.newBuilder(download.toURI())).body()).isEqualTo("linked");
        }
    }

    @Test
    void nobody_reads_without_a_signature() throws Exception {
        put("private", "x");

        URI plain = URI.create(clients.get("s3.endpoint") + "/" + clients.bucket() + "/private");
        assertThat(send(HttpRequest.newBuilder(plain)).statusCode()).isEqualTo(403);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private String put(String key, String content) {
        return s3.putObject(request -> request.bucket(clients.bucket()).key(key), RequestBody.fromString(content))
                .eTag();
    }

    private String get(String key) {
        return s3.getObjectAsBytes(request -> request.bucket(clients.bucket()).key(key))
                .asUtf8String();
    }

    private static void assertRefused(int status, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode())
                .isEqualTo(status));
    }
}
