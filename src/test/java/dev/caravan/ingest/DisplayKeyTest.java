package dev.caravan.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DisplayKeyTest {
    @Test
    void names_of_people_are_shown_as_they_are_and_controls_forge_no_line() {
        assertThat(DisplayKey.of("b", "uploads/clip one é 映 😀.mov")).isEqualTo("s3://b/uploads/clip one é 映 😀.mov");
        assertThat(DisplayKey.of("b", "a\n2026 ERROR \u0003\u202E\uFFFF"))
                .isEqualTo("s3://b/a%0A2026 ERROR %03%E2%80%AE%EF%BF%BF");
    }
}
