package dev.caravan.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.failure.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitFailureTest {

    @ParameterizedTest
    @CsvSource({
        "1,   'av_interleaved_write_frame(): No space left on device', OURS,      DISK_FULL",
        "1,   '[mov] moov atom not found',                             PERMANENT, MEDIA_UNREADABLE",
        "183, 'x: Invalid data found when processing input',           PERMANENT, MEDIA_UNREADABLE",
        "1,   'Stream map '':v'' matches no streams.',                 PERMANENT, MEDIA_UNREADABLE",
        "1,   'x: Cannot allocate memory',                             TRANSIENT, OUT_OF_MEMORY",
        "1,   'Unknown encoder ''libx264''',                           OURS,      FFMPEG_UNUSABLE",
        "137, '',                                                      TRANSIENT, FFMPEG_KILLED",
        "1,   'Conversion failed!',                                    TRANSIENT, FFMPEG_FAILED",
    })
    void what_ffmpeg_wrote_says_what_happens_next(int exit, String stderr, FailureKind kind, String code) {
        var failure = ExitFailure.of("ffmpeg", exit, stderr).failure();
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.stderrTail()).isEqualTo(stderr);
        assertThat(failure.advice()).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({
        "VipsJpeg: Premature end of input file,             PERMANENT, MEDIA_UNREADABLE",
        "gifload: invalid header,                           PERMANENT, MEDIA_UNREADABLE",
        "vips2jpeg: No space left on device,                OURS,      DISK_FULL",
        "something that nobody has seen yet,                TRANSIENT, VIPS_FAILED",
    })
    void so_does_what_libvips_wrote(String stderr, FailureKind kind, String code) {
        var failure = ExitFailure.of("vips", 1, stderr).failure();
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.code()).isEqualTo(code);
    }

    @Test
    void words_of_libvips_mean_nothing_in_the_mouth_of_ffmpeg() {
        assertThat(ExitFailure.of("ffmpeg", 1, "[x] invalid header").failure().code())
                .isEqualTo("FFMPEG_FAILED");
    }
}
