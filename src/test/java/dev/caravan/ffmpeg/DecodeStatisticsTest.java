package dev.caravan.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ffmpeg.FfmpegResult.StreamStatistics;
import org.junit.jupiter.api.Test;

class DecodeStatisticsTest {
    private final DecodeStatistics statistics = new DecodeStatistics();

    @Test
    void reads_the_end_of_a_run_of_ffmpeg_5() {
        accept(
                """
                [h264 @ 0x55d1] [error] Invalid NAL unit size (11775 > 5828).
                [warning] holes.mp4: corrupt decoded frame in stream 1
                [warning] holes.mp4: corrupt decoded frame in stream 1
                [verbose] Input file #0 (holes.mp4):
                [verbose]   Input stream #0:0 (audio): 214 packets read (80220 bytes); 191 frames decoded (195584 samples);\s
                [verbose]   Input stream #0:1 (video): 149 packets read (2454819 bytes); 140 frames decoded;\s
                [verbose]   Input stream #0:2 (subtitle): 3 packets read (119 bytes);\s
                [verbose] Output file #0 (o.mp4):
                [verbose]   Output stream #0:1 (audio): 191 frames encoded (195584 samples); 192 packets muxed;\s
                """);
        assertThat(statistics.errors()).isEqualTo(1);
        assertThat(statistics.inputs())
                .containsEntry(0, new StreamStatistics(214, 191, 0))
                .containsEntry(1, new StreamStatistics(149, 140, 2))
                .containsEntry(2, new StreamStatistics(3, 0, 0))
                .hasSize(3);
    }

    @Test
    void reads_the_end_of_a_run_of_ffmpeg_7() {
        accept(
                """
                [vist#0:1/h264 @ 0x55] [dec:h264 @ 0x56] [warning] corrupt decoded frame
                [in#0/mov @ 0x57] [verbose]   Input stream #0:1 (video): 149 packets read (24 bytes); 140 frames decoded; 9 decode errors;\s
                """);
        assertThat(statistics.inputs()).containsEntry(1, new StreamStatistics(149, 140, 1));
    }

    private void accept(String lines) {
        lines.lines().forEach(statistics::accept);
    }
}
