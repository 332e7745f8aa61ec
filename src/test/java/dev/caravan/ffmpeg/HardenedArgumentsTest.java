package dev.caravan.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HardenedArgumentsTest {
    private final HardenedArguments arguments = new HardenedArguments(Map.of(Path.of("/w/a"), "mov"), 5000);

    @Test
    void every_input_is_pinned_to_its_demuxer_and_to_local_files() {
        assertThat(arguments.around("ffmpeg", List.of("-i", "/w/a", "-f", "mp4", "o.mp4")))
                .containsSubsequence("-nostdin", "-progress", "pipe:1")
                .endsWith(
                        "-protocol_whitelist",
                        "file,pipe",
                        "-max_pixels",
                        "5000",
                        "-f",
                        "mov",
                        "-i",
                        "/w/a",
                        "-f",
                        "mp4",
                        "o.mp4");
    }

    @Test
    void ffprobe_reports_no_progress() {
        assertThat(arguments.around("ffprobe", List.of("-i", "/w/a"))).doesNotContain("-progress", "-nostdin");
    }

    @Test
    void ffmpegs_own_sources_need_no_pin() {
        assertThat(arguments.around("ffmpeg", List.of("-f", "lavfi", "-i", "anullsrc", "-i", "/w/a")))
                .containsSubsequence("-f", "lavfi", "-i", "anullsrc", "-f", "mov", "-i", "/w/a");
    }

    @Test
    void any_other_input_is_refused() {
        assertThatThrownBy(() -> arguments.around("ffmpeg", List.of("-i", "/etc/passwd", "o.mp4")))
                .hasMessageContaining("/etc/passwd");
        assertThatThrownBy(() -> arguments.around("ffmpeg", List.of("-f", "hls", "-i", "http://x", "o.mp4")))
                .isInstanceOf(TemplateException.class);
        assertThatThrownBy(() -> arguments.around("ffmpeg", List.of("-f", "lavfi", "-i", "anullsrc", "-i", "x")))
                .isInstanceOf(TemplateException.class);
    }
}
