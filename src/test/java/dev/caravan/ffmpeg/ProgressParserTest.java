package dev.caravan.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressParserTest {
    /** Recorded from FFmpeg 5.1.9, {@code ffmpeg -progress pipe:1}, shortened to three reports. */
    private static final String RECORDED =
            """
            frame=0
            fps=0.00
            stream_0_0_q=0.0
            bitrate=  -0.0kbits/s
            total_size=48
            out_time_us=-577014
            out_time_ms=-577014
            out_time=-00:00:00.577014
            dup_frames=0
            drop_frames=0
            speed=N/A
            progress=continue
            frame=43
            fps=85.04
            stream_0_0_q=25.0
            bitrate=   0.3kbits/s
            total_size=48
            out_time_us=1365333
            out_time_ms=1365333
            out_time=00:00:01.365333
            dup_frames=0
            drop_frames=0
            speed= 2.7x
            progress=continue
            frame=149
            fps=91.02
            stream_0_0_q=-1.0
            bitrate=5222.1kbits/s
            total_size=3244103
            out_time_us=4969796
            out_time_ms=4969796
            out_time=00:00:04.969796
            dup_frames=0
            drop_frames=0
            speed=3.04x
            progress=end
            """;

    @Test
    void reads_what_ffmpeg_writes() {
        assertThat(parse(RECORDED))
                .containsExactly(
                        new Progress(0, Duration.ZERO, 48, 0, false),
                        new Progress(43, Duration.ofNanos(1_365_333_000), 48, 2.7, false),
                        new Progress(149, Duration.ofNanos(4_969_796_000L), 3_244_103, 3.04, true));
    }

    @Test
    void out_time_ms_is_in_microseconds() {
        assertThat(parse("out_time_ms=2000000\nprogress=continue\n"))
                .containsExactly(new Progress(0, Duration.ofSeconds(2), 0, 0, false));
    }

    @Test
    void what_is_not_available_yet_counts_as_nothing() {
        assertThat(parse("frame=N/A\nout_time_us=N/A\ntotal_size=N/A\nnonsense\nprogress=continue\n"))
                .containsExactly(new Progress(0, Duration.ZERO, 0, 0, false));
    }

    @Test
    void fractions_lie_between_nothing_and_all() {
        Progress progress = new Progress(1, Duration.ofSeconds(5), 0, 0.5, false);
        assertThat(progress.fractionOf(Duration.ofSeconds(10))).isEqualTo(0.5);
        assertThat(progress.fractionOf(Duration.ofSeconds(2))).isEqualTo(1);
        assertThat(progress.fractionOf(Duration.ZERO)).isZero();
    }

    private static List<Progress> parse(String lines) {
        ProgressParser parser = new ProgressParser();
        return lines.lines().map(parser::accept).flatMap(Optional::stream).toList();
    }
}
