package dev.caravan.subtitle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.media.Clips;
import dev.caravan.media.Kamelets;
import dev.caravan.media.Result;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbedSubtitlesIT {
    private static final String SRT = "1\n00:00:00,500 --> 00:00:01,500\nשלום <i>One</i>\n\n"
            + "2\n00:00:01,000 --> 00:00:02,000\nTwo\n\n3\n00:00:02,500 --> 00:00:09,000\n{\\an8}Three\n";

    @TempDir
    static Path root;

    private static Burning burning;

    @BeforeAll
    static void start() {
        burning = new Burning(root);
    }

    @AfterAll
    static void stop() {
        burning.close();
    }

    @Test
    void the_picture_is_copied_and_the_track_says_what_the_file_says() {
        Path source = Clips.make(
                root.resolve("a.mp4"),
                "-f lavfi -i testsrc2=s=320x180:r=25:d=3 -f lavfi -i sine=d=3 -c:v libx264 -preset ultrafast"
                        + " -pix_fmt yuv420p -c:a aac -metadata title=secret");
        Kamelets.Run run = burning.embed(source, SRT, "language=heb");
        Result result = new Result(run.output());
        assertThat(result.facts("v", "packet=size,pts_time"))
                .isEqualTo(new Result(source).facts("v", "packet=size,pts_time"));
        assertThat(result.facts("s", "stream=codec_name")).isEqualTo("mov_text");
        assertThat(result.facts("s", "stream_tags=language")).isEqualTo("heb");
        assertThat(result.facts("v", "format_tags")).doesNotContain("secret");
        assertThat(result.subtitles())
                .containsExactly(
                        "00:00:00,500 --> 00:00:01,000 שלום <i>One</i>",
                        "00:00:01,000 --> 00:00:01,500 שלום <i>One</i>/Two",
                        "00:00:01,500 --> 00:00:02,000 Two",
                        "00:00:02,500 --> 00:00:03,000 Three");
        assertThat(run.variable("embed")).containsEntry("cues", 3).containsEntry("width", 320);
    }

    @Test
    void a_turned_picture_stays_turned() {
        Path plain = Clips.make(
                root.resolve("p.mp4"), "-f lavfi -i testsrc2=s=320x180:r=10:d=3 -c:v libx264 -preset ultrafast");
        Path turned = Clips.turned(plain, root.resolve("turned.mp4"), 0, 1, -1, 0);
        Kamelets.Run run = burning.embed(turned, SRT, "");
        assertThat(new Result(run.output()).facts("v", "stream_side_data=rotation"))
                .isNotEmpty();
        assertThat(run.variable("embed")).containsEntry("width", 180).containsEntry("height", 320);
    }

    @ParameterizedTest
    @CsvSource({
        "webm, -c:v libvpx -b:v 200k -c:a libopus",
        "avi, -c:v mjpeg -c:a pcm_s16le",
        "ts, -c:v libx264 -c:a mp2"
    })
    void what_an_mp4_cannot_hold_is_encoded(String format, String codecs) {
        Path source = Clips.make(
                root.resolve("other." + format),
                "-f lavfi -i testsrc2=s=322x182:r=25:d=3 -f lavfi -i sine=d=3 " + codecs + " -pix_fmt yuvj420p");
        Result result = new Result(burning.embed(source, SRT, "").output());
        assertThat(result.facts("v", "stream=codec_name,width,height")).isEqualTo("h264,322,182");
        assertThat(result.facts("a", "stream=codec_name")).isEqualTo("aac");
        assertThat(result.subtitles()).hasSize(4);
        assertThat(result.duration("v")).isCloseTo(3, within(0.15));
    }

    @Test
    void cues_that_overlap_stand_in_one() {
        List<Cue> cues = List.of(new Cue(0, 100, "a", 1), new Cue(50, 80, "b", 2), new Cue(100, 200, "c", 3));
        assertThat(OneAtATime.of(cues, 150))
                .extracting(
                        cue -> cue.start() + "-" + cue.end() + " " + cue.text().replace('\n', '/'))
                .containsExactly("0-50 a", "50-80 a/b", "80-100 a", "100-150 c");
    }
}
