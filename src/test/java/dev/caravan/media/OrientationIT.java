package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Colours in the corners: red, green / blue, white, before they are turned. */
class OrientationIT {
    @TempDir
    static Path root;

    private static Kamelets kamelets;
    private static Path upright;

    @BeforeAll
    static void start() {
        kamelets = Kamelets.fast(root);
        upright = Clips.corners(root.resolve("upright.mp4"));
    }

    @AfterAll
    static void stop() {
        kamelets.close();
    }

    @ParameterizedTest
    @CsvSource({
        " 1,  0,  0,  1, RGBW",
        " 0,  1, -1,  0, BRWG",
        "-1,  0,  0, -1, WBGR",
        " 0, -1,  1,  0, GWRB",
        "-1,  0,  0,  1, GRWB",
        " 0, -1, -1,  0, WGBR",
        " 1,  0,  0, -1, BWRG",
        " 0,  1,  1,  0, RBGW",
    })
    void a_turned_or_mirrored_picture_comes_out_upright(int a, int b, int c, int d, String corners) {
        Path turned = Clips.turned(upright, root.resolve(corners + ".mp4"), a, b, c, d);
        Result result = new Result(kamelets.standardize(turned, "width=180&height=320&fit=pad")
                        .output())
                .assertStandard(180, 320);
        boolean landscape = a != 0;
        int top = landscape ? 120 : 10;
        int bottom = landscape ? 200 : 310;
        Result.Frame frame = result.frame(0.1);
        assertThat("" + frame.colour(10, top) + frame.colour(170, top) + frame.colour(10, bottom)
                        + frame.colour(170, bottom))
                .isEqualTo(corners);
        assertThat(frame.colour(90, 4)).isEqualTo(landscape ? 'K' : frame.colour(90, 10));
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0, 0", "1, 0, 1, 0"})
    void a_matrix_that_flattens_the_picture_is_ignored(int a, int b, int c, int d) {
        Path flat = Clips.turned(upright, root.resolve("flat.mp4"), a, b, c, d);
        Result result = new Result(kamelets.standardize(flat, "width=180&height=320&fit=pad")
                        .output())
                .assertStandard(180, 320);
        assertThat(result.frame(0.1).colour(10, 120)).isEqualTo('R');
    }
}
