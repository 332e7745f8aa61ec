package dev.caravan.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Which keys a folder of files can keep. */
class FileKeyTest {
    private static void assertRefused(String key, String code) {
        assertThatThrownBy(() -> new FileKey(key).check()).as(key).isInstanceOfSatisfying(S3Exception.class, e -> {
            assertThat(e.statusCode()).isEqualTo(400);
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo(code);
        });
        assertThat(new FileKey(key).possible()).isFalse();
    }

    @Test
    void names_of_people_and_programs_are_kept() {
        for (String key :
                List.of("a", "/", "a/", "a/b.mp4", "a/...mp4", "a/.b", "a\u0003", "a b+%/ü", "a/" + "x".repeat(218))) {
            assertThatCode(() -> new FileKey(key).check()).as(key).doesNotThrowAnyException();
        }
    }

    @Test
    void what_files_would_take_for_another_object_is_refused() {
        for (String key : List.of("a//b", "/a", "a//", "./a", "a/./b", "a/../b", "..", "a/..", "a\0b", "")) {
            assertRefused(key, "InvalidArgument");
        }
    }

    @Test
    void what_is_too_long_is_refused_with_the_code_of_s3() {
        assertRefused("a/" + "x".repeat(219), "KeyTooLongError");
        assertRefused("a/" + "映".repeat(73), "KeyTooLongError");
        assertRefused("f/".repeat(513), "KeyTooLongError");
    }

    @Test
    void uploads_in_parts_need_room_for_the_names_of_their_parts() {
        assertThatCode(() -> new FileKey("a/" + "x".repeat(212)).checkInParts()).doesNotThrowAnyException();
        assertThatCode(() -> new FileKey("x".repeat(169)).checkInParts()).doesNotThrowAnyException();
        assertThatThrownBy(() -> new FileKey("a/" + "x".repeat(213)).checkInParts())
                .isInstanceOf(S3Exception.class);
        assertThatThrownBy(() -> new FileKey("x".repeat(170)).checkInParts()).isInstanceOf(S3Exception.class);
    }
}
