package dev.caravan.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.paginators.ListPartsIterable;

/** What servers leave out, and what they get wrong. */
class BucketListingTest {
    private static final Instant BEGUN = Instant.parse("2010-11-10T20:48:33Z");
    private static final Instant LAST_PART = Instant.parse("2026-11-30T12:00:00Z");

    private final S3Client s3 = (S3Client)
            Proxy.newProxyInstance(S3Client.class.getClassLoader(), new Class<?>[] {S3Client.class}, this::answer);

    private Object answer(Object self, java.lang.reflect.Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "listMultipartUploads" ->
                ListMultipartUploadsResponse.builder()
                        .uploads(upload ->
                                upload.key("uploads/slow.mp4").uploadId("u").initiated(BEGUN))
                        .build();
            case "listParts" ->
                ListPartsResponse.builder()
                        .isTruncated(false)
                        .parts(part -> part.partNumber(1).lastModified(LAST_PART))
                        .build();
            case "listPartsPaginator" ->
                new ListPartsIterable(
                        (S3Client) self, ListPartsRequest.builder().bucket("b").build());
            case "listObjectsV2" ->
                ListObjectsV2Response.builder()
                        .isTruncated(false)
                        .contents(object -> object.key("uploads/bare.mp4"))
                        .build();
            default -> throw new UnsupportedOperationException(method.getName());
        };
    }

    @Test
    void an_upload_in_parts_lives_from_its_last_part_on() {
        assertThat(new BucketListing(s3, "b").unfinished("uploads/"))
                .containsExactly(new BucketListing.Unfinished("uploads/slow.mp4", "u", LAST_PART));
    }

    @Test
    void an_object_of_which_the_listing_says_nothing_is_listed_all_the_same() {
        assertThat(new BucketListing(s3, "b").page("uploads/", null, 10).objects())
                .containsExactly(new BucketListing.Listed("uploads/bare.mp4", null, 0, Instant.EPOCH));
    }
}
