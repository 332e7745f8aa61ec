package dev.caravan.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import dev.caravan.json.Json;
import dev.caravan.media.Clips;
import dev.caravan.media.Kamelets;
import dev.caravan.media.Result;
import dev.caravan.storage.MediaFile;
import dev.caravan.work.Made;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures through make-thumbnails-action, by libvips and by FFmpeg in its place. */
class ThumbnailsIT {
    private static final Path SHARED = Path.of("../shared/media");

    @TempDir
    static Path root;

    private static Kamelets vips;
    private static Kamelets ffmpeg;
    private static Pictures pictures;

    @BeforeAll
    static void start() {
        pictures = new Pictures(root);
        vips = new Kamelets(root.resolve("vips"), Map.of());
        ffmpeg = new Kamelets(root.resolve("ffmpeg"), Map.of("caravan.image.vips-binary", "/nowhere/vips"));
    }

    @AfterAll
    static void stop() {
        vips.close();
        ffmpeg.close();
    }

    private static Kamelets with(String tool) {
        return tool.equals("vips") ? vips : ffmpeg;
    }

    /** The pictures that came out, by type. */
    private record Outcome(Kamelets.Run run, Map<String, Made> made, Kamelets kamelets) {
        Result result(String type) {
            return new Result(kamelets.files.path(made.get(type).file()));
        }

        Result.Frame frame(String type) {
            String file = result(type).file().toString();
            return new Result.Frame(
                    made.get(type).width(),
                    Clips.run(List.of(
                            ("ffmpeg -nostdin -v error -f jpeg_pipe -i " + file + " -f rawvideo -pix_fmt rgb24 -")
                                    .split(" "))));
        }

        String sizes() {
            StringBuilder sizes = new StringBuilder();
            made.values()
                    .forEach(file -> sizes.append("%s %dx%d, ".formatted(file.type(), file.width(), file.height())));
            return sizes.substring(0, sizes.length() - 2);
        }

        /** R, G, B, W of the four corners of a picture, line by line. */
        String corners(String type) {
            Made file = made.get(type);
            Result.Frame frame = frame(type);
            int right = file.width() - 4;
            int low = file.height() - 4;
            return "" + frame.colour(3, 3) + frame.colour(right, 3) + frame.colour(3, low) + frame.colour(right, low);
        }
    }

    private static Outcome make(Kamelets kamelets, Path file, String parameters) {
        Kamelets.Run run = kamelets.start(file);
        run.step.step = "thumbnails";
        run.send("make-thumbnails-action" + parameters);
        Map<String, Made> made = new LinkedHashMap<>();
        for (Object each : (List<?>) run.variable("thumbnails").get(Made.FILES)) {
            Made one = Json.MAPPER.convertValue(each, Made.class);
            made.put(one.type(), one);
        }
        Outcome outcome = new Outcome(run, made, kamelets);
        made.keySet().forEach(type -> assertThat(outcome.result(type).facts("v", "stream=codec_name,width,height"))
                .isEqualTo("mjpeg,%d,%d"
                        .formatted(made.get(type).width(), made.get(type).height())));
        return outcome;
    }

    private static Outcome make(String tool, Path file) {
        Outcome outcome = make(with(tool), file, "");
        assertThat(outcome.run.variable("thumbnails")).containsEntry("made_with", tool);
        return outcome;
    }

    private static StepException refused(String tool, Path file) {
        StepException failed = catchThrowableOfType(() -> make(tool, file), StepException.class);
        assertThat(failed).as("refused").isNotNull();
        assertThat(failed.failure().kind()).isEqualTo(FailureKind.PERMANENT);
        return failed;
    }

