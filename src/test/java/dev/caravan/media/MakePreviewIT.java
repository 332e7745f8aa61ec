package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.failure.StepException;
import dev.caravan.json.Json;
import dev.caravan.work.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MakePreviewIT {
    private static final String X264 = " -c:v libx264 -preset ultrafast -crf 10 -pix_fmt yuv420p ";
    private static final String TONE = " -f lavfi -i sine=frequency=440:duration=14 ";

    @TempDir
    static Path root;

    private static Kamelets kamelets;

    @BeforeAll
    static void start() {
        kamelets = Kamelets.fast(root);
    }

    @AfterAll
    static void stop() {
        kamelets.close();
    }

    @Test
    void ten_seconds_small_and_silent_that_start_while_they_load() {
        Path clip = clip("long.mp4", "-f lavfi -i testsrc2=s=1280x720:r=25:d=14" + TONE + X264 + "-c:a aac -shortest");
        Clip preview = preview(clip, "");
        assertThat(preview.result.facts("v", "stream=codec_name,width,height,sample_aspect_ratio,pix_fmt,r_frame_rate"))
                .isEqualTo("h264,480,270,1:1,yuv420p,25/1");
        assertThat(preview.result.facts("a", "stream=codec_name")).isEmpty();
        assertThat(preview.result.duration("v")).isCloseTo(10, within(0.05));
        assertThat(FastStart.isSet(preview.result.file())).isTrue();
        assertThat(preview.made)
                .extracting(Made::type, Made::width, Made::height, Made::time)
                .containsExactly("preview", 480, 270, 0.0);
        assertThat(preview.made.duration()).isCloseTo(10, within(0.05));
        assertThat(preview.made.sha256()).hasSize(64);
    }

    @Test
    void it_begins_where_the_picture_is_not_black_any_more() {
        Clip preview = preview(black("black.mp4", 3, 4), "");
        assertThat(preview.made.time()).isCloseTo(3, within(0.001));
        assertThat(preview.result.picture().brightness(40, 20)).isGreaterThan(200);
        assertThat(preview.result.duration("v")).isCloseTo(4, within(0.05));
    }

    @Test
    void a_beginning_that_stays_black_is_shown_as_it_is() {
        Clip preview = preview(black("later.mp4", 4, 2), "search=2");
        assertThat(preview.made.time()).isZero();
        assertThat(preview.result.duration("v")).isCloseTo(6, within(0.05));
    }

    @ParameterizedTest
    @CsvSource({"0.04, 25", "1, 25", "3, 60"})
    void of_a_shorter_video_it_shows_all(double seconds, int fps) {
        Path clip = clip("short.mp4", "-f lavfi -i testsrc2=s=64x36:r=" + fps + " -t " + seconds + X264);
        Clip preview = preview(clip, "");
        assertThat(preview.result.duration("v")).isCloseTo(seconds, within(0.04));
        assertThat(preview.result.facts("v", "stream=width,height,r_frame_rate"))
                .isEqualTo("64,36," + Math.min(fps, 30) + "/1");
    }

    @Test
    void a_variable_frame_rate_becomes_constant_and_keeps_its_speed() {
        Path source = clip(
                "vfr.mkv",
                "-f lavfi -i color=gray:s=64x36:r=60:d=2 -f lavfi -i color=white:s=64x36:r=60:d=1 -filter_complex"
                        + " [0][1]concat,select='lt(n,40)+not(mod(n,7))' -vsync vfr" + X264);
        Clip preview = preview(source, "");
        assertThat(preview.result.facts("v", "stream=r_frame_rate")).isEqualTo("30/1");
        assertThat(preview.result.frame(1.8).brightness(30, 18)).isLessThan(160);
        assertThat(preview.result.frame(2.3).brightness(30, 18)).isGreaterThan(220);
    }

    @ParameterizedTest
    @CsvSource({" 0,  1, -1,  0, BRWG", "-1,  0,  0,  1, GRWB"})
    void a_turned_or_mirrored_picture_comes_out_upright(int a, int b, int c, int d, String corners) {
        Path upright = Clips.corners(root.resolve("upright.mp4"));
        Result.Frame frame = preview(Clips.turned(upright, root.resolve(corners + ".mp4"), a, b, c, d), "")
                .result
                .picture();
        int right = a != 0 ? 59 : 31;
        int bottom = a != 0 ? 31 : 59;
        assertThat("" + frame.colour(4, 4) + frame.colour(right, 4) + frame.colour(4, bottom)
                        + frame.colour(right, bottom))
                .isEqualTo(corners);
    }

    @ParameterizedTest
    @CsvSource({"161x121", "2000x100", "100x2000", "9x501"})
    void any_shape_becomes_even_and_no_longer_than_asked_for(String size) {
        Path clip =
                clip("s" + size + ".mkv", "-f lavfi -i testsrc=s=" + size + ":r=10:d=0.3 -pix_fmt yuv444p -c:v ffv1");
        String[] sides =
                preview(clip, "").result.facts("v", "stream=width,height").split(",");
        assertThat(Integer.parseInt(sides[0])).isEven().isLessThanOrEqualTo(480);
        assertThat(Integer.parseInt(sides[1])).isEven().isLessThanOrEqualTo(480);
    }

    @ParameterizedTest
    @CsvSource({"smpte2084", "arib-std-b67"})
    void hdr_becomes_standard_range(String transfer) {
        Path clip = clip(
                "hdr.mkv",
                "-f lavfi -i color=0x949494:s=320x180:r=10:d=0.5,format=rgb24 -vf scale=out_color_matrix=bt2020,"
                        + "format=yuv420p10le -c:v libx264 -preset ultrafast -colorspace bt2020nc"
                        + " -color_primaries bt2020 -color_trc " + transfer);
        Result result = preview(clip, "").result;
        assertThat(result.facts("v", "stream=pix_fmt,color_space,color_transfer,color_primaries"))
                .isEqualTo("yuv420p,bt709,bt709,bt709");
        assertThat(result.picture().red(50, 50)).isCloseTo(result.picture().brightness(50, 50), within(4));
        assertThat(result.picture().brightness(50, 50)).isGreaterThan(110);
    }

    @Test
    void what_cannot_be_decoded_is_said_to_be_so() throws IOException {
        Path garbage = clip("garbage.mkv", "-f lavfi -i testsrc2=s=320x180:r=10:d=1" + X264);
        byte[] bytes = Files.readAllBytes(garbage);
        int cluster =
                new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("\u001F\u0043\u00B6\u0075");
        Arrays.fill(bytes, cluster + 40, bytes.length, (byte) 0);
        Files.write(garbage, bytes);
        assertThatThrownBy(() -> preview(garbage, ""))
                .isInstanceOf(StepException.class)
                .extracting(failure -> ((StepException) failure).failure().code())
                .isEqualTo("MEDIA_UNREADABLE");
    }

    /** Black for a while, then white. */
    private static Path black(String name, int black, int white) {
        return clip(
                name,
                "-f lavfi -i color=black:s=160x90:r=30:d=" + black + " -f lavfi -i color=white:s=160x90:r=30:d=" + white
                        + " -filter_complex [0][1]concat" + X264);
    }

    private static Path clip(String name, String arguments) {
        return Clips.make(root.resolve(name), arguments);
    }

    private static Clip preview(Path clip, String parameters) {
        Kamelets.Run run = kamelets.start(clip).send("probe-media-action?thorough=false");
        run.step.step = "preview";
        run.send("make-preview-action" + (parameters.isEmpty() ? "" : "?" + parameters));
        Made made = Json.convert(((List<?>) run.variable("preview").get(Made.FILES)).get(0), Made.class);
        return new Clip(made, new Result(kamelets.files.path(made.file())));
    }

    private record Clip(Made made, Result result) {}
}
