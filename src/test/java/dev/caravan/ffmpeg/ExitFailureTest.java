package dev.caravan.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.failure.FailureKind;
import java.time.Duration;
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
        "1,   '[mov] Number of streams exceeds max_streams parameter (1000)\nx: Cannot allocate memory', PERMANENT, MEDIA_UNREADABLE",
        "1,   'x: Cannot allocate memory',                             TRANSIENT, OUT_OF_MEMORY",
        "1,   'Unknown encoder ''libx264''',                           OURS,      FFMPEG_UNUSABLE",
        "1,   'Unknown encoder ''libx26''',                            PERMANENT, COMMAND_INVALID",
        "1,   'Unrecognized option ''crff''.',                         PERMANENT, COMMAND_INVALID",
        "1,   '[AVFilterGraph] No such filter: ''nosuch''',            PERMANENT, COMMAND_INVALID",
        "1,   '[AVFilterGraph] No such filter: ''zscale''',            OURS,      FFMPEG_UNUSABLE",
        "1,   '[Parsed_scale_0] Option ''foo'' not found',             PERMANENT, COMMAND_INVALID",
        "1,   '[libx264] Error setting option crf to value abc.',      PERMANENT, COMMAND_INVALID",
        "1,   'Decoder (codec mpegh_3d_audio) not found for input stream #0:1', PERMANENT, CODEC_UNSUPPORTED",
        "1,   '[SWR] Rematrix is needed between 9 channels and mono but', PERMANENT, CHANNELS_UNKNOWN",
        "1,   '[aac] Input contains (near) NaN/+-Inf',                 PERMANENT, SOUND_INVALID",
        "1,   '[asf] DRM protected stream detected, decoding will',    PERMANENT, MEDIA_ENCRYPTED",
        "255, 'Exiting normally, received signal 15.',                 TRANSIENT, FFMPEG_KILLED",
        "143, '',                                                      TRANSIENT, FFMPEG_KILLED",
        "139, '',                                                      TRANSIENT, FFMPEG_FAILED",
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
        "Unknown option --nosuch,                           PERMANENT, COMMAND_INVALID",
        "enum 'VipsInteresting' has no member 'foo',        PERMANENT, COMMAND_INVALID",
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

    @Test
    void the_message_holds_the_line_that_says_what_is_wrong() {
        assertThat(
                        message(
                                "[AVFilterGraph] odd thing\nError reinitializing filters!\n(2 more of this)\nConversion failed!"))
                .isEqualTo("ffmpeg ended with exit code 1: [AVFilterGraph] odd thing");
        assertThat(message("Unrecognized option 'crff'.\nError splitting the argument list: Option not found"))
                .isEqualTo("FFmpeg does not accept the command of the step: Unrecognized option 'crff'.");
    }

    @Test
    void what_lies_in_the_input_is_permanent_when_repeated_and_what_lies_in_the_machine_never() {
        assertThat(ExitFailure.of("ffmpeg", 1, "odd thing").isPermanentWhenRepeated())
                .isTrue();
        assertThat(ExitFailure.of("ffmpeg", 139, "").isPermanentWhenRepeated()).isTrue();
        assertThat(ExitFailure.of("ffmpeg", 1, "Cannot allocate memory").isPermanentWhenRepeated())
                .isTrue();
        assertThat(ExitFailure.of("ffmpeg", 1, "").isPermanentWhenRepeated()).isFalse();
        assertThat(ExitFailure.of("ffmpeg", 137, "").isPermanentWhenRepeated()).isFalse();
        assertThat(ExitFailure.of("ffmpeg", 1, "source.mp4: Input/output error").isPermanentWhenRepeated())
                .isFalse();
        assertThat(ExitFailure.of("ffmpeg", 1, "No space left on device").isPermanentWhenRepeated())
                .isFalse();
        assertThat(KillReason.STALLED
                        .failure("ffmpeg", Duration.ZERO, Duration.ZERO, "")
                        .isPermanentWhenRepeated())
                .isFalse();
    }

    private static String message(String stderr) {
        return ExitFailure.of("ffmpeg", 1, stderr).failure().message();
    }
}
