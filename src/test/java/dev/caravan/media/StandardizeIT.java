package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardizeIT {
    private static final String SMALL = "width=216&height=384";
    private static final String X264 = " -c:v libx264 -preset ultrafast -pix_fmt yuv420p ";

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
    void blur_fills_the_frame_with_the_picture_itself() {
        Result result = small(source("split.mp4", "-f lavfi -i " + Clips.CORNERS + X264), "");
        Result.Frame frame = result.frame(0.1);
        assertThat(frame.colour(50, 140)).as("the picture").isEqualTo('R');
        assertThat(frame.colour(10, 10)).as("its copy").isEqualTo('R');
        assertThat(frame.colour(200, 370)).isEqualTo('W');
        assertThat(frame.red(108, 10)).as("the seam of the copy is soft").isBetween(40, 215);
        assertThat(frame.red(100, 140) - frame.red(116, 140))
                .as("that of the picture is not")
                .isGreaterThan(180);
    }

    @Test
    void pad_fills_it_with_black_and_crop_with_the_middle_of_the_picture() {
        Path source = source("pad.mp4", "-f lavfi -i " + Clips.CORNERS + X264);
        assertThat(small(source, "&fit=pad").frame(0.1).brightness(10, 10)).isLessThan(8);
        Result.Frame cropped = small(source, "&fit=crop").frame(0.1);
        assertThat("" + cropped.colour(4, 4) + cropped.colour(212, 4) + cropped.colour(4, 380)
                        + cropped.colour(212, 380))
                .isEqualTo("RGBW");
    }

    @ParameterizedTest
    @CsvSource({
        "161x121, null",
        "16x16, null",
        "9x500, null",
        "9x480, null",
        "500x9, null",
        "480x9, null",
        "120x96, setsar=64/45",
        "90x160, null",
    })
    void any_shape_becomes_the_frame(String size, String filter) {
        String pixels = size.contains("9x") || size.contains("x9") || size.contains("161") ? "yuv444p" : "yuv420p";
        Path source = source(
                "shape" + size + ".mkv",
                "-f lavfi -i testsrc2=s=" + size + ":r=30:d=0.3 -vf " + filter + " -pix_fmt " + pixels + " -c:v ffv1");
        small(source, size.equals("9x500") || size.equals("500x9") ? "&fit=crop" : "");
    }

    @Test
    void pixels_that_are_not_square_are_widened() {
        Path source = source("sar.mp4", "-f lavfi -i color=white:s=100x100:r=30:d=0.2 -vf setsar=2/1" + X264);
        Result.Frame frame = small(source, "&fit=pad").frame(0);
        assertThat(frame.brightness(108, 192 - 50)).isGreaterThan(200);
        assertThat(frame.brightness(108, 192 - 58)).isLessThan(20);
    }

    @ParameterizedTest
    @CsvSource({"10, 30", "30000/1001, 30", "120, 30"})
    void any_frame_rate_becomes_thirty_and_lasts_as_long(String rate, int fps) {
        Path source = source("rate.mkv", "-f lavfi -i testsrc2=s=64x36:r=" + rate + ":d=1" + X264);
        Result result = small(source, "");
        assertThat(result.duration("v")).isCloseTo(1, within(1.01 / fps));
    }

    @Test
    void a_variable_frame_rate_becomes_constant_without_changing_speed() {
        Path source = source(
                "vfr.mkv",
                "-f lavfi -i color=black:s=64x36:r=30:d=2 -f lavfi -i color=white:s=64x36:r=30:d=1 -filter_complex"
                        + " [0][1]concat,select='lt(n,20)+not(mod(n,7))' -vsync vfr" + X264);
        Kamelets.Run run = kamelets.standardize(source, SMALL);
        assertThat(run.probe().video().variableFrameRate()).isTrue();
        Result result = new Result(run.output()).assertStandard(216, 384);
        assertThat(result.frame(1.8).colour(108, 192)).isEqualTo('K');
        assertThat(result.frame(2.4).colour(108, 192)).isEqualTo('W');
    }

    @Test
    void silence_is_added_where_there_is_no_sound_and_said_so() {
        Kamelets.Run run =
                kamelets.standardize(source("silent.mp4", "-f lavfi -i testsrc2=s=64x36:r=30:d=1" + X264), SMALL);
        Result result = new Result(run.output()).assertStandard(216, 384);
        assertThat(run.converted().get("notes")).asString().contains("silent track");
        assertThat(result.duration("a")).isCloseTo(1, within(0.05));
        assertThat(result.soundFrom()).isNegative();
    }

    @ParameterizedTest
    @CsvSource({"mono, aac", "stereo, aac", "5.1, ac3"})
    void any_channels_become_stereo(String layout, String codec) {
        Path source = source(
                "channels.mkv",
                "-f lavfi -i testsrc2=s=64x36:r=30:d=1 -f lavfi -i sine=d=1 -af volume=8dB,aformat=channel_layouts="
                        + layout + X264 + "-c:a " + codec);
        List<double[]> loudness = small(source, "").loudness();
        assertThat(loudness.get(10)[0]).isBetween(0.1, 0.5).isCloseTo(loudness.get(10)[1], within(0.02));
    }

    @Test
    void sound_that_ends_first_is_filled_up() {
        Result result = small(sound("short.mp4", 3, 1), "");
        assertThat(result.duration("v")).isCloseTo(3, within(0.01));
        assertThat(result.duration("a")).isCloseTo(3, within(0.05));
    }

    @Test
    void sound_that_goes_on_is_not_cut_and_the_last_picture_stands() {
        Result result = small(sound("long.mp4", 1, 3), "");
        assertThat(result.duration("a")).isCloseTo(3, within(0.05));
        assertThat(result.duration("v")).isCloseTo(3, within(0.05));
    }

    @Test
    void sound_that_starts_later_stays_where_it_was() {
        Path source = source(
                "later.mkv",
                "-f lavfi -i color=black:s=64x36:r=30:d=1 -f lavfi -i color=white:s=64x36:r=30:d=1"
                        + " -itsoffset 1 -f lavfi -i sine=d=1 -filter_complex [0][1]concat -map 2:a" + X264);
        Result result = small(source, "");
        assertThat(result.soundFrom()).isCloseTo(1, within(0.051));
        assertThat(result.frame(0.9).colour(108, 192)).isEqualTo('K');
        assertThat(result.frame(1.1).colour(108, 192)).isEqualTo('W');
    }

    @Test
    void a_picture_that_starts_later_stands_from_the_beginning() {
        Path source = source(
                "picturelater.mkv",
                "-itsoffset 0.5 -f lavfi -i testsrc2=s=64x36:r=30:d=1 -f lavfi -i sine=d=1.5 -map 0:v -map 1:a" + X264);
        Result result = small(source, "");
        assertThat(result.duration("v")).isCloseTo(1.5, within(0.05));
        assertThat(result.soundFrom()).isZero();
    }

    @Test
    void interlaced_video_loses_its_combs() {
        Path source = source(
                "fields.ts",
                "-f lavfi -i color=black:s=320x240:r=50:d=1,drawbox=40:0:40:240:white:fill,scroll=h=0.04 -vf"
                        + " tinterlace=interleave_top,fieldorder=tff -flags +ilme+ildct -pix_fmt yuv420p -c:v mpeg2video -q:v 3"
                        + " -f mpegts");
        assertThat(kamelets.probe(source).video().interlaced()).isTrue();
        assertThat(combs(new Result(source).frame(0.5), 0)).isGreaterThan(20);
        Result result = new Result(
                kamelets.standardize(source, "width=320&height=568&fit=pad").output());
        assertThat(combs(result.assertStandard(320, 568).frame(0.5), 164)).isLessThan(5);
    }

    /** How much neighbouring lines of a moving upright bar differ, on average. */
    private static double combs(Result.Frame frame, int top) {
        return IntStream.range(0, 320 * 100)
                .map(i -> Math.abs(
                        frame.brightness(i % 320, top + 60 + i / 320) - frame.brightness(i % 320, top + 61 + i / 320)))
                .average()
                .orElse(0);
    }

    @ParameterizedTest
    @CsvSource({"yuv420p10le, arib-std-b67", "yuv420p10le, smpte2084", "yuv422p10le, bt709", "yuv420p10le, bt2020-10"})
    void ten_bits_and_hdr_become_plain_video(String pixels, String transfer) {
        String space = transfer.equals("bt709") ? "bt709" : "bt2020nc";
        Path source = source(
                transfer + ".mov",
                "-f lavfi -i color=gray:s=64x36:r=30:d=0.3 -vf scale=out_color_matrix=" + space.replace("nc", "")
                        + ",format=" + pixels
                        + " -c:v prores_ks -color_trc " + transfer + " -color_primaries "
                        + space.replace("nc", "") + " -colorspace " + space);
        Kamelets.Run run = kamelets.standardize(source, SMALL);
        assertThat(run.probe().video().bitDepth()).isEqualTo(10);
        Result.Frame frame = new Result(run.output()).assertStandard(216, 384).frame(0.1);
        assertThat(frame.brightness(108, 192)).isBetween(80, 200);
        assertThat(frame.red(108, 192)).as("gray stays gray").isCloseTo(frame.brightness(108, 192), within(4));
    }

    @ParameterizedTest
    @CsvSource({"bt601, 64x36", "bt709, 1280x720"})
    void colours_of_any_definition_stay_what_they_were(String matrix, String size) {
        Path source = source(
                "colour.mp4",
                "-f lavfi -i color=0x4080C0:s=" + size + ":r=30:d=0.2 -vf scale=out_color_matrix=" + matrix + X264);
        Result.Frame frame = small(source, "").frame(0);
        assertThat(frame.red(108, 192)).isCloseTo(0x40, within(4));
        assertThat(frame.brightness(108, 192)).isCloseTo(0x80, within(4));
    }

    @Test
    void what_has_the_format_already_is_copied_bit_by_bit() {
        Path source = sound("conforming.mp4", "216x384", 2, 2);
        Kamelets.Run run = kamelets.standardize(source, SMALL);
        assertThat(run.converted().get("remuxed")).isEqualTo(true);
        assertThat(packets(run.output())).isEqualTo(packets(source));
        assertThat(FastStart.isSet(source)).isFalse();
        assertThat(FastStart.isSet(run.output())).isTrue();
    }

    @Test
    void a_second_attempt_encodes_what_could_be_copied() {
        Kamelets.Run run = kamelets.start(sound("again.mp4", "216x384", 1, 1));
        run.step.attempt = 2;
        run.send("probe-media-action").send("standardize-video-action?" + SMALL);
        assertThat(run.converted().get("remuxed")).isEqualTo(false);
        assertThat(run.body().key()).isEqualTo("media/default/asset1/job1/convert-7.2.mp4");
    }

    @Test
    void copying_can_be_switched_off() {
        try (Kamelets strict = new Kamelets(
                root.resolve("strict"),
                Map.of("caravan.ffmpeg.preset", "ultrafast", "caravan.standardize.remux", "false"))) {
            Path source = sound("conforming2.mp4", "216x384", 1, 1);
            assertThat(strict.standardize(source, SMALL).converted().get("remuxed"))
                    .isEqualTo(false);
        }
    }

    @Test
    void names_and_places_are_left_out() {
        Path source = source(
                "gps.mp4",
                "-f lavfi -i testsrc2=s=64x36:r=30:d=0.2 -metadata location=+48.1+11.5/ -metadata title=secret" + X264);
        assertThat(small(source, "").facts("v", "format_tags")).doesNotContain("48.1", "secret");
    }

    @Test
    void the_result_is_stored_once_under_a_name_of_the_run() {
        Kamelets.Run run = kamelets.standardize(sound("My holiday.v2.mov", 1, 1), SMALL);
        assertThat(run.body().key()).isEqualTo("media/default/asset1/job1/convert-7.mp4");
        assertThat(run.body().filename()).isEqualTo("My holiday.v2.mp4");
        assertThat(run.body().contentType()).isEqualTo("video/mp4");
        assertThat(run.step.workspace()).isDirectoryNotContaining("glob:**output*");
        assertThat(run.step.progress).isNotEmpty().allMatch(part -> part >= 0 && part <= 1);
    }

    @Test
    void hevc_can_be_asked_for() {
        Kamelets.Run run = kamelets.standardize(sound("hevc.mp4", 1, 1), SMALL + "&codec=libx265");
        assertThat(new Result(run.output()).facts("v", "stream=codec_name,codec_tag_string"))
                .isEqualTo("hevc,hvc1");
    }

    @Test
    void a_parameter_out_of_bounds_is_refused() {
        assertThatThrownBy(() -> kamelets.standardize(sound("p.mp4", 1, 1), "width=1081"))
                .hasMessageContaining("PARAMETER_INVALID")
                .hasMessageContaining("width");
    }

    private static Path sound(String name, int picture, int sound) {
        return sound(name, "64x36", picture, sound);
    }

    private static Path sound(String name, String size, int picture, int sound) {
        return Clips.make(
                root.resolve(name),
                List.of(("-f lavfi -i testsrc2=s=" + size + ":r=30:d=" + picture + " -f lavfi -i sine=r=48000:d="
                                + sound + " -ac 2" + X264 + "-c:a aac")
                        .split(" +")));
    }

    private static Path source(String name, String arguments) {
        return Clips.make(root.resolve(name), arguments);
    }

    private static Result small(Path source, String more) {
        return new Result(kamelets.standardize(source, SMALL + more).output()).assertStandard(216, 384);
    }

    private static String packets(Path file) {
        return new String(Clips.run(List.of(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-i",
                file.toString(),
                "-map",
                "0",
                "-c",
                "copy",
                "-f",
                "streamhash",
                "-")));
    }
}
