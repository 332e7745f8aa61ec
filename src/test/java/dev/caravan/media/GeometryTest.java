package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeometryTest {

    @ParameterizedTest
    @CsvSource({
        "1920, 1080, 1080,  608, false",
        "1080, 1920, 1080, 1920, true",
        " 608, 1080, 1080, 1920, true",
        " 720, 1080, 1080, 1620, false",
        "1000, 1000, 1080, 1080, false",
        " 100, 1000,  192, 1920, false",
        " 161,  121, 1080,  812, false",
        "  16,   16, 1080, 1080, false",
        "9000,    4, 1080,    2, false",
        "   2, 9000,    2, 1920, false",
    })
    void a_picture_is_fitted_into_the_frame(int width, int height, int scaledWidth, int scaledHeight, boolean fills) {
        Geometry geometry = Geometry.of(video(width, height, 1, 0), format("blur"));
        assertThat(geometry.scaledWidth()).isEqualTo(scaledWidth);
        assertThat(geometry.scaledHeight()).isEqualTo(scaledHeight);
        assertThat(geometry.fills()).isEqualTo(fills);
        assertThat(geometry.cropWidth()).isEqualTo(width);
        assertThat(geometry.cropHeight()).isEqualTo(height);
        assertThat(geometry.backWidth()).isBetween(2, scaledWidth);
        assertThat(geometry.backHeight()).isBetween(2, scaledHeight);
    }

    @ParameterizedTest
    @CsvSource({
        "1920, 1080, 1,   0,  608, 1080",
        "1920, 1080, 1,  90, 1080, 1920",
        " 720,  576, 1.5, 0,  216,  576",
        "1000, 1000, 1, 270,  563, 1000",
        " 100, 1000, 1,   0,  100,  178",
        "9000,    4, 1,   0,    2,    4",
    })
    void cropping_takes_the_middle_of_the_upright_picture(
            int width, int height, double pixel, int rotation, int cropWidth, int cropHeight) {
        Geometry geometry = Geometry.of(video(width, height, pixel, rotation), format("crop"));
        assertThat(geometry.cropWidth()).isEqualTo(cropWidth);
        assertThat(geometry.cropHeight()).isEqualTo(cropHeight);
        assertThat(geometry.scaledWidth()).isEqualTo(1080);
        assertThat(geometry.scaledHeight()).isEqualTo(1920);
        assertThat(geometry.fills()).isTrue();
    }

    static StandardFormat format(String fit) {
        return new StandardFormat(1080, 1920, 30, fit, 23, "medium", "libx264", 128_000);
    }

    static Probe.Video video(int width, int height, double pixel, int rotation) {
        boolean side = rotation % 180 != 0;
        int wide = (int) Math.round(width * pixel);
        return new Probe.Video(
                0,
                "h264",
                width,
                height,
                side ? height : wide,
                side ? wide : height,
                rotation,
                false,
                pixel,
                30,
                false,
                30,
                "yuv420p",
                8,
                "none",
                "bt709",
                false,
                0,
                0,
                1,
                false,
                false);
    }
}