    @ParameterizedTest
    @ValueSource(strings = {"vips", "ffmpeg"})
    void a_large_picture_comes_in_three_sizes(String tool) {
        Outcome outcome = make(tool, pictures.jpeg("twelve.jpg", 4000, 3000));
        assertThat(outcome.sizes()).isEqualTo("large 1440x1080, medium 800x600, thumbnail 150x150");
        assertThat(outcome.corners("large")).isEqualTo("RGBW");
        assertThat(outcome.corners("medium")).isEqualTo("RGBW");
        assertThat(outcome.corners("thumbnail")).isEqualTo("RGBW");
        Made thumbnail = outcome.made.get("thumbnail");
        assertThat(thumbnail.file().filename()).isEqualTo("asset1-thumbnail.jpg");
        assertThat(thumbnail.file().contentType()).isEqualTo("image/jpeg");
        assertThat(thumbnail.sha256()).hasSize(64);
        assertThat(outcome.run.step.warnings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "vips, 1, RGBW", "vips, 2, GRWB", "vips, 3, WBGR", "vips, 4, BWRG",
        "vips, 5, RBGW", "vips, 6, BRWG", "vips, 7, WGBR", "vips, 8, GWRB",
        "ffmpeg, 1, RGBW", "ffmpeg, 2, GRWB", "ffmpeg, 3, WBGR", "ffmpeg, 4, BWRG",
        "ffmpeg, 5, RBGW", "ffmpeg, 6, BRWG", "ffmpeg, 7, WGBR", "ffmpeg, 8, GWRB"
    })
    void a_picture_is_turned_as_exif_says(String tool, int orientation, String corners) {
        Path source = pictures.turned(pictures.jpeg("flat.jpg", 1000, 500), "turned.jpg", orientation);
        Outcome outcome = make(tool, source);
        assertThat(outcome.sizes())
                .isEqualTo(
                        orientation < 5
                                ? "large 1000x500, medium 800x400, thumbnail 150x150"
                                : "large 500x1000, medium 300x600, thumbnail 150x150");
        for (String type : outcome.made.keySet()) {
            assertThat(outcome.corners(type)).as(type).isEqualTo(corners);
            assertThat(new String(Pictures.read(outcome.result(type).file()), StandardCharsets.ISO_8859_1))
                    .doesNotContain("Exif");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "vips, 100, 60, 'large 100x60, medium 100x60, thumbnail 100x60'",
        "ffmpeg, 100, 60, 'large 100x60, medium 100x60, thumbnail 100x60'",
        "vips, 160, 2000, 'large 86x1080, medium 48x600, thumbnail 150x150'",
        "ffmpeg, 160, 2000, 'large 86x1080, medium 48x600, thumbnail 150x150'",
        "vips, 8, 8, 'large 8x8, medium 8x8, thumbnail 8x8'",
        "vips, 820, 610, 'large 820x610, medium 800x595, thumbnail 150x150'"
    })
    void nothing_is_enlarged(String tool, int width, int height, String sizes) {
        assertThat(make(tool, pictures.png("small.png", width, height)).sizes()).isEqualTo(sizes);
    }

