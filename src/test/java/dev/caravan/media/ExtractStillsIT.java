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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtractStillsIT {
    private static final String X264 = " -c:v libx264 -preset ultrafast -crf 5 -pix_fmt yuv420p ";
    /** Red for a second, then green for a second, then blue. */
    private static final String SECONDS =
            "-f lavfi -i color=red:s=640x360:r=30:d=1 -f lavfi -i color=lime:s=640x360:r=30:d=1"
                    + " -f lavfi -i color=blue:s=640x360:r=30:d=1 -filter_complex [0][1][2]concat=n=3";

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
    void the_poster_is_the_frame_at_two_seconds_and_the_thumbnail_the_first() {
        Pair stills =
                stills(clip("seconds.mp4", SECONDS + X264 + "-metadata title=secret -metadata location=+52+013/"), "");
        assertThat(stills.poster).isEqualTo(still("poster", 640, 360, 2));
        assertThat(stills.thumbnail).isEqualTo(still("thumbnail", 320, 180, 0));
        assertThat(colour(stills.posterFile, 320, 180)).isEqualTo('B');
        assertThat(colour(stills.thumbnailFile, 160, 90)).isEqualTo('R');
        assertThat(stills.posterFile.facts("v", "stream=codec_name,pix_fmt,color_range"))
                .isEqualTo("mjpeg,yuvj420p,pc");
        assertThat(bytes(stills.posterFile)).doesNotContain("Lavc", "secret", "Exif");
    }

    @ParameterizedTest
    @CsvSource({"ts, libx264, 2", "ts, libx264, 11.5", "ts, libx264, 67", "mpg, mpeg2video, 2", "mpg, mpeg2video, 67"})
    void a_stream_without_an_index_shows_the_frame_of_that_time_and_not_the_next_key_frame(
            String type, String codec, double time) {
        Path stream = clip(
                "grey-" + time + "." + type,
                "-f lavfi -i color=black:s=64x36:r=25:d=70,geq=lum='16+3*floor(T)':cb=128:cr=128 -g 250 -c:v " + codec
                        + " -q:v 2 -pix_fmt yuv420p");
        Pair stills = stills(stream, "time=" + time);
        assertThat(stills.poster.time()).isCloseTo(time, within(0.1));
        assertThat(stills.posterFile.picture().brightness(20, 20))
                .isCloseTo((int) (3 * Math.floor(time) * 255 / 219), within(4));
    }

    @Test
    void another_time_and_other_sizes_are_taken_where_the_job_says_so() {
        Pair stills = stills(clip("job.mp4", SECONDS + X264), "time=1.5&posterSize=200&thumbnailWidth=100");
        assertThat(stills.poster).isEqualTo(still("poster", 200, 113, 1.5));
        assertThat(stills.thumbnail).isEqualTo(still("thumbnail", 100, 56, 0));
        assertThat(colour(stills.posterFile, 100, 50)).isEqualTo('G');
    }

    @ParameterizedTest
    @CsvSource({"0.04, 0", "0.5, 0.48", "1.96, 1.92", "2.04, 2"})
    void of_a_shorter_video_the_last_frame_is_taken_and_its_time_is_told(double seconds, double time) {
        Path clip = clip("short.mp4", "-f lavfi -i testsrc2=s=64x36:r=25 -t " + seconds + X264);
        assertThat(stills(clip, "").poster.time()).isCloseTo(time, within(0.0011));
    }

    @Test
    void the_last_frame_of_a_video_with_pauses_stood_long_before_its_end() {
        Path clip = clip(
                "pauses.mkv",
                "-f lavfi -i color=red:s=64x36:r=30:d=3 -vf select='lt(n,20)+eq(n,89)' -vsync vfr" + X264 + "-t 2.9");
        Pair stills = stills(clip, "");
        assertThat(stills.poster.time()).isCloseTo(0.633, within(0.002));
        assertThat(colour(stills.posterFile, 30, 18)).isEqualTo('R');
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
        Path upright = Clips.corners(root.resolve("upright.mp4"));
        Pair stills = stills(Clips.turned(upright, root.resolve(corners + ".mp4"), a, b, c, d), "");
        FrameSize size = a != 0 ? new FrameSize(64, 36) : new FrameSize(36, 64);
        assertThat(new FrameSize(stills.poster.width(), stills.poster.height())).isEqualTo(size);
        assertThat(corners(stills.posterFile, size)).isEqualTo(corners);
        assertThat(corners(stills.thumbnailFile, new FrameSize(320, a != 0 ? 180 : 568)))
                .isEqualTo(corners);
    }

    @ParameterizedTest
    @CsvSource({
        "161x121, null,         161x121,   320x240",
        "120x96,  setsar=64/45, 171x96,    320x180",
        "2560x1440, null,       1920x1080, 320x180",
        "1080x2400, null,       864x1920,  320x712",
        "9x1001,  null,         9x1001,    29x3200",
    })
    void sizes_are_as_shown_and_never_enlarged(String size, String filter, String poster, String thumbnail) {
        Path clip = clip(
                "size" + size + ".mkv",
                "-f lavfi -i testsrc=s=" + size + ":r=10:d=0.3 -vf " + filter + " -pix_fmt yuv444p -c:v ffv1");
        Pair stills = stills(clip, "");
        assertThat(stills.poster.width() + "x" + stills.poster.height()).isEqualTo(poster);
        assertThat(stills.thumbnail.width() + "x" + stills.thumbnail.height()).isEqualTo(thumbnail);
        assertThat(stills.posterFile.facts("v", "stream=width,height")).isEqualTo(poster.replace('x', ','));
    }

    @ParameterizedTest
    @CsvSource({"bt709, 1, 1280x720, tv", "smpte170m, 6, 640x480, tv", "bt709, 1, 1280x720, pc"})
    void colours_are_those_of_the_video(String matrix, int code, String size, String range) {
        Path clip = clip(
                "colours" + matrix + range + ".mp4",
                "-f lavfi -i color=0xC08040:s=" + size + ":r=10:d=0.5,format=rgb24 -vf scale=out_color_matrix="
                        + (code == 1 ? "bt709" : "bt601") + ":out_range=" + range + ",format=yuv420p -colorspace "
                        + matrix
                        + " -color_range " + range + X264);
        assertThat(colours(stills(clip, "").posterFile))
                .satisfies(rgb -> assertThat(rgb.get(0)).isCloseTo(0xC0, within(3)))
                .satisfies(rgb -> assertThat(rgb.get(1)).isCloseTo(0x80, within(3)))
                .satisfies(rgb -> assertThat(rgb.get(2)).isCloseTo(0x40, within(3)));
    }

    @ParameterizedTest
    @CsvSource({"smpte2084, 320x180", "arib-std-b67, 320x180", "smpte2084, 321x181"})
    void hdr_becomes_standard_range(String transfer, String size) {
        Path clip = clip(
                "hdr" + transfer + size + ".mkv",
                "-f lavfi -i color=0x949494:s=" + size + ":r=10:d=0.5,format=rgb24 -vf scale=out_color_matrix=bt2020,"
                        + "format=yuv444p10le -c:v libx264 -preset ultrafast -crf 5 -colorspace bt2020nc"
                        + " -color_primaries bt2020 -color_trc " + transfer);
        Pair stills = stills(clip, "");
        List<Integer> white = colours(stills.posterFile);
        assertThat(white).as("%s", white).allMatch(component -> component > 110);
        assertThat(white.get(0) - white.get(2)).isBetween(-4, 4);
        assertThat(colours(stills.thumbnailFile)).isEqualTo(white);
    }

    @Test
    void fields_of_different_times_leave_no_comb() {
        Path clip = clip(
                "interlaced.mkv",
                "-f lavfi -i color=black:s=320x180:r=50:d=1 -vf geq=lum='if(between(X\\,mod(N*8\\,280)\\,mod(N*8\\,280)+30)"
                        + "\\,235\\,16)':cb=128:cr=128,tinterlace=interleave_top -c:v libx264 -preset ultrafast -crf 5"
                        + " -pix_fmt yuv420p -flags +ilme+ildct -x264-params tff=1 -field_order tt");
        Result.Frame poster = stills(clip, "time=0.4").posterFile.picture();
        assertThat(IntStream.range(40, 140)
                        .flatMap(y -> IntStream.range(0, 320)
                                .map(x -> Math.abs(poster.brightness(x, y) - poster.brightness(x, y + 1))))
                        .max()
                        .orElseThrow())
                .isLessThan(60);
    }

    @ParameterizedTest
    @CsvSource({"4, 3, 1, 2", "40, 30, 10, 17"})
    void where_no_frame_follows_the_one_before_is_taken(int seconds, int time, double from, double to)
            throws IOException {
        Path whole =
                clip("whole.mkv", "-f lavfi -i testsrc2=s=320x180:r=10:d=" + seconds + X264 + "-g 5 -sc_threshold 0");
        byte[] bytes = Files.readAllBytes(whole);
        Path half = Files.write(root.resolve("half.mkv"), Arrays.copyOf(bytes, bytes.length * 2 / 5));
        Pair stills = stills(half, "time=" + time);
        assertThat(stills.poster.time()).isBetween(from, to);
        assertThat(stills.thumbnail.time()).isZero();
    }

    @Test
    void nothing_that_can_be_decoded_is_no_still() throws IOException {
        Path whole = clip("garbage.mkv", "-f lavfi -i testsrc2=s=320x180:r=10:d=1" + X264);
        byte[] bytes = Files.readAllBytes(whole);
        Arrays.fill(bytes, firstCluster(bytes) + 40, bytes.length, (byte) 0);
        Path garbage = Files.write(whole, bytes);
        assertThatThrownBy(() -> stills(garbage, ""))
                .isInstanceOf(StepException.class)
                .extracting(failure -> ((StepException) failure).failure().code())
                .isEqualTo("MEDIA_UNREADABLE");
    }

    /** RFC 8794: the identifier of a Matroska cluster. */
    private static int firstCluster(byte[] bytes) {
        return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("\u001F\u0043\u00B6\u0075");
    }

    private static Path clip(String name, String arguments) {
        return Clips.make(root.resolve(name), arguments);
    }

    private static Made still(String type, int width, int height, double time) {
        return new Made(type, null, width, height, null, time, null);
    }

    private static Pair stills(Path clip, String parameters) {
        Kamelets.Run run = kamelets.start(clip).send("probe-media-action?thorough=false");
        run.step.step = "stills";
        run.send("extract-stills-action" + (parameters.isEmpty() ? "" : "?" + parameters));
        List<Made> made = ((List<?>) run.variable("stills").get(Made.FILES))
                .stream().map(file -> Json.convert(file, Made.class)).toList();
        assertThat(made.get(0).sha256()).matches("[0-9a-f]{64}");
        return new Pair(made.get(0), made.get(1));
    }

    private static String corners(Result still, FrameSize size) {
        Result.Frame frame = still.picture();
        int right = size.width() - 5;
        int bottom = size.height() - 5;
        return "" + frame.colour(4, 4) + frame.colour(right, 4) + frame.colour(4, bottom) + frame.colour(right, bottom);
    }

    private static char colour(Result still, int x, int y) {
        return still.picture().colour(x, y);
    }

    /** Of a plain picture, within what a JPEG rounds. */
    private static List<Integer> colours(Result still) {
        Result.Frame frame = still.picture();
        return IntStream.range(0, 3)
                .map(i -> frame.component(20, 20, i))
                .boxed()
                .toList();
    }

    private static String bytes(Result result) {
        try {
            return Files.readString(result.file(), java.nio.charset.StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** What was made; its files are looked at where they are stored. */
    private record Pair(Made poster, Made thumbnail, Result posterFile, Result thumbnailFile) {
        private Pair(Made poster, Made thumbnail) {
            this(bare(poster), bare(thumbnail), result(poster), result(thumbnail));
        }

        private static Result result(Made made) {
            return new Result(kamelets.files.path(made.file()));
        }

        private static Made bare(Made made) {
            return new Made(made.type(), null, made.width(), made.height(), made.duration(), made.time(), null);
        }
    }
}
