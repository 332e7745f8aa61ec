package dev.caravan.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StderrTailTest {
    private final StderrTail tail = new StderrTail(Path.of("/data/work/job-1"));

    @Test
    void keeps_warnings_and_errors_only() {
        tail.accept("[info] Stream mapping:");
        tail.accept("[libx264 @ 0x55acedd7fe80] [info] using SAR=1/1");
        tail.accept("[verbose]   Total: 363 packets (2535039 bytes) demuxed");
        tail.accept("[mov,mp4,m4a @ 0x5606] [error] moov atom not found");
        tail.accept("[fatal] Conversion failed!");
        assertThat(tail.text()).isEqualTo("[mov,mp4,m4a] moov atom not found\nConversion failed!");
    }

    @Test
    void files_of_the_run_are_named_without_the_folder_that_they_lie_in() {
        tail.accept("[error] /data/work/job-1/source.mov: Invalid data found when processing input");
        assertThat(tail.text()).isEqualTo("source.mov: Invalid data found when processing input");
    }

    @Test
    void counts_what_repeats_itself_at_other_addresses() {
        for (int i = 0; i < 214; i++) {
            tail.accept("[h264 @ 0x55d17" + (i % 10) + "] [error] no frame!");
        }
        assertThat(tail.text()).isEqualTo("[h264] no frame!\n(213 more of this)");
    }

    @Test
    void stays_small_whatever_comes() {
        for (int i = 0; i < 100_000; i++) {
            tail.accept("[error] line " + i + " " + "x".repeat(1000));
        }
        assertThat(tail.text().lines())
                .hasSize(40)
                .last()
                .asString()
                .startsWith("line 99999")
                .hasSizeLessThan(310);
    }

    @Test
    void a_line_without_end_is_cut_and_the_next_one_is_read() {
        List<String> lines = new ArrayList<>();
        byte[] output = ("a".repeat(1 << 20) + "\rb\n\nc").getBytes(StandardCharsets.UTF_8);
        new LineReader(lines::add).drain(new ByteArrayInputStream(output));
        assertThat(lines).hasSize(3).endsWith("b", "c");
        assertThat(lines.get(0)).hasSize(4096);
    }
}
