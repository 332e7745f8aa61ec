package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolutionTest {
    @ParameterizedTest
    @CsvSource({
        "1920, 1080, 360p,  640x360,   640x360",
        "1920, 1080, 480p,  854x480,   854x480",
        "1920, 1080, 720p,  1280x720,  1280x720",
        "1920, 1080, 1080p, 1920x1080, 1920x1080",
        "3840, 2160, 1080p, 1920x1080, 1920x1080",
        "1080, 1920, 360p,  360x640,   360x640",
        "1080, 1920, 480p,  480x854,   480x854",
        "1080, 1920, 720p,  720x1280,  720x1280",
        "1000, 1000, 360p,  360x360,   360x360",
        "1440, 1080, 360p,  480x360,   480x360",
        "1920, 803,  360p,  640x268,   640x268",
        "803,  1920, 360p,  268x640,   268x640",
        "320,  240,  360p,  320x240,   480x360",
        "320,  240,  1080p, 320x240,   1440x1080",
        "175,  143,  360p,  174x142,   440x360",
        "641,  361,  360p,  640x360,   640x360",
        "640,  360,  360p,  640x360,   640x360",
        "9,    500,  360p,  8x500,     12x640",
        "5000, 1,    360p,  640x2,     640x2",
    })
    void a_picture_is_fitted_into_the_box_and_enlarged_only_on_demand(
            int width, int height, String resolution, String size, String upscaled) {
        assertThat(fit(width, height, resolution, false)).isEqualTo(size);
        assertThat(fit(width, height, resolution, true)).isEqualTo(upscaled);
    }

    private static String fit(int width, int height, String resolution, boolean upscale) {
        Probe.Video video = new Probe.Video(
                0, "h264", width, height, width, height, 0, false, 1, 30, false, 1, "yuv420p", 8, "none", "bt709",
                false, 0, 0, 1, false, false);
        FrameSize size = Resolution.named(resolution).fit(video, upscale);
        return size.width() + "x" + size.height();
    }
}
