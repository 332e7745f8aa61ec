package dev.caravan.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ffmpeg.FfmpegResult.Picture;
import org.junit.jupiter.api.Test;

class PictureLogTest {
    private static final String FRAME =
            "[Parsed_showinfo_2 @ 0x5d] [info] n:   1 pts: 180000 pts_time:%s       pos:   524896"
                    + " fmt:yuv420p sar:%s s:%s i:P iskey:1 type:I ";

    private final PictureLog log = new PictureLog();

    @Test
    void a_picture_is_kept_where_its_size_or_the_shape_of_its_pixels_changes() {
        log.accept("[Parsed_showinfo_2 @ 0x5d] [info] config in time_base: 1/90000, frame_rate: 30/1");
        seen("0", "1/1", "640x360");
        seen("1", "0/1", "640x360");
        seen("2", "1/1", "360x640");
        seen("3.5", "16/9", "360x640");
        log.accept("[Parsed_scale_2 @ 0x5d] [info] pts_time:4 sar:1/1 s:1x1 ");
        assertThat(log.pictures())
                .containsExactly(
                        new Picture(0, 640, 360, 1), new Picture(2, 360, 640, 1), new Picture(3.5, 360, 640, 16 / 9.0));
    }

    private void seen(String time, String pixel, String size) {
        log.accept(FRAME.formatted(time, pixel, size));
    }
}
