package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
    private static final String ALL =
            "width=1080\nheight=1920\nfps=30\nfit=blur\ncrf=23\npreset=medium\ncodec=libx264\naudioBitrate=128k\n";

    @Test
    void become_a_format() {
        assertThat(StandardFormat.of(Options.parse(ALL)))
                .isEqualTo(new StandardFormat(1080, 1920, 30, "blur", 23, "medium", "libx264", 128_000));
    }

    @ParameterizedTest
    @CsvSource({
        "width=1080,       width=1081,           an even number",
        "width=1080,       width=99999999999999, a whole number from 16 to 4096",
        "height=1920,      height=-2,            a whole number from 16 to 4096",
        "fps=30,           fps=30;rm,            a whole number from 1 to 120",
        "fit=blur,         'fit=blur,movie=x',   'one of blur, pad, crop'",
        "crf=23,           crf=52,               a whole number from 0 to 51",
        "preset=medium,    preset=,              one of ultrafast",
        "codec=libx264,    codec=mpeg2video,     'one of libx264, libx265'",
        "audioBitrate=128k,audioBitrate=9,       a whole number from 32000 to 512000",
    })
    void are_refused_out_of_bounds(String good, String bad, String expected) {
        assertThatThrownBy(() -> StandardFormat.of(Options.parse(ALL.replace(good, bad))))
                .hasMessageContaining("PARAMETER_INVALID")
                .hasMessageContaining(expected);
    }

    @Test
    void values_of_the_job_go_before_those_of_the_pipeline_within_the_same_bounds() {
        Options pipeline = Options.parse("crf=23\nallowUpscale=false\ncolour=#FFFFFF");
        Options job = pipeline.with(Map.of("crf", 18, "allowUpscale", true));
        assertThat(job.number("crf", 0, 51)).isEqualTo(18);
        assertThat(job.flag("allowUpscale")).isTrue();
        assertThat(job.text("colour")).isEqualTo("#FFFFFF");
        assertThatThrownBy(() -> pipeline.with(Map.of("crf", "18\nx=y")).number("crf", 0, 51))
                .hasMessageContaining("a whole number from 0 to 51");
        assertThatThrownBy(() -> pipeline.with(Map.of("allowUpscale", "yes")).flag("allowUpscale"))
                .hasMessageContaining("one of true, false");
        assertThatThrownBy(() -> pipeline.matching("colour", "red|blue", "red or blue"))
                .hasMessageContaining("it must be red or blue");
    }
}
