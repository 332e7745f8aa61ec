package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.json.Json;
import dev.caravan.work.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The stills of the decode that makes a standard video are those that seeks of their own find. */
class StillsBesideIT {
    private static final String SMALL = "width=216&height=384";
    private static final String X264 = " -c:v libx264 -preset ultrafast -crf 5 -pix_fmt yuv420p ";
    private static final String TEN_BITS = " -c:v libx264 -preset ultrafast -crf 5 -pix_fmt yuv420p10le ";
    /** Of the components of two pictures, on average, of 255. */
    private static final double SAME = 2;

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

    @ParameterizedTest
    @CsvSource({
        "plain,      testsrc2=s=320x180:r=30:d=4,                                 ''",
        "short,      testsrc2=s=320x180:r=25:d=0.5,                               ''",
        "odd,        testsrc2=s=161x121:r=10:d=3,                                 -pix_fmt yuv444p",
        "varying,    'testsrc2=s=320x180:r=30:d=4,select=lt(n\\,20)+not(mod(n\\,7))', -vsync vfr",
        "wide,       'testsrc2=s=320x180:r=10:d=3,setsar=2/1',                    ''",
    })
    void they_are_those_of_a_seek(String name, String source, String more) {
        same(clip(name + ".mkv", "-f lavfi -i " + source + X264 + more));
    }

    @Test
    void of_a_video_that_begins_after_its_sound_as_well() {
        same(clip(
                "late.mkv",
                "-f lavfi -i sine=d=4 -itsoffset 0.7 -f lavfi -i testsrc2=s=320x180:r=30:d=3 -map 1 -map 0" + X264));
    }

    @ParameterizedTest
    @CsvSource({"smpte2084", "arib-std-b67"})
    void high_dynamic_range_becomes_standard_range_in_them_too(String transfer) {
        same(clip(
                transfer + ".mkv",
                "-f lavfi -i testsrc2=s=320x180:r=10:d=3,format=rgb24 -vf scale=out_color_matrix=bt2020"
                        + TEN_BITS
                        + "-colorspace bt2020nc -color_primaries bt2020 -color_trc " + transfer));
    }

    @Test
    void they_stand_upright() {
        Path upright = Clips.corners(root.resolve("upright.mp4"));
        List<Made> made = same(Clips.turned(upright, root.resolve("turned.mp4"), 0, 1, -1, 0));
        Result.Frame frame = picture(made.get(0)).picture();
        assertThat("" + frame.colour(4, 4) + frame.colour(31, 4) + frame.colour(4, 59) + frame.colour(31, 59))
                .isEqualTo("BRWG");
    }

    @Test
    void the_frame_for_captions_is_the_one_in_the_middle() {
        Path seconds = clip(
                "seconds.mp4",
                "-f lavfi -i color=red:s=640x360:r=30:d=1 -f lavfi -i color=lime:s=640x360:r=30:d=1"
                        + " -f lavfi -i color=blue:s=640x360:r=30:d=1 -filter_complex [0][1][2]concat=n=3 -metadata"
                        + " title=secret" + X264);
        Made caption = beside(seconds, "&captionSize=320").get(2);
        assertThat(caption.type()).isEqualTo("caption-frame");
        assertThat(caption.width() + "x" + caption.height()).isEqualTo("320x180");
        assertThat(caption.time()).isCloseTo(1.5, within(0.04));
        assertThat(caption.file().filename()).isEqualTo("asset1-caption-frame.jpg");
        assertThat(picture(caption).picture().colour(160, 90)).isEqualTo('G');
        assertThat(picture(caption).facts("v", "stream=codec_name,pix_fmt,color_range"))
                .isEqualTo("mjpeg,yuvj420p,pc");
    }

    @Test
    void what_has_the_format_already_is_copied_and_shows_them_as_well() {
        Path source = clip(
                "conforming.mp4",
                "-f lavfi -i testsrc2=s=216x384:r=30:d=3 -f lavfi -i sine=r=48000:d=3 -ac 2" + X264 + "-c:a aac");
        Kamelets.Run run = kamelets.standardize(source, SMALL + "&stills=true");
        assertThat(run.converted().get("remuxed")).isEqualTo(true);
        assertThat(made(run)).extracting(Made::type).containsExactly("poster", "thumbnail", "caption-frame");
        same(source, made(run));
    }

    @Test
    void of_a_video_that_breaks_off_the_last_picture_is_taken() throws IOException {
        Path whole = clip("whole.mkv", "-f lavfi -i testsrc2=s=320x180:r=10:d=6" + X264 + "-g 5 -sc_threshold 0");
        byte[] bytes = Files.readAllBytes(whole);
        Path half = Files.write(root.resolve("half.mkv"), Arrays.copyOf(bytes, bytes.length * 2 / 5));
        Made poster = beside(half, "&time=5").get(0);
        assertThat(poster.time()).isBetween(1.5, 3.0);
        assertThat(picture(poster).facts("v", "stream=width,height")).isEqualTo("320,180");
    }

    @Test
    void without_being_asked_for_there_are_none() {
        Path source = clip("none.mp4", "-f lavfi -i testsrc2=s=64x36:r=30:d=1" + X264);
        assertThat(kamelets.standardize(source, SMALL).variable("convert")).doesNotContainKey(Made.FILES);
    }

    private static List<Made> same(Path source) {
        return same(source, beside(source, ""));
    }

    private static List<Made> same(Path source, List<Made> beside) {
        Kamelets.Run seek = kamelets.start(source).send("probe-media-action");
        seek.step.step = "stills";
        seek.send("extract-stills-action");
        List<Made> sought = made(seek.variable("stills"));
        for (int i = 0; i < 2; i++) {
            Made one = beside.get(i);
            Made other = sought.get(i);
            assertThat(one.type()).isEqualTo(other.type());
            assertThat(one.time()).as(one.type()).isCloseTo(other.time(), within(0.002));
            assertThat(one.width() + "x" + one.height()).isEqualTo(other.width() + "x" + other.height());
            assertThat(difference(picture(one).picture(), picture(other).picture(), one.width(), one.height()))
                    .as(one.type())
                    .isLessThan(SAME);
        }
        return beside;
    }

    private static double difference(Result.Frame one, Result.Frame other, int width, int height) {
        return IntStream.range(0, width * height * 3)
                .map(i -> Math.abs(one.component(i / 3 % width, i / 3 / width, i % 3)
                        - other.component(i / 3 % width, i / 3 / width, i % 3)))
                .average()
                .orElseThrow();
    }

    private static List<Made> beside(Path source, String more) {
        Kamelets.Run run = kamelets.standardize(source, SMALL + "&stills=true" + more);
        new Result(run.output()).assertStandard(216, 384);
        return made(run);
    }

    private static List<Made> made(Kamelets.Run run) {
        return made(run.variable("convert"));
    }

    private static List<Made> made(Map<String, Object> variable) {
        return ((List<?>) variable.get(Made.FILES))
                .stream().map(file -> Json.convert(file, Made.class)).toList();
    }

    private static Result picture(Made made) {
        return new Result(kamelets.files.path(made.file()));
    }

    private static Path clip(String name, String arguments) {
        return Clips.make(root.resolve(name), arguments);
    }
}