    @ParameterizedTest
    @CsvSource({"vips, p3, RGBW", "vips, cmyk, RYBW", "ffmpeg, cmyk, RYBW"})
    void other_colours_become_srgb(String tool, String profile, String corners) {
        Path source =
                pictures.vips("icc_transform", pictures.png("srgb.png", 400, 300), profile + ".jpg[Q=95]", profile);
        Path file = source.resolveSibling(profile + ".jpg");
        Result.Frame frame = make(tool, file).frame("large");
        assertThat("" + frame.colour(50, 50) + frame.colour(350, 50) + frame.colour(50, 250) + frame.colour(350, 250))
                .as("ink has no bright green")
                .isEqualTo(corners);
        if (profile.equals("p3")) {
            assertThat(frame.component(50, 50, 0)).isGreaterThan(245);
            assertThat(frame.component(50, 50, 1))
                    .as("no red of P3 taken for one of sRGB")
                    .isLessThan(12);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"vips", "ffmpeg"})
    void what_is_transparent_becomes_white(String tool) {
        Path source =
                pictures.corners("clear.png", 400, 300, "-vf format=rgba,colorchannelmixer=aa=0:ar=1 -pix_fmt rgba");
        assertThat(make(tool, source).corners("large"))
                .as("only what was red is still there")
                .isEqualTo("RWWW");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vips", "ffmpeg"})
    void of_an_animation_the_first_frame_is_taken(String tool) {
        Path source = root.resolve("moving.gif");
        Clips.make(
                source,
                "-f lavfi -i color=red:s=200x100:d=1 -f lavfi -i color=blue:s=200x100:d=1 -filter_complex concat");
        assertThat(make(tool, source).corners("large")).isEqualTo("RRRR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vips", "ffmpeg"})
    void sixteen_bits_become_eight(String tool) {
        Path source = pictures.corners("deep.png", 400, 300, "-pix_fmt rgb48be");
        assertThat(make(tool, source).corners("medium")).isEqualTo("RGBW");
    }

    @ParameterizedTest
    @CsvSource({"webp", "gif", "tif", "heic", "avif"})
    void other_kinds_are_read(String extension) {
        Path png = pictures.png("kinds.png", 1000, 800);
        Path source = pictures.vips("copy", png, "kind." + extension);
        assertThat(make("vips", source).corners("thumbnail")).isEqualTo("RGBW");
        if (!extension.equals("heic") && !extension.equals("avif")) {
            assertThat(make("ffmpeg", source).corners("thumbnail")).isEqualTo("RGBW");
        }
    }

    @Test
    void a_bitmap_is_left_to_ffmpeg() {
        Path source = pictures.corners("old.bmp", 400, 300, "");
        Outcome outcome = make(vips, source, "");
        assertThat(outcome.corners("thumbnail")).isEqualTo("RGBW");
        assertThat(outcome.run.variable("thumbnails")).containsEntry("made_with", "ffmpeg");
    }

    @Test
    void grey_stays_grey() {
        Path source = pictures.corners("grey.jpg", 400, 300, "-pix_fmt gray");
        assertThat(make("vips", source).frame("large").brightness(350, 250)).isGreaterThan(250);
    }

    @Test
    void size_and_crop_can_be_chosen() {
        Outcome outcome = make(
                vips,
                pictures.jpeg("chosen.jpg", 1200, 600),
                "?thumbnail=300x100&medium=400x400&large=600x600&crop=attention&quality=95");
        assertThat(outcome.sizes()).isEqualTo("large 600x300, medium 400x200, thumbnail 300x100");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vips", "ffmpeg"})
    void half_a_jpeg_is_better_than_none_and_says_so(String tool) {
        Path source = pictures.beginning(pictures.jpeg("whole.jpg", 1000, 800), "half.jpg", 0.5);
        Outcome outcome = make(tool, source);
        assertThat(outcome.corners("large")).startsWith("RG");
        assertThat(outcome.run.step.warnings).containsKey("PARTLY_DAMAGED");
    }

    @ParameterizedTest
    @CsvSource({"webp", "tif", "heic"})
    void what_is_cut_off_and_cannot_be_read_is_refused_for_good(String extension) {
        Path whole = pictures.vips("copy", pictures.png("cut.png", 600, 400), "cut." + extension);
        assertThat(refused("vips", pictures.beginning(whole, "cut-half." + extension, 0.5))
                        .failure()
                        .code())
                .isEqualTo("MEDIA_UNREADABLE");
    }

    @ParameterizedTest
    @CsvSource({"vips, 20000, 20000", "vips, 100001, 1000", "ffmpeg, 10000, 6000", "vips, 2147483647, 2147483647"})
    void a_picture_too_large_is_never_decoded(String tool, int width, int height) {
        assertThat(refused(tool, pictures.promise("bomb.png", width, height))
                        .failure()
                        .code())
                .isEqualTo("PICTURE_TOO_LARGE");
    }

    @Test
    void what_is_no_picture_is_refused_by_its_bytes() {
        assertThat(code("text.jpg", "This is a letter.\n".repeat(50))).isEqualTo("NOT_MEDIA");
        assertThat(code("page.jpg", "<!doctype html><html></html>")).isEqualTo("NOT_MEDIA");
        assertThat(code("drawing.jpg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"))
                .isEqualTo("NOT_MEDIA");
        assertThat(code("paper.jpg", "%PDF-1.7")).isEqualTo("NOT_MEDIA");
        assertThat(code("sound.jpg", "fLaC")).isEqualTo("TYPE_MISMATCH");
        assertThat(code("list.jpg", "#EXTM3U\n")).isEqualTo("PLAYLIST_REFUSED");
        assertThat(code("empty.jpg", "")).isEqualTo("EMPTY_FILE");
        assertThat(code("header.jpg", "\u00ff\u00d8\u00ff\u00e0")).isEqualTo("MEDIA_UNREADABLE");
    }

    private static String code(String name, String content) {
        Path file = pictures.write(name, content.getBytes(StandardCharsets.ISO_8859_1));
        return refused("vips", file).failure().code();
    }

    @ParameterizedTest
    @CsvSource({
        "Landscape_1.jpg, 600x450",
        "Landscape_3.jpg, 600x450",
        "Landscape_6.jpg, 600x450",
        "Portrait_6.jpg, 450x600",
        "blackbug.png, 1440x1080"
    })
    void real_pictures_come_out_upright(String name, String large) {
        Path file = SHARED.resolve("image").resolve(name);
        assumeTrue(Files.exists(file));
        for (String tool : List.of("vips", "ffmpeg")) {
            assertThat(make(tool, file).sizes()).contains("large " + large);
        }
    }

    @Test
    void a_real_bomb_does_not_go_off() {
        Path file = SHARED.resolve("bad/png_bomb_16000x16000_rgb.png");
        assumeTrue(Files.exists(file));
        assertThat(refused("vips", file).failure().code()).isEqualTo("PICTURE_TOO_LARGE");
    }

    @Test
    void nothing_stays_in_the_workspace_but_the_source() {
        Outcome outcome = make("vips", pictures.jpeg("tidy.jpg", 400, 300));
        assertThat(outcome.run.step.workspace().toFile().list()).hasSize(1);
        MediaFile body = outcome.run.body();
        assertThat(body.filename()).isEqualTo("tidy.jpg");
    }
}
