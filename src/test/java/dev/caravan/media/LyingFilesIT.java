package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that say of themselves what is not so: each comes to an end that is bounded and explained. */
@Timeout(60)
class LyingFilesIT {
    private static final String SMALL = "width=108&height=192";
    private static final String X264 = " -c:v libx264 -preset ultrafast -pix_fmt yuv420p ";
    private static final long HOURS_39 = 39 * 3600;
    private static final long HOURS_11 = 11 * 3600;

    @TempDir
    static Path root;

    private static Kamelets kamelets;
    private static Path plain;

    @BeforeAll
    static void start() {
        kamelets = Kamelets.fast(root);
        plain = Clips.make(
                root.resolve("plain.mp4"),
                "-f lavfi -i testsrc2=s=64x36:r=30:d=1 -f lavfi -i sine=r=48000:d=1" + X264 + "-ac 2 -c:a aac");
    }

    @AfterAll
    static void stop() {
        kamelets.close();
    }

    @Test
    void a_header_that_claims_39_hours_changes_nothing() {
        Path lie = Boxes.of(plain)
                .set(0, "mvhd", 24, HOURS_39 * 1000)
                .set(0, "tkhd", 28, HOURS_39 * 1000)
                .set(0, "mdhd", 24, HOURS_39 * 15_360)
                .set(0, "elst", 16, HOURS_39 * 1000)
                .write(root.resolve("header.mp4"));
        oneSecond(lie);
    }

    @Test
    void a_last_frame_that_claims_to_stand_for_39_hours_does_not() {
        Path lie = Boxes.of(plain)
                .set(0, "mvhd", 24, HOURS_39 * 1000)
                .set(0, "tkhd", 28, HOURS_39 * 1000)
                .set(0, "mdhd", 24, HOURS_39 * 15_360)
                .set(0, "elst", 16, HOURS_39 * 1000)
                .lastLasts(0, HOURS_39 * 15_360)
                .write(root.resolve("last.mp4"));
        oneSecond(lie);
    }

    @Test
    void a_matroska_header_that_claims_39_hours_is_told_and_changes_nothing_else() throws IOException {
        Path mkv = Clips.make(root.resolve("plain.mkv"), "-i " + plain + " -c copy -map_metadata:s -1 -bitexact");
        byte[] bytes = Files.readAllBytes(mkv);
        int duration = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("\u0044\u0089\u0088");
        ByteBuffer.wrap(bytes).putDouble(duration + 3, HOURS_39 * 1000.0);
        Path lie = Files.write(root.resolve("header.mkv"), bytes);
        Kamelets.Run run = kamelets.standardize(lie, SMALL);
        assertThat(run.step.warnings.get("PARTLY_DAMAGED"))
                .startsWith("The header claims a length of which 100 % (")
                .endsWith(" frames) is not in the file");
        assertThat(new Result(run.output()).assertStandard(108, 192).duration("v"))
                .isCloseTo(1, within(0.05));
    }

    @Test
    void time_stamps_that_lie_39_hours_apart_are_refused() {
        Path gap = Clips.make(
                root.resolve("gap.mkv"),
                "-f lavfi -i testsrc2=s=64x36:r=30:d=1 -vf setpts='PTS+gt(N\\,20)*" + HOURS_39 + "/TB' -vsync vfr"
                        + X264);
        refused(gap, "MEDIA_TOO_LONG", "39.0 hours");
    }

