package dev.caravan.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NameKeyTest {
    private static final Instant NOON = Instant.parse("2026-01-14T12:00:00Z");
    private static final String JOB = "1a3c3057-6a45-4c06-9cf9-a00b293e20d8";

    private static String key(String name, Instant at) {
        return NameKey.attributes(name, at, JOB).get("name_key");
    }

    @Test
    void a_name_is_found_by_any_beginning_in_any_case() {
        for (String prefix : List.of("ho", "HOL", "holiday", "Holiday.MOV")) {
            assertThat(key("Holiday.mov", NOON)).startsWith(NameKey.beginning(prefix));
            assertThat(NameKey.attributes("Holiday.mov", NOON, JOB)).containsEntry("name_start", NameKey.start(prefix));
        }
    }

    @Test
    void letters_in_two_parts_and_in_one_are_the_same() {
        assertThat(key("Caf\u00e9.mov", NOON)).isEqualTo(key("CAFE\u0301.mov", NOON));
        assertThat(NameKey.start("e\u0301a")).isEqualTo("\u00e9a");
    }

    @Test
    void the_start_counts_characters_and_not_halves_of_them() {
        assertThat(NameKey.start("\ud83d\udca5\ud83d\udca5\ud83d\udca5.mov")).isEqualTo("\ud83d\udca5\ud83d\udca5");
        assertThat(NameKey.start("a")).isEqualTo("a");
    }

    @Test
    void names_come_in_order_and_of_one_name_the_newest_first() {
        List<String> keys = Stream.of(key("b", NOON), key("a b", NOON), key("a", NOON), key("a", NOON.plusMillis(1)))
                .sorted()
                .toList();
        assertThat(keys)
                .containsExactly(key("a", NOON.plusMillis(1)), key("a", NOON), key("a b", NOON), key("b", NOON));
    }

    @Test
    void a_whole_name_is_not_the_beginning_of_another() {
        assertThat(key("clip.mov.bak", NOON)).startsWith(NameKey.beginning("clip.mov"));
        assertThat(key("clip.mov.bak", NOON)).doesNotStartWith(NameKey.exactly("clip.mov"));
        assertThat(key("clip.mov", NOON)).startsWith(NameKey.exactly("CLIP.mov"));
    }

    @Test
    void a_key_fits_into_what_dynamodb_takes() {
        for (String letter : List.of("a", "\u0130", "\uffe6", "\ud83d\udca5")) {
            assertThat(key(letter.repeat(600), NOON).getBytes(StandardCharsets.UTF_8))
                    .hasSizeLessThan(1024);
        }
    }

    @Test
    void a_job_without_a_file_name_has_no_key() {
        assertThat(NameKey.attributes(null, NOON, JOB)).isEmpty();
        assertThat(NameKey.attributes("", NOON, JOB)).isEmpty();
    }
}
