package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {

    @ParameterizedTest
    @CsvSource({
        " 1,  0,  0,  1,   0, false",
        " 0,  1, -1,  0,  90, false",
        "-1,  0,  0, -1, 180, false",
        " 0, -1,  1,  0, 270, false",
        "-1,  0,  0,  1,   0, true",
        " 0, -1, -1,  0,  90, true",
        " 1,  0,  0, -1, 180, true",
        " 0,  1,  1,  0, 270, true",
    })
    void all_eight(int a, int b, int c, int d, int rotation, boolean mirrored) {
        assertThat(Orientation.ofMatrix(dump(a << 16, b << 16, c << 16, d << 16)))
                .isEqualTo(new Orientation(rotation, mirrored));
    }

    @Test
    void an_odd_angle_becomes_the_nearest_right_one() {
        int cos = (int) (65536 * Math.cos(Math.toRadians(93)));
        int sin = (int) (65536 * Math.sin(Math.toRadians(93)));
        assertThat(Orientation.ofMatrix(dump(cos, sin, -sin, cos))).isEqualTo(new Orientation(90, false));
    }

    @Test
    void a_matrix_that_flattens_the_picture_is_ignored() {
        assertThat(Orientation.ofMatrix(dump(0, 0, 0, 0))).isEqualTo(Orientation.UPRIGHT);
        assertThat(Orientation.ofMatrix(dump(65536, 0, 65536, 0))).isEqualTo(Orientation.UPRIGHT);
        assertThat(Orientation.ofMatrix("00000000: 1 2\n")).isEqualTo(Orientation.UPRIGHT);
    }

    /** As ffprobe writes it. */
    private static String dump(int a, int b, int c, int d) {
        return "\n00000000: %12d %12d %12d\n00000001: %12d %12d %12d\n00000002: %12d %12d %12d\n"
                .formatted(a, b, 0, c, d, 0, 0, 0, 1 << 30);
    }
}