    @ParameterizedTest
    @CsvSource({"again, ts, 0", "again, mpg, 0", "back, ts, -1.5", "ahead, ts, 9000", "ahead, mpg, 9000"})
    void time_stamps_that_start_again_or_jump_are_those_of_joined_recordings(String name, String type, double offset)
            throws IOException {
        String codecs = type.equals("mpg") ? " -c:v mpeg2video -c:a mp2 -f vob " : X264 + "-g 25 -c:a mp2 -f mpegts ";
        Path joined = root.resolve(name + "." + type);
        Files.deleteIfExists(joined);
        for (int i = 0; i < 2; i++) {
            Path part = Clips.make(
                    root.resolve(i + name + "." + type),
                    "-f lavfi -i testsrc2=s=64x36:r=25:d=2 -f lavfi -i sine=f=" + (i + 1) * 440 + ":d=2" + codecs
                            + "-output_ts_offset " + (i == 0 ? 10 : 10 + offset));
            Files.write(joined, Files.readAllBytes(part), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        Kamelets.Run run = kamelets.standardize(joined, SMALL);
        assertThat(run.probe().duration()).isCloseTo(4, within(0.2));
        Result result = new Result(run.output()).assertStandard(108, 192);
        assertThat(result.duration("v")).isCloseTo(4, within(0.2));
        assertThat(run.step.warnings).isEmpty();
        Kamelets.Run compressed =
                kamelets.start(joined).send("probe-media-action").send("compress-video-action");
        assertThat((Double) compressed.variable("compress").get("duration")).isCloseTo(4, within(0.2));
    }

    @Test
    void a_last_packet_of_sound_that_claims_11_hours_holds_no_picture() {
        Path lie = Boxes.of(plain)
                .set(1, "mdhd", 24, HOURS_11 * 48_000)
                .set(1, "tkhd", 28, HOURS_11 * 1000)
                .set(1, "elst", 16, HOURS_11 * 1000)
                .lastLasts(1, HOURS_11 * 48_000)
                .write(root.resolve("sound.mp4"));
        assertThat(new Result(kamelets.standardize(lie, SMALL).output()).duration("v"))
                .isLessThan(2);
    }

    @Test
    void tags_of_the_file_that_a_matroska_was_cut_from_change_nothing() {
        Path cut = Clips.make(
                root.resolve("cut.mkv"),
                "-i " + plain + " -c copy -metadata:s NUMBER_OF_FRAMES=3000 -metadata:s DURATION-eng=00:01:40.000");
        oneSecond(cut);
    }

    @Test
    void a_few_pictures_that_claim_to_last_for_hours_are_refused_before_they_are_encoded() {
        Path tiny = Clips.make(
                root.resolve("tiny.mp4"),
                "-f lavfi -i color=red:s=64x36:r=1:d=12 -vf setpts=PTS*3500,fps=1/3500" + X264 + "-r 1/3500");
        refused(tiny, "MEDIA_TOO_SPARSE", "12 pictures");
        for (String kamelet : List.of("make-preview-action", "extract-stills-action")) {
            kamelets.start(tiny).send("probe-media-action").send(kamelet);
        }
    }

    @Test
    void a_picture_that_ends_before_the_sound_stands_until_the_sound_ends_and_that_is_told() {
        Path two = Clips.make(
                root.resolve("two.mkv"),
                "-f lavfi -i testsrc2=s=64x36:r=1:d=3 -vf select='eq(n,0)+eq(n,2)' -vsync vfr" + X264);
        Path sparse = Clips.make(
                root.resolve("sparse.mkv"), "-i " + two + " -f lavfi -i sine=d=8 -map 0 -map 1 -c:v copy -c:a aac");
        longer(sparse, 8);
        Path still = Clips.make(
                root.resolve("still.mp4"),
                "-f lavfi -i color=red:s=64x36:r=25:d=0.04 -f lavfi -i sine=d=70" + X264 + "-c:a aac");
        longer(still, 70);
        Kamelets.Run preview = kamelets.start(still).send("probe-media-action").send("make-preview-action");
        assertThat(preview.variable("preview").toString()).matches("(?s).*duration=1(\\.[01]\\d*)?,.*");
    }

    private static void longer(Path source, double sound) {
        Kamelets.Run run = kamelets.standardize(source, SMALL);
        assertThat(run.step.warnings.get("PICTURE_ENDS_EARLY"))
                .contains("the sound at %.1f s; in between the last picture stands".formatted(sound));
        assertThat(new Result(run.output()).assertStandard(108, 192).duration("v"))
                .isCloseTo(sound, within(0.15));
        Kamelets.Run compressed =
                kamelets.start(source).send("probe-media-action").send("compress-video-action");
        assertThat(compressed.step.warnings).containsKey("PICTURE_ENDS_EARLY");
    }

    @Test
    void a_slide_show_is_no_lie() {
        Path slides = Clips.make(
                root.resolve("slides.mp4"),
                "-f lavfi -i testsrc2=s=64x36:r=1/20:d=80 -f lavfi -i sine=d=80 -c:a aac -ac 2" + X264);
        Kamelets.Run run = kamelets.standardize(slides, SMALL);
        assertThat(run.probe().video().overlong()).isFalse();
        assertThat(new Result(run.output()).duration("v")).isCloseTo(80, within(0.15));
    }

    @Test
    void a_track_of_sound_without_samples_is_none() {
        Kamelets.Run run = kamelets.standardize(Boxes.of(plain).empty(1).write(root.resolve("silent.mp4")), SMALL);
        assertThat(run.probe().audio()).isNull();
        assertThat(run.converted().get("notes")).asString().contains("no sound");
        new Result(run.output()).assertStandard(108, 192);
    }

    @Test
    void of_two_tracks_of_sound_the_one_that_holds_some_is_taken() {
        Path two = Clips.make(
                root.resolve("two.mp4"),
                "-i " + plain + " -f lavfi -i sine=r=48000:d=1 -map 0 -map 1 -c:v copy -c:a aac -ac 2");
        Kamelets.Run run = kamelets.standardize(Boxes.of(two).empty(1).write(root.resolve("half.mp4")), SMALL);
        assertThat(run.probe().audio().stream()).isEqualTo(2);
        assertThat(new Result(run.output()).loudness().get(5)[0]).isGreaterThan(0.05);
    }

    @Test
    void a_picture_without_samples_is_refused() {
        refused(Boxes.of(plain).empty(0).write(root.resolve("blind.mp4")), "MEDIA_UNREADABLE", "");
    }

    @ParameterizedTest
    @CsvSource({"ts, 36000", "mkv, 3600", "mp4, 100"})
    void time_that_does_not_begin_at_zero_is_moved_there(String extension, int second) {
        Path late =
                Clips.make(root.resolve("late." + extension), "-i " + plain + " -c copy -output_ts_offset " + second);
        if (extension.equals("mp4")) {
            assertThat(kamelets.probe(late).duration()).isLessThan(200);
        } else {
            oneSecond(late);
        }
    }

    @Test
    void eight_thousand_pixels_take_a_bounded_memory() {
        Path huge = Clips.make(
                root.resolve("8k.mp4"), "-f lavfi -i color=gray:s=7680x4320:r=30:d=0.2" + X264 + "-threads 2");
        try (Kamelets narrow = new Kamelets(
                root.resolve("narrow"),
                Map.of("caravan.ffmpeg.preset", "ultrafast", "caravan.ffmpeg.memory", "2500000000"))) {
            new Result(narrow.standardize(huge, SMALL).output()).assertStandard(108, 192);
        }
        try (Kamelets tiny = new Kamelets(
                root.resolve("tiny"),
                Map.of("caravan.ffmpeg.preset", "ultrafast", "caravan.ffmpeg.memory", "500000000"))) {
            assertThatThrownBy(() -> tiny.standardize(huge, SMALL)).hasMessageContaining("OUT_OF_MEMORY");
        }
    }

    private static void oneSecond(Path file) {
        Kamelets.Run run = kamelets.standardize(file, SMALL);
        assertThat(run.step.warnings).isEmpty();
        Result result = new Result(run.output()).assertStandard(108, 192);
        assertThat(result.duration("v")).isCloseTo(1, within(0.05));
        assertThat(result.duration("a")).isCloseTo(1, within(0.15));
    }

    private static void refused(Path file, String code, String message) {
        assertThatThrownBy(() -> kamelets.standardize(file, SMALL))
                .isInstanceOfSatisfying(StepException.class, refused -> {
                    assertThat(refused.failure().code()).isEqualTo(code);
                    assertThat(refused.failure().kind()).isEqualTo(FailureKind.PERMANENT);
                    assertThat(refused.failure().message()).contains(message);
                });
    }
}
