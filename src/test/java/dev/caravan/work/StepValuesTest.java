package dev.caravan.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.failure.StepException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StepValuesTest {
    private final StepValues values = StepValues.parse(
            """
            from: {type: number, minimum: 0, default: 1.5}
            audio_bitrate: 128k
            title: {type: string, format: text}
            """);

    @Test
    void a_job_sets_a_value_by_its_own_name_or_by_that_of_a_property() {
        assertThat(values.with(Map.of("values.from", 3, "audioBitrate", "64k", "values.title", "Hi: 'all'")))
                .isEqualTo(Map.of("from", 3, "audio_bitrate", "64k", "title", "Hi: 'all'"));
    }

    @Test
    void what_the_job_leaves_open_has_its_default() {
        assertThat(values.with(Map.of("values.title", "x"))).containsEntry("from", 1.5);
    }

    @Test
    void a_value_without_default_must_be_set() {
        assertThatThrownBy(() -> values.with(Map.of()))
                .isInstanceOf(StepException.class)
                .hasMessageContaining("title is not set");
    }

    @Test
    void a_plain_value_has_the_type_that_it_looks_like() {
        assertThat(StepValues.parse("speed: 2")
                        .definition("speed")
                        .orElseThrow()
                        .path("type")
                        .asText())
                .isEqualTo("number");
    }

    @Test
    void what_is_no_list_of_values_is_refused_in_a_sentence() {
        assertThatThrownBy(() -> StepValues.parse("just text")).hasMessageContaining("name: value");
        assertThatThrownBy(() -> StepValues.parse("Big: 1")).hasMessageContaining("'Big' is no name of a value");
    }
}
