package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.ffmpeg.CommandTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The arguments that come out of the commands as they stand in the Kamelet. */
class StandardCommandTest {
    private static final String LOOK =
            "[0:0]split[seen][looked];[seen]select=key,showinfo=checksum=0,nullsink;[looked]";
    private static final StandardFormat BLUR = GeometryTest.format("blur");
    private static final Probe.Audio SOUND = new Probe.Audio(1, "aac", 2, 48_000, 0, 0, 1);

    private static CommandTemplate measure;
    private static CommandTemplate copy;
    private static CommandTemplate encode;

    @BeforeAll
    static void read() throws IOException {
        measure = command("measure-loudness-action");
        copy = command("copy-standard-video-action");
        encode = command("standardize-video-action");
    }

    private static CommandTemplate command(String kamelet) throws IOException {
        return Pattern.compile(
                        "name: ffmpeg.command\\n +expression:\\n +constant:\\n( +)expression: \\|\\n((?:\\1  .*\\n|\\n)+)")
                .matcher(Files.readString(Path.of("src/main/resources/kamelets/" + kamelet + ".kamelet.yaml")))
                .results()
                .map(found -> found.group(2).stripTrailing().stripIndent())
                .map(CommandTemplate::parse)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void landscape_gets_a_blurred_surround() {
        assertThat(graph(video(1920, 1080), SOUND, BLUR))
                .startsWith(LOOK + "fps=30:start_time=0,scale=w='2*max(1,round(1080*min(1,if(between(")
                .endsWith(":eval=frame:in_color_matrix=bt709:out_color_matrix=bt709:out_range=tv,"
                        + "format=yuv420p,split[picture][copy];"
                        + "[copy]scale=1080:608,crop=342:608,fps=15,scale=136:240:flags=area,gblur=sigma=8,"
                        + "scale=1080:1920,fps=30,tpad=stop_mode=clone:stop=2[back];"
                        + "[picture]scale=iw:ih:eval=frame,format=yuva420p[front];"
                        + "[back][front]overlay=(W-w)/2:(H-h)/2:shortest=1,setsar=1[v]");
    }

    @Test
    void the_filters_of_the_picture_hold_no_size_of_the_first_one_and_live_on_when_it_changes() {
        for (String fit : List.of("blur", "pad", "crop")) {
            assertThat(graph(video(1921, 1081), SOUND, GeometryTest.format(fit)))
                    .doesNotContain("1921", "1081");
            assertThat(arguments(video(1921, 1081), SOUND, GeometryTest.format(fit)))
                    .containsSubsequence("-reinit_filter:v", "0", "-i", "/w/source");
        }
    }

    @Test
    void what_only_some_videos_need_is_there_for_those_only() {
        Probe.Video hdr = with(video(1920, 1080), "hdr", "pq");
        assertThat(graph(hdr, SOUND, BLUR))
                .contains("pad=1080:608:(ow-iw)/2:(oh-ih)/2:eval=frame,zscale", "tonemap=hable")
                .doesNotContain("in_color_matrix", "bwdif");
        assertThat(graph(with(video(1920, 1080), "matrix", "bt2020"), SOUND, BLUR))
                .contains("zscale=tin=709:pin=2020")
                .doesNotContain("tonemap");
        assertThat(graph(with(video(1920, 1080), "interlaced", true), SOUND, BLUR))
                .startsWith(LOOK + "scale=1920:1080:interl=-1,bwdif=mode=send_frame,fps=30");
        assertThat(graph(video(1920, 1080), SOUND, GeometryTest.format("pad")))
                .contains("pad=1080:1920")
                .doesNotContain("gblur");
        assertThat(graph(video(1920, 1080), SOUND, GeometryTest.format("crop")))
                .contains("[canvas][cover]overlay")
                .doesNotContain("crop=");
    }

    @Test
    void without_sound_there_is_silence_that_ends_with_the_picture() {
        assertThat(arguments(video(1920, 1080), null, BLUR))
                .contains("anullsrc=r=48000:cl=stereo,atrim=end=62,apad=whole_dur=62[a]", "-shortest");
    }

    @Test
    void sound_that_goes_on_holds_the_last_picture_and_is_not_cut() {
        Probe.Audio longer = new Probe.Audio(1, "aac", 2, 48_000, 0, 0, 3);
        assertThat(arguments(video(1920, 1080), longer, BLUR)).doesNotContain("-shortest");
        assertThat(graph(video(1920, 1080), longer, BLUR)).contains("tpad=stop_mode=clone:stop_duration=2,setsar=1[v]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"blur", "pad", "crop"})
    void every_value_that_the_commands_ask_for_is_there(String fit) {
        Map<String, Object> values = values(video(1920, 1080), SOUND, GeometryTest.format(fit));
        values.putAll(stills(video(1920, 1080)));
        Set<String> known = values.keySet();
        assertThat(known).containsAll(measure.names());
        assertThat(known).containsAll(copy.names());
        assertThat(known).containsAll(encode.names());
        assertThat(Stream.concat(copy.names().stream(), encode.names().stream()))
                .containsAll(known);
    }

    @Test
    void stills_branch_off_before_the_frame_rate_is_changed_and_each_branch_ends_with_its_frame() {
        Map<String, Object> values = values(video(1920, 1080), SOUND, GeometryTest.format("crop"));
        values.putAll(stills(video(1920, 1080)));
        assertThat(graph(encode.arguments(values)))
                .startsWith(LOOK + "split=4[moving][first][early][middle];[early]tpad=stop_mode=clone:stop=-1,"
                        + "trim=start=0.95,trim=end_frame=1,scale=w='if(eq(iw,1920)*eq(ih,1080)")
                .contains(";[moving]fps=30:start_time=0,");
        assertThat(encode.arguments(values)).containsSubsequence("-map", "[caption]", "-frames:v", "1", "/w/caption");
        assertThat(graph(copy.arguments(values))).endsWith("[moving]null[rest]");
    }

    @Test
    void the_result_is_the_last_argument_and_stands_alone() {
        assertThat(arguments(video(1920, 1080), SOUND, BLUR)).endsWith("+faststart", "-f", "mp4", "/w/out put.mp4");
        assertThat(copy.arguments(values(video(1080, 1920), SOUND, BLUR)))
                .containsSubsequence("-c", "copy", "-map_metadata", "-1");
    }

    private static String graph(Probe.Video video, Probe.Audio audio, StandardFormat format) {
        return graph(arguments(video, audio, format));
    }

    private static String graph(List<String> arguments) {
        return arguments.get(arguments.indexOf("-filter_complex") + 1);
    }

    private static List<String> arguments(Probe.Video video, Probe.Audio audio, StandardFormat format) {
        return encode.arguments(values(video, audio, format));
    }

    private static Map<String, Object> values(Probe.Video video, Probe.Audio audio, StandardFormat format) {
        Map<String, Object> values =
                new HashMap<>(StandardValues.of(new Probe("mov", 1, 1, video, audio), heard(audio), format));
        values.put("stills", false);
        values.put("even", "");
        values.put("source", Path.of("/w/source"));
        values.put("output", Path.of("/w/out put.mp4"));
        return values;
    }

    private static MeasuredSound heard(Probe.Audio audio) {
        return audio == null ? MeasuredSound.NONE : new MeasuredSound(true, 1, 2, false, 0, audio.duration(), null, "");
    }

    private static Map<String, Object> stills(Probe.Video video) {
        Options options = Options.parse("time=2\nposterSize=1920\nthumbnailWidth=320\ncaptionSize=768\nquality=3");
        Map<String, Object> values = StillsBeside.of(options, video).values();
        values.put("stills", true);
        values.put("poster", Path.of("/w/poster"));
        values.put("thumbnail", Path.of("/w/thumbnail"));
        values.put("caption_frame", Path.of("/w/caption"));
        return values;
    }

    private static Probe.Video video(int width, int height) {
        return GeometryTest.video(width, height, 1, 0);
    }

    private static Probe.Video with(Probe.Video video, String name, Object value) {
        var json = new com.fasterxml.jackson.databind.ObjectMapper();
        Map<String, Object> fields = json.convertValue(video, new com.fasterxml.jackson.core.type.TypeReference<>() {});
        fields.put(name, value);
        return json.convertValue(fields, Probe.Video.class);
    }
}
