package dev.caravan.subtitle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.media.Clips;
import dev.caravan.media.Kamelets;
import dev.caravan.media.Result;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BurnSubtitlesIT {
    private static final String X264 = " -c:v libx264 -preset ultrafast -crf 10 -pix_fmt yuv420p ";
    private static final String SECOND_OF_THREE = "1\n00:00:01,000 --> 00:00:02,000\n%s\n";

    @TempDir
    static Path root;

    private static Burning burning;
    private static Path landscape;

    @BeforeAll
    static void start() {
        burning = new Burning(root);
        landscape = grey("landscape.mp4", "640x360");
    }

    @AfterAll
    static void stop() {
        burning.close();
    }

    @Test
    void the_subtitle_is_in_the_picture_at_its_time_and_at_its_place_and_nowhere_else() {
        Result result = burning.burn(landscape, SECOND_OF_THREE.formatted("Here it is"), "");
        Difference shown = Difference.from(grey(result), result.frame(1.5));
        assertThat(Difference.from(grey(result), result.frame(0.9)).isNone()).isTrue();
        assertThat(Difference.from(grey(result), result.frame(1)).isNone()).isFalse();
        assertThat(Difference.from(grey(result), result.frame(1.9)).isNone()).isFalse();
        assertThat(Difference.from(grey(result), result.frame(2)).isNone()).isTrue();
        assertThat(shown.top()).isGreaterThan(360 - 40 - 18);
        assertThat(shown.bottom()).isBetween(360 - 40 - 8, 360 - 40 + 2);
        assertThat(shown.middle()).isCloseTo(320, within(3));
        assertThat(shown.width()).isBetween(70, 110);
    }

    @ParameterizedTest
    @CsvSource({
        "1920x1080, 360p,  640,  360",
        "1920x1080, 480p,  854,  480",
        "1920x1080, 720p,  1280, 720",
        "1920x1080, 1080p, 1920, 1080",
        "1080x1920, 360p,  360,  640",
        "1080x1920, 480p,  480,  854",
        "1080x1920, 720p,  720,  1280",
        "1080x1920, 1080p, 1080, 1920",
        "1000x1000, 480p,  480,  480",
        "320x240,   720p,  320,  240",
    })
    void the_picture_is_fitted_and_the_letters_with_it(String size, String resolution, int width, int height) {
        Path source = Clips.make(root.resolve(size + ".mp4"), "-f lavfi -i color=gray:s=" + size + ":r=5:d=1" + X264);
        Result result = burning.burn(source, "00:00:00,000 --> 00:00:02,000\nHg\n", "resolution=" + resolution);
        assertThat(result.facts("v", "stream=codec_name,width,height,sample_aspect_ratio,pix_fmt"))
                .isEqualTo("h264," + width + "," + height + ",1:1,yuv420p");
        double scale = Math.min(width, height) / 1080.0;
        Difference shown = Difference.from(grey(result), result.frame(0.4));
        assertThat(shown.height()).isCloseTo((int) (46 * scale), within((int) (5 + 4 * scale)));
        assertThat(height - shown.bottom()).isCloseTo((int) (120 * scale), within((int) (3 + 4 * scale)));
        assertThat(shown.middle()).isCloseTo(width / 2, within(3));
    }

    @Test
    void a_small_picture_is_enlarged_only_on_demand_and_the_job_may_demand_it() {
        Path small = grey("small.mp4", "160x90");
        Kamelets.Run run = burning.read(small, SECOND_OF_THREE.formatted("a"));
        run.step.parameters = Map.of("allowUpscale", true, "resolution", "480p", "crf", 40);
        run.send("burn-subtitles-action?resolution=720p");
        assertThat(new Result(run.output()).facts("v", "stream=width,height")).isEqualTo("854,480");
        assertThat(run.variable("burn"))
                .containsEntry("width", 854)
                .containsEntry("height", 480)
                .containsEntry("cues", 1);
    }

    @Test
    void a_turned_picture_comes_out_upright_with_upright_letters() {
        Path turned = Clips.turned(landscape, root.resolve("turned.mp4"), 0, 1, -1, 0);
        Result result = burning.burn(turned, SECOND_OF_THREE.formatted("Up"), "");
        assertThat(result.facts("v", "stream=width,height")).isEqualTo("360,640");
        assertThat(result.facts("v", "stream_side_data=rotation")).isEmpty();
        Difference shown = Difference.from(grey(result), result.frame(1.5));
        assertThat(shown.bottom()).isBetween(640 - 40 - 4, 640 - 40 + 4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'],drawtext=text=%{pts}:x=1:fs",
                "{\\an8\\fs200}{\\pos(0,0)\\p1}m0",
                "ab\\nc\\hd [v];[0:v]null,:;=",
                "subtitles.ass\\\\' -i /etc/passw",
                "%{localtime} $HOME `id` {{x}} \\",
            })
    void text_that_means_something_elsewhere_is_shown_as_text(String text) {
        Result harmless = burning.burn(landscape, SECOND_OF_THREE.formatted("Nothing but harmless words here"), "");
        Result hostile = burning.burn(landscape, SECOND_OF_THREE.formatted(text), "");
        Difference expected = Difference.from(grey(harmless), harmless.frame(1.5));
        Difference shown = Difference.from(grey(hostile), hostile.frame(1.5));
        assertThat(shown.top()).isCloseTo(expected.top(), within(4));
        assertThat(shown.bottom()).isCloseTo(expected.bottom(), within(4));
        assertThat(shown.middle()).isCloseTo(expected.middle(), within(4));
        assertThat((double) shown.width()).isCloseTo(expected.width(), within(expected.width() * 0.3));
        assertThat(Difference.from(grey(hostile), hostile.frame(0.5)).isNone()).isTrue();
        assertThat(Difference.from(grey(hostile), hostile.frame(2.5)).isNone()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"'words and words ', 20, 2", "x, 400, 5", "世, 90, 2"})
    void long_lines_wrap_within_the_safe_area(String word, int times, int lines) {
        Result result = burning.burn(landscape, SECOND_OF_THREE.formatted(word.repeat(times)), "");
        Difference shown = Difference.from(grey(result), result.frame(1.5));
        assertThat(shown.left()).isGreaterThanOrEqualTo(32 - 2);
        assertThat(shown.right()).isLessThanOrEqualTo(640 - 32 + 2);
        assertThat(shown.height()).isGreaterThan((lines - 1) * 16);
        assertThat(shown.bottom()).isLessThan(360 - 40 + 2);
    }

    @Test
    void cues_at_the_same_time_stand_above_each_other() {
        String both = "00:00:01,000 --> 00:00:02,000\nOne\n\n00:00:01,000 --> 00:00:03,000\nTwo\n";
        Result result = burning.burn(landscape, both, "");
        assertThat(Difference.from(grey(result), result.frame(1.5)).height()).isGreaterThan(24);
        assertThat(Difference.from(grey(result), result.frame(2.5)).height()).isLessThan(20);
    }

    @Test
    void tags_change_the_letters() {
        Difference plain = shown("mmmm", "&bold=false");
        assertThat(shown("<b>mmmm</b>", "&bold=false").width()).isGreaterThan(plain.width() + 3);
        assertThat(shown("mmmm", "").width()).isGreaterThan(plain.width() + 3);
        assertThat(shown("<u>mmmm</u>", "&fontSize=150").bottom())
                .isGreaterThan(shown("mmmm", "&fontSize=150").bottom() + 1);
        assertThat(shown("<i>llll</i>", "&bold=false").width())
                .isGreaterThan(shown("llll", "&bold=false").width());
        assertThat(plain.reddest()).isLessThan(30);
        assertThat(shown("<font color=\"#ff0000\">mmmm</font>", "&outline=0").reddest())
                .isGreaterThan(120);
        assertThat(shown("mmmm", "&outline=0&colour=#FF0000").reddest()).isGreaterThan(120);
    }

    @Test
    void the_style_can_be_chosen() {
        Difference usual = shown("Hg", "");
        assertThat(shown("Hg", "&fontSize=100").height()).isCloseTo(2 * usual.height(), within(6));
        assertThat(shown("Hg", "&bottomOffset=300").bottom()).isCloseTo(usual.bottom() - 60, within(2));
        assertThat(shown("Hg", "&position=top&margin=90").top()).isCloseTo(30, within(6));
        assertThat(shown("Hg", "&position=middle").bottom()).isBetween(170, 200);
        assertThat(shown("{\\an8}Hg", "").top()).isCloseTo(20, within(6));
        assertThat(shown("{\\an1}Hg", "&margin=120").left()).isCloseTo(40, within(3));
        Difference boxed = shown("Hg", "&boxColour=#FF0000&boxOpacity=100&outline=0");
        assertThat(boxed.reddest()).isGreaterThan(120);
        assertThat(boxed.width()).isGreaterThan(usual.width() + 2);
        assertThat(shown("Hg", "&outline=12").width()).isCloseTo(usual.width() + 6, within(3));
        assertThatThrownBy(() -> shown("Hg", "&font=x,Outline=9"))
                .hasMessageContaining("PARAMETER_INVALID")
                .hasMessageContaining("font");
        assertThatThrownBy(() -> shown("Hg", "&crf=52")).hasMessageContaining("a whole number from 0 to 51");
    }

    @ParameterizedTest
    @CsvSource({"24000/1001, 24", "25, 25", "30000/1001, 30", "60000/1001, 60", "50, 50", "10, 10"})
    void the_frame_rate_stays(String rate, int frames) {
        Path source = Clips.make(root.resolve("rate.mp4"), "-f lavfi -i testsrc2=s=64x36:r=" + rate + ":d=1" + X264);
        Result result = burning.burn(source, SECOND_OF_THREE.formatted("a"), "");
        String whole = rate.contains("/") ? rate : rate + "/1";
        assertThat(result.facts("v", "stream=r_frame_rate,avg_frame_rate,nb_frames"))
                .isEqualTo(whole + "," + whole + "," + frames);
    }

    @Test
    void a_variable_frame_rate_stays_variable_and_every_frame_keeps_its_time() {
        Path source = Clips.make(
                root.resolve("vfr.mkv"),
                "-f lavfi -i testsrc2=s=64x36:r=30:d=3 -vf select='lt(n,20)+not(mod(n,7))' -vsync vfr" + X264);
        Result result = burning.burn(source, SECOND_OF_THREE.formatted("a"), "");
        assertThat(times(result)).isEqualTo(times(new Result(source)));
    }

    @Test
    void sound_stays_and_silence_is_added_where_there_is_none() {
        Path sound = Clips.make(
                root.resolve("sound.mp4"),
                "-f lavfi -i color=gray:s=64x36:r=25:d=2 -f lavfi -i sine=d=2 -ac 1" + X264
                        + "-c:a aac -metadata title=secret");
        Result loud = burning.burn(sound, SECOND_OF_THREE.formatted("a"), "");
        assertThat(loud.loudness().get(20)[1]).isGreaterThan(0.05);
        Kamelets.Run even = burning.run(sound, SECOND_OF_THREE.formatted("a"), "loudness=ebu-r128&loudnessTarget=-23");
        assertThat(new Result(even.output()).loudness().get(20)[1]).isBetween(0.06, 0.09);
        assertThat(even.variable("burn")).containsKey("loudness_before");
        assertThat(loud.facts("v", "format_tags")).doesNotContain("secret");
        Kamelets.Run run = burning.run(landscape, SECOND_OF_THREE.formatted("a"), "");
        Result silent = new Result(run.output());
        assertThat(silent.facts("a", "stream=codec_name,sample_rate,channels")).isEqualTo("aac,48000,2");
        assertThat(silent.loudness()).allMatch(peaks -> peaks[0] < 0.001);
        assertThat(silent.duration("a")).isCloseTo(3, within(0.1));
        assertThat(run.variable("burn").get("notes").toString()).contains("no sound");
        assertThat(run.body().key()).isEqualTo("media/default/asset1/job1/burn-7.mp4");
    }

    private static Difference shown(String text, String parameters) {
        Result result = burning.burn(landscape, SECOND_OF_THREE.formatted(text), "crf=10" + parameters);
        return Difference.from(grey(result), result.frame(1.5));
    }

    private static Path grey(String name, String size) {
        return Clips.make(root.resolve(name), "-f lavfi -i color=gray:s=" + size + ":r=10:d=3" + X264);
    }

    /** The same picture without subtitles: all of it is the grey of its corner. */
    private static int grey(Result result) {
        return result.frame(0).brightness(0, 0);
    }

    private static String times(Result result) {
        return String.join(
                "\n",
                result.facts("v", "packet=pts_time")
                        .lines()
                        .map(Double::valueOf)
                        .sorted()
                        .map("%.3f"::formatted)
                        .toList());
    }
}
