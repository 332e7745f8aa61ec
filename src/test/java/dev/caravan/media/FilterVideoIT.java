package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.durable.KameletParameters;
import dev.caravan.failure.StepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Filters and arguments of a pipeline's own, on inputs that are not easy. */
class FilterVideoIT {
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
    void a_filter_may_change_the_size_and_a_picture_of_odd_size_becomes_even() {
        Path clip = clip("odd.mkv", "-f lavfi -i testsrc2=s=321x241:r=25:d=1 -c:v ffv1");
        assertThat(filtered(clip, Map.of("filter", "null")).facts("v", "stream=width,height"))
                .isEqualTo("320,240");
        assertThat(filtered(clip, Map.of("filter", "scale=101:77")).facts("v", "stream=width,height"))
                .isEqualTo("102,78");
    }

    @Test
    void a_turned_video_is_filtered_upright() {
        Path flat = clip("flat.mp4", "-f lavfi -i color=blue:s=320x180:r=25:d=1" + X264);
        Path turned = clip("turned.mp4", "-i " + flat + " -c copy -metadata:s:v rotate=90");
        Result result = filtered(turned, Map.of("filter", "drawbox=x=0:y=0:w=40:h=40:color=red:t=fill"));
        assertThat(result.facts("v", "stream=width,height")).isEqualTo("180,320");
        assertThat(result.frame(0.5).colour(20, 20)).isEqualTo('R');
    }

    @Test
    void a_silent_video_gets_a_silent_track_and_hdr_becomes_bt709() {
        Path hdr = clip(
                "hdr.mp4",
                "-f lavfi -i testsrc2=s=320x180:r=25:d=1 -c:v libx265 -preset ultrafast -pix_fmt yuv420p10le -x265-params"
                        + " log-level=none -color_primaries bt2020 -color_trc smpte2084 -colorspace bt2020nc");
        Result result = filtered(hdr, Map.of("filter", "[video]hflip"));
        assertThat(result.facts("v", "stream=pix_fmt,color_space,color_transfer,color_primaries"))
                .isEqualTo("yuv420p,bt709,bt709,bt709");
        assertThat(result.facts("a", "stream=codec_name,channels")).isEqualTo("aac,2");
    }

    @Test
    void a_part_of_a_transport_stream_begins_where_it_shall() {
        Path stream = clip(
                "long.ts",
                "-f lavfi -i color=black:s=160x90:r=25:d=70 -f lavfi -i color=white:s=160x90:r=25:d=20 -filter_complex"
                        + " [0][1]concat -g 250" + X264);
        Map<String, String> part = Map.of("filter", "null", "values", "from: 69\nto: 73", "lasts", "{from}..{to}");
        Result result = filtered(stream, part);
        assertThat(result.duration("v")).isCloseTo(4, within(0.1));
        assertThat(result.frame(0.5).colour(80, 45)).isEqualTo('K');
        assertThat(result.frame(1.5).colour(80, 45)).isEqualTo('W');
    }

    @Test
    void sound_whose_format_changes_runs_with_the_part_of_the_picture() throws IOException {
        Path mono = clip("mono.ts", beeps(1, 44_100));
        Path stereo = clip("stereo.ts", beeps(2, 48_000));
        Path both = root.resolve("both.ts");
        Files.write(both, Files.readAllBytes(mono));
        Files.write(both, Files.readAllBytes(stereo), java.nio.file.StandardOpenOption.APPEND);
        Result result = filtered(both, Map.of("filter", "null", "values", "from: 1\nto: 5", "lasts", "{from}..{to}"));
        assertThat(result.duration("a")).isCloseTo(4, within(0.2));
        assertThat(result.facts("a", "stream=sample_rate,channels")).isEqualTo("48000,2");
    }

    @Test
    void a_file_that_is_not_what_the_step_promises_is_refused() {
        Path clip = clip("plain.mp4", "-f lavfi -i testsrc2=s=64x64:r=25:d=2" + X264);
        StepException shorter = refused(clip, "format=mp4", "-i {source}\n-t 1\n-movflags +faststart\n{output}");
        assertThat(shorter.failure().code()).isEqualTo("OUTPUT_INVALID");
        assertThat(shorter.failure().message()).contains("it lasts 1.00 s instead of 2.00 s");
        assertThat(refused(clip, "format=mp4", "-i {source}\n{output}")
                        .failure()
                        .message())
                .contains("-movflags +faststart");
        assertThat(refused(clip, "format=webm&holds=sound", "-i {source}\n-f mp4\n{output}")
                        .failure()
                        .message())
                .contains("it is no webm but MP4 or QuickTime");
        assertThat(refused(clip, "format=mp4", "-i /etc/passwd\n{output}")
                        .failure()
                        .code())
                .isEqualTo("COMMAND_INVALID");
    }

    @Test
    void a_damaged_source_is_finished_with_a_warning() throws IOException {
        Path whole = clip("whole.mp4", "-f lavfi -i testsrc2=s=320x180:r=25:d=6" + X264);
        byte[] bytes = Files.readAllBytes(whole);
        Arrays.fill(bytes, bytes.length / 3, bytes.length / 3 + 20_000, (byte) 0x55);
        Path damaged = Files.write(root.resolve("damaged.mp4"), bytes);
        Kamelets.Run run = kamelets.start(damaged)
                .send("probe-media-action")
                .send(call("filter-video-action", Map.of("filter", "null")));
        assertThat(run.step.warnings).containsKey("PARTLY_DAMAGED");
    }

    private static String beeps(int channels, int rate) {
        return "-f lavfi -i testsrc2=s=160x90:r=25:d=3 -f lavfi -i sine=d=3:r=" + rate + " -shortest -ac " + channels
                + X264 + "-c:a aac";
    }

    private static StepException refused(Path clip, String query, String arguments) {
        return catchThrowableOfType(StepException.class, () -> kamelets.start(clip)
                .send("probe-media-action")
                .send("run-ffmpeg-action?" + query + "&arguments=" + KameletParameters.encode(arguments)));
    }

    private static Result filtered(Path clip, Map<String, String> parameters) {
        return new Result(kamelets.start(clip)
                .send("probe-media-action")
                .send(call("filter-video-action", parameters))
                .output());
    }

    private static String call(String kamelet, Map<String, String> parameters) {
        return kamelet
                + new HashMap<>(parameters)
                        .entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + KameletParameters.encode(entry.getValue()))
                                .collect(Collectors.joining("&", "?", ""));
    }

    private static Path clip(String name, String how) {
        return Clips.make(root.resolve(name), how);
    }
}
