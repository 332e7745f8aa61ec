package dev.caravan.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a refusal means: this object, or everything. */
class AnnouncedObjectTest {
    private final Map<String, Object> objects = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private int bucket = 200;

    private final AnnouncedObject look = new AnnouncedObject(S3Client.class.cast(Proxy.newProxyInstance(
            S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, (self, method, arguments) -> {
                if (method.getName().equals("headBucket")) {
                    return answer(bucket == 200 ? HeadBucketResponse.builder().build() : bucket);
                }
                HeadObjectRequest.Builder request = HeadObjectRequest.builder();
                consumer(arguments[0]).accept(request);
                String key = request.build().key();
                asked.add(key);
                return answer(objects.getOrDefault(key, 404));
            })));

    @SuppressWarnings("unchecked")
    private static Consumer<HeadObjectRequest.Builder> consumer(Object argument) {
        return (Consumer<HeadObjectRequest.Builder>) argument;
    }

    private static Object answer(Object answer) {
        if (answer instanceof Integer status) {
            throw S3Exception.builder()
                    .statusCode(status)
                    .message("status " + status)
                    .build();
        }
        return answer;
    }

    private static HeadObjectResponse object(String etag) {
        return HeadObjectResponse.builder().eTag("\"" + etag + "\"").build();
    }

    private static S3Event event(String etag) {
        return new S3Event("b", "a b.mp4", "a+b.mp4", etag, null);
    }

    @Test
    void a_key_that_was_not_encoded_is_found_as_it_stands() {
        objects.put("a+b.mp4", object("e"));
        assertThat(look.find(event("e")).orElseThrow().key()).isEqualTo("a+b.mp4");
    }

    @Test
    void of_two_objects_the_one_with_the_events_etag_is_meant() {
        objects.put("a b.mp4", object("other"));
        objects.put("a+b.mp4", object("e"));
        assertThat(look.find(event("e")).orElseThrow().key()).isEqualTo("a+b.mp4");
        assertThat(look.find(event("overwritten since")).orElseThrow().key()).isEqualTo("a b.mp4");
    }

    @Test
    void the_usual_event_costs_one_request() {
        objects.put("a b.mp4", object("e"));
        look.find(event("e"));
        assertThat(asked).containsExactly("a b.mp4");
    }

    @Test
    void what_is_nowhere_is_gone() {
        assertThat(look.find(event("e"))).isEmpty();
    }

    @Test
    void an_object_that_is_refused_is_unusable_as_long_as_the_bucket_answers() {
        for (int status : new int[] {400, 403, 405, 410}) {
            objects.put("a b.mp4", status);
            assertThatThrownBy(() -> look.find(event("e")))
                    .isInstanceOf(UnusableObject.class)
                    .hasMessageContaining(String.valueOf(status));
        }
        bucket = 403;
        assertThatThrownBy(() -> look.find(event("e"))).isInstanceOf(S3Exception.class);
    }

    @Test
    void what_may_pass_is_asked_again() {
        for (int status : new int[] {408, 429, 500, 503}) {
            objects.put("a b.mp4", status);
            assertThatThrownBy(() -> look.find(event("e"))).as("%d", status).isInstanceOf(S3Exception.class);
        }
    }
}
