package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.ffmpeg.FfmpegResult;
import dev.caravan.ffmpeg.FfmpegResult.StreamStatistics;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DamageTest {
    private static final Probe SOURCE = probe(149, 5);

    @Test
    void a_whole_file_has_none() {
        assertThat(damage(149, 149, 0, 0).none()).isTrue();
        assertThat(damage(149, 149, 0, 0).warning()).isEmpty();
    }

    @Test
    void frames_that_are_not_there_are_lost() {
        assertThat(damage(74, 73, 0, 4).warning()).contains("51 % of the picture (76 of 149 frames) could not be read");
    }

    @Test
    void frames_that_were_patched_up_are_lost_too() {
        assertThat(damage(149, 140, 10, 9).lost()).isEqualTo(19);
    }

    @Test
    void two_fields_in_two_packets_are_one_frame_and_no_loss() {
        assertThat(damage(149, 75, 0, 0).none()).isTrue();
    }

    @Test
    void a_header_that_is_wrong_by_two_frames_is_no_loss() {
        assertThat(damage(147, 147, 0, 0).none()).isTrue();
        assertThat(damage(146, 146, 0, 0).lost()).isEqualTo(3);
    }

    @Test
    void a_result_that_is_much_too_short_tells_of_loss_that_nobody_saw() {
        assertThat(damage(149, 149, 0, 0).with(SOURCE, probe(60, 2)).lost()).isEqualTo(89);
        assertThat(damage(149, 149, 0, 0).with(SOURCE, probe(148, 4.95)).none()).isTrue();
    }

    @Test
    void what_is_mostly_lost_is_refused() {
        assertThatCode(() -> damage(74, 73, 0, 4).refuseBelow(0.25, "")).doesNotThrowAnyException();
        assertThatThrownBy(() -> damage(30, 30, 0, 1).refuseBelow(0.25, "tail"))
                .hasMessageContaining("MEDIA_MOSTLY_UNREADABLE")
                .hasMessageContaining("80 % of the picture (119 of 149 frames)");
        assertThatThrownBy(() -> Damage.of(probe(0, 0), result(0, 0, 0, 0)).refuseBelow(0.25, ""))
                .hasMessageContaining("No picture could be read");
    }

    @Test
    void lost_sound_is_told_as_well() {
        FfmpegResult result = new FfmpegResult(
                "", Map.of(0, new StreamStatistics(149, 149, 0), 1, new StreamStatistics(200, 150, 0)), 50, "");
        assertThat(Damage.ofSound(SOURCE, result).soundWarning())
                .contains("25 % of the sound (50 of 200 packets) could not be read");
    }

    private static Damage damage(long packets, long frames, long corrupt, long errors) {
        return Damage.of(SOURCE, result(packets, frames, corrupt, errors));
    }

    private static FfmpegResult result(long packets, long frames, long corrupt, long errors) {
        return new FfmpegResult("", Map.of(0, new StreamStatistics(packets, frames, corrupt)), errors, "");
    }

    private static Probe probe(long frames, double duration) {
        Probe.Video video = new Probe.Video(
                0, "h264", 16, 16, 16, 16, 0, false, 1, 30, false, frames, "yuv420p", 8, "none", "bt709", false, 0, 0,
                duration, false, false);
        return new Probe("mov", duration, 1, video, new Probe.Audio(1, "aac", 2, 48_000, 0, 0, duration));
    }
}
