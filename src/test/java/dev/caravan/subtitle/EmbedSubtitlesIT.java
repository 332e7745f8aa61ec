package dev.caravan.subtitle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.json.Json;
import dev.caravan.media.Clips;
import dev.caravan.media.Kamelets;
import dev.caravan.media.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "vtt|C:\\New {\\an8} &lt;b&gt;x|C:\\New {\\an8} <b>x",
                "vtt|{\\an8}up|{\\an8}up",
                "vtt|{\\pos(1,1)}all|{\\pos(1,1)}all",
                "vtt|<c.red>a</c> &amp;lt; \u2060 &rlm;שלום|a &lt; \u2060 \u200Fשלום",
                "|{\\foo} kept?|{\\foo} kept?",
                "|{\\clip(0,0,1,1)} \\h a\\nb \\|{\\clip(0,0,1,1)} \\h a\\nb \\",
                "|&lt;b&gt; end|<b> end",
                "|<s>no</s> <x> <3 {a} }{|no <x> <3 {a} }{",
                "|👨‍👩‍👧 👍🏽 a‌b|👨‍👩‍👧 👍🏽 a‌b",
            })
    void the_track_the_vtt_and_the_picture_say_the_same_letters(String head, String said, String shown)
            throws Exception {
        Path source = Clips.make(
                root.resolve("letters.mp4"),
                "-f lavfi -i color=gray:s=64x36:r=10:d=2 -c:v libx264 -preset ultrafast -pix_fmt yuv420p");
        String text = (head == null ? "" : "WEBVTT\n\n") + "00:00:00.500 --> 00:00:01.500\n" + said + "\n";
        Kamelets.Run run = burning.embed(source, text, "");
        assertThat(texts(run.output())).containsExactly("", shown);
        Cue cue = SrtFile.own().read(burning.stored(run)).cues().get(0);
        assertThat(VttWriter.write(List.of(cue)).lines().skip(3).findFirst())
                .contains(shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
        String ass = AssText.of(cue.text(), new LongWordRoom(1000), AssTextTest.ANY, false);
        assertThat(ass.replaceAll("(?<!\\\\)\\{[^}]*}", "")
                        .replace("\\{", "{")
                        .replace("\\}", "}")
                        .replace("\\\u2060", "\\"))
                .isEqualTo(shown.replace("🏽", ""));
    }

    @Test
    void faces_and_colours_stand_beside_the_letters_of_the_track() {
        Path source = Clips.make(
                root.resolve("faces.mp4"),
                "-f lavfi -i color=gray:s=64x36:r=10:d=2 -c:v libx264 -preset ultrafast -pix_fmt yuv420p");
        String srt = "00:00:00,000 --> 00:00:02,000\n😀<b>b<i>c</i></b>\n<font color=tomato>d</font>\n";
        Result result = new Result(burning.embed(source, srt, "").output());
        assertThat(result.subtitles())
                .containsExactly(
                        "00:00:00,000 --> 00:00:02,000 😀<b>b</b><b><i>c</i></b>/<font color=\"#ff6347\">d</font>");
    }

    /** The text of each sample of the track, after its two bytes of length. */
    private static List<String> texts(Path file) throws Exception {
        String json = new String(Clips.run(List.of(
                "ffprobe",
                "-v",
                "error",
                "-select_streams",
                "s",
                "-show_packets",
                "-show_data",
                "-of",
                "json",
                file.toString())));
        return StreamSupport.stream(Json.MAPPER.readTree(json).path("packets").spliterator(), false)
                .map(packet -> bytes(packet.path("data").asText()))
                .map(bytes -> new String(bytes, 2, bytes[0] << 8 | bytes[1] & 0xFF, StandardCharsets.UTF_8))
                .toList();
    }

    private static byte[] bytes(String dump) {
        String hex = dump.lines()
                .filter(line -> line.contains(": "))
                .map(line -> line.substring(10, Math.min(line.length(), 50)).replace(" ", ""))
                .collect(Collectors.joining());
        return HexFormat.of().parseHex(hex);
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
        assertThat(NonOverlappingCues.of(cues, 150))
                .extracting(
                        cue -> cue.start() + "-" + cue.end() + " " + cue.text().replace('\n', '/'))
                .containsExactly("0-50 a", "50-80 a/b", "80-100 a", "100-150 c");
    }
}
