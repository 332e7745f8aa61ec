package dev.caravan.durable;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedArgumentsTest {

    @Test
    void the_text_of_what_is_used_is_told_however_deep_it_lies_and_each_file_once() {
        assertThat(SharedArguments.usedBy("expression: |\n    when stills: use stills-beside\n    use picture-jpeg\n"))
                .contains("split=4[moving]", "fragment jpeg_colours", "fragment {name}_still", "fragment first_still")
                .containsOnlyOnce("fragment shown:");
        assertThat(SharedArguments.usedBy("use mp4-with-aac with audio_bit_rate={bits}"))
                .contains("+faststart", "{audio_bit_rate}");
    }

    @Test
    void prose_uses_nothing() {
        assertThat(SharedArguments.usedBy("# you may use mp4 here\n-c:v\nuse\nreuse mp4\n-metadata\nuse of mp4\n"))
                .isEmpty();
    }
}
