package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tracks of a file are taken, and what becomes of more channels than two. */
class TracksIT {
    private static final String SMALL = "width=108&height=192";
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
    void of_several_tracks_of_sound_the_default_one_is_taken() {
        Path source = Clips.make(
                root.resolve("languages.mkv"),
                "-f lavfi -i testsrc2=s=64x36:r=30:d=1 -f lavfi -i sine=f=440:d=1 -f lavfi -i sine=f=2000:d=1"
                        + " -f lavfi -i sine=f=5000:d=1 -map 0 -map 1 -map 2 -map 3" + X264
                        + "-c:a aac -ac:a:0 6 -ac:a:1 1 -ac:a:2 2 -disposition:a 0 -disposition:a:1 default");
        assertThat(pitch(kamelets.standardize(source, SMALL).output())).isBetween(1950, 2050);
    }

    @Test
    void the_film_is_taken_and_not_the_larger_slides_and_the_warning_names_them() {
        Path source = Clips.make(
                root.resolve("slides.mp4"),
                "-f lavfi -i testsrc2=s=64x36:r=30:d=1 -f lavfi -i color=red:s=640x360:r=1:d=2 -f lavfi -i sine=d=1"
                        + " -map 0 -map 1 -map 2" + X264 + "-c:a aac -disposition:v:0 default -disposition:v:1 0");
        Kamelets.Run run = kamelets.standardize(source, SMALL);
        assertThat(run.probe().video().stream()).isZero();
        assertThat(run.step.warnings.get("TRACKS_LEFT_OUT")).contains("video track 1 (h264");
    }

    @Test
    void of_sound_without_a_decoder_the_next_track_is_taken() throws IOException {
        Path source = Clips.make(
                root.resolve("two.mov"),
                "-f lavfi -i testsrc2=s=64x36:r=30:d=1 -f lavfi -i sine=f=440:d=1 -f lavfi -i sine=f=2000:d=1"
                        + " -map 0 -map 1 -map 2" + X264 + "-c:a:0 pcm_s16le -c:a:1 aac");
        byte[] bytes = Files.readAllBytes(source);
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("sowt", "mhm1");
        Path unknown = Files.write(root.resolve("mhm1.mov"), text.getBytes(StandardCharsets.ISO_8859_1));
        Kamelets.Run run = kamelets.standardize(unknown, SMALL);
        assertThat(pitch(run.output())).isBetween(1950, 2050);
        assertThat(run.step.warnings.get("TRACKS_LEFT_OUT")).contains("mpegh_3d_audio", "no decoder");
    }

    @Test
    void covers_data_time_codes_and_subtitles_are_left_out() throws IOException {
        Path cover = Clips.make(root.resolve("cover.png"), "-f lavfi -i color=red:s=640x640 -frames:v 1");
        Path text = Files.writeString(root.resolve("text.srt"), "1\n00:00:00,000 --> 00:00:01,000\nHello\n");
        Path source = Clips.make(
                root.resolve("crowded.mp4"),
                "-i %s -i %s -f lavfi -i testsrc2=s=64x36:r=30:d=1 -f lavfi -i sine=d=1 -map 0 -map 2:v -map 3:a -map 1"
                                .formatted(cover, text)
                        + " -c:v:0 copy -disposition:v:0 attached_pic -c:v:1 libx264 -preset ultrafast -pix_fmt yuv420p"
                        + " -c:a aac -c:s mov_text -timecode 01:00:00:00");
        assertThat(new Result(source).facts("", "stream=codec_type").lines())
                .contains("video", "audio", "subtitle", "data")
                .hasSizeGreaterThan(5);
        Result result = new Result(kamelets.standardize(source, SMALL).output()).assertStandard(108, 192);
        assertThat(result.facts("", "stream=codec_type").lines()).containsExactly("video", "audio");
    }

    /** Each channel of 5.1 plays for a second of its own, then all of them as loud as can be. */
    @Test
    void surround_is_mixed_into_two_channels_with_the_centre_and_without_clipping() {
        StringBuilder channels = new StringBuilder();
        for (int channel = 0; channel < 6; channel++) {
            channels.append(channel == 0 ? "" : "|")
                    .append("sin(2*PI*%d*t)*(between(t,%d,%d)*0.3+gte(t,6)*0.99)".formatted(300, channel, channel + 1));
        }
        Path source = Clips.make(
                root.resolve("surround.mkv"),
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=s=64x36:r=30:d=8",
                        "-f",
                        "lavfi",
                        "-i",
                        "aevalsrc='" + channels + "':c=5.1:d=8",
                        "-c:v",
                        "libx264",
                        "-preset",
                        "ultrafast",
                        "-pix_fmt",
                        "yuv420p",
                        "-c:a",
                        "pcm_f32le"));
        List<double[]> loudness = new Result(kamelets.standardize(source, SMALL).output()).loudness();
        double[] left = loudness.get(10);
        double[] right = loudness.get(30);
        double[] centre = loudness.get(50);
        assertThat(left[0]).as("left stays left").isGreaterThan(0.2).isGreaterThan(5 * left[1]);
        assertThat(right[1]).as("right stays right").isGreaterThan(0.2).isGreaterThan(5 * right[0]);
        assertThat(centre[0]).as("the centre is 3 dB below a side, in both").isBetween(0.6 * left[0], 0.8 * left[0]);
        assertThat(centre[1]).isCloseTo(centre[0], within(0.02));
        assertThat(loudness.stream().flatMap(step -> Stream.of(step[0], step[1])))
                .as("nothing is cut off")
                .allMatch(peak -> peak < 0.99);
        assertThat(loudness.get(145)[0]).as("and it is loud").isGreaterThan(0.8);
    }

    private static int pitch(Path file) {
        ByteBuffer samples = ByteBuffer.wrap(Clips.run(List.of(
                        "ffmpeg",
                        "-nostdin",
                        "-v",
                        "error",
                        "-ss",
                        "0.25",
                        "-t",
                        "0.5",
                        "-i",
                        file.toString(),
                        "-vn",
                        "-ac",
                        "1",
                        "-f",
                        "s16le",
                        "-")))
                .order(ByteOrder.LITTLE_ENDIAN);
        int crossings = 0;
        int count = samples.remaining() / 2;
        for (int i = 0, before = 0; i < count; i++) {
            int sample = samples.getShort();
            crossings += before < 0 && sample >= 0 ? 1 : 0;
            before = sample;
        }
        return crossings * 48_000 / count;
    }
}
