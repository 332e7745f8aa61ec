package dev.caravan.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Long and odd names: stored as they are, or refused by name; never another object, and never a path of this machine. */
class OddKeysIT {
    private final Clients clients = Clients.ofSharedCloud();
    private final S3Client s3 = clients.s3();

    @Test
    void names_that_a_file_can_have_are_stored() {
        for (String key : List.of(
                "odd/" + "映".repeat(71) + ".mp4",
                "odd/" + "x".repeat(214) + ".mp4",
                "odd/" + "f/".repeat(500) + "deep.mp4",
                "odd/a.mp4 ",
                "odd/ a.mp4",
                "odd/a\u0003b.mp4",
                "odd/a\nb.mp4",
                "odd/...mp4",
                "odd/a+b %.mp4",
                "odd/folder/")) {
            put(key);
            s3.headObject(request -> request.bucket(clients.bucket()).key(key));
        }
    }

    @Test
    void a_name_that_is_too_long_is_refused_as_s3_does_and_not_tried_again() {
        for (String key : List.of(
                "odd/" + "映".repeat(72) + ".mp4", "odd/" + "x".repeat(256), "odd/" + "f/".repeat(511) + "deep.mp4")) {
            assertRefused(key, "KeyTooLongError", () -> put(key));
            assertRefused(
                    key,
                    "KeyTooLongError",
                    () -> s3.createMultipartUpload(
                            request -> request.bucket(clients.bucket()).key(key)));
            assertThatThrownBy(() -> s3.headObject(
                            request -> request.bucket(clients.bucket()).key(key)))
                    .isInstanceOf(NoSuchKeyException.class);
        }
        String fitsWhole = "odd/" + "x".repeat(215);
        put(fitsWhole);
        assertRefused(
                fitsWhole,
                "KeyTooLongError",
                () -> s3.createMultipartUpload(
                        request -> request.bucket(clients.bucket()).key(fitsWhole)));
    }

    @Test
    void a_name_that_files_would_take_for_another_one_touches_no_other_object() {
        put("twin/a.mp4");
        for (String key : List.of(
                "twin//a.mp4",
                "twin/x/../a.mp4",
                "twin/./a.mp4",
                "twin/..",
                "../twin/a.mp4",
                "/twin/a.mp4",
                "twin/\0a.mp4")) {
            for (Runnable call : List.<Runnable>of(
                    () -> put(key),
                    () -> s3.getObjectAsBytes(
                            request -> request.bucket(clients.bucket()).key(key)))) {
                assertThatThrownBy(call::run).as(key).isInstanceOfSatisfying(S3Exception.class, e -> assertThat(
                                e.statusCode())
                        .isBetween(400, 499));
            }
        }
        s3.headObject(request -> request.bucket(clients.bucket()).key("twin/a.mp4"));
    }

    @Test
    void a_listing_goes_on_behind_a_key_that_xml_cannot_carry() {
        List<String> keys = List.of("page/a\u0003.mp4", "page/b\u000B.mp4", "page/c\uFFFF.mp4", "page/d+ %.mp4");
        keys.forEach(this::put);
        List<String> listed = new ArrayList<>();
        s3.listObjectsV2Paginator(request -> request.bucket(clients.bucket())
                        .prefix("page/")
                        .maxKeys(1)
                        .encodingType(EncodingType.URL))
                .contents()
                .forEach(object -> listed.add(object.key()));
        assertThat(listed).isEqualTo(keys);
    }

    @Test
    void a_file_sent_as_curl_and_python_send_it_is_stored() throws Exception {
        for (int bytes : new int[] {3, 300_000}) {
            String key = "form/" + bytes + ".bin";
            String body = "a=b&c%zz+=".repeat(bytes / 10 + 1);
            HttpResponse<String> answer =
                    send(presigned(key), "application/x-www-form-urlencoded", BodyPublishers.ofString(body));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(s3.getObjectAsBytes(
                                    request -> request.bucket(clients.bucket()).key(key))
                            .asUtf8String())
                    .isEqualTo(body);
        }
    }

    @Test
    void no_answer_names_a_path_of_this_machine() throws Exception {
        for (String key :
                List.of("odd/x/../../../a.mp4", "odd//a.mp4", "odd/\0.mp4", "odd/./a", "../" + "x".repeat(300))) {
            HttpResponse<String> answer = send(presigned(key), "video/mp4", BodyPublishers.ofString("x"));
            assertThat(answer.statusCode()).as(key + answer.body()).isBetween(400, 499);
            assertThat(answer.body()).doesNotContain("/shared-", "Path traversal");
        }
    }

    private URI presigned(String key) throws Exception {
        try (var presigner = clients.presigner()) {
            return presigner
                    .presignPutObject(signed -> signed.signatureDuration(Duration.ofMinutes(5))
                            .putObjectRequest(
                                    request -> request.bucket(clients.bucket()).key(key)))
                    .url()
                    .toURI();
        }
    }

    private static HttpResponse<String> send(URI uri, String type, HttpRequest.BodyPublisher body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri)
                                .header("Content-Type", type)
                                .PUT(body)
                                .build(),
                        BodyHandlers.ofString());
    }

    private void put(String key) {
        s3.putObject(
                request -> request.bucket(clients.bucket()).key(key),
                key.endsWith("/") ? RequestBody.empty() : RequestBody.fromString("x"));
    }

    private static void assertRefused(String key, String code, Runnable call) {
        assertThatThrownBy(call::run).as(key).isInstanceOfSatisfying(S3Exception.class, e -> {
            assertThat(e.statusCode()).isEqualTo(400);
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
        });
    }
}
