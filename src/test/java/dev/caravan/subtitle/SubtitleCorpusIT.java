package dev.caravan.subtitle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.media.Kamelets;
import dev.caravan.media.Probe;
import dev.caravan.media.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Real files, good and hostile, where they are at hand. */
@EnabledIf("corpusIsHere")
class SubtitleCorpusIT {
    private static final Path CORPUS = Path.of("../shared/media");
    private static final String ALL_THE_TIME = "1\n00:00:00,000 --> 01:00:00,000\nAll the time\n";

    @TempDir
    static Path root;

    private static Burning burning;

    static boolean corpusIsHere() {
        return Files.isDirectory(CORPUS);
    }

    static Stream<Path> videos() throws IOException {
        return Files.list(CORPUS.resolve("video"));
    }

    @BeforeAll
    static void start() {
        burning = new Burning(root);
    }

    @AfterAll
    static void stop() {
        burning.close();
    }

    @ParameterizedTest
    @MethodSource("videos")
    void every_good_video_takes_subtitles_and_keeps_shape_and_frames(Path video) {
        Kamelets.Run run = burning.run(video, ALL_THE_TIME, "");
        boolean several = video.getFileName().toString().equals("nasa_13013.mp4");
        assertThat(run.step.warnings.keySet()).isEqualTo(several ? Set.of("TRACKS_LEFT_OUT") : Set.of());
        Probe.Video source = run.probe().video();
        Result result = new Result(run.output());
        String[] facts = result.facts("v", "stream=codec_name,width,height,sample_aspect_ratio,pix_fmt,level")
                .split(",");
        assertThat(List.of(facts)).startsWith("h264").contains("1:1", "yuv420p");
        double shape = Double.parseDouble(facts[1]) / Double.parseDouble(facts[2]);
        assertThat(shape).isCloseTo((double) source.width() / source.height(), within(0.02));
        assertThat(Integer.parseInt(facts[5])).as("level").isLessThanOrEqualTo(42);
        assertThat(result.duration("v")).isCloseTo(source.duration(), within(0.1));
    }

    @ParameterizedTest
    @CsvSource({
        "truncated_faststart_50pct.mp4, 51 % of the picture \\(76 of 149 frames\\) could not be read",
        // Whether the frame behind the one that is lost is said to be corrupt is a race of FFmpeg's decoding threads.
        "corrupted.mp4, (4 % of the picture \\(2|2 % of the picture \\(1) of 50 frames\\) could not be read",
    })
    void a_damaged_video_is_finished_and_said_to_be_damaged(String name, String warning) {
        Kamelets.Run run = burning.run(CORPUS.resolve("bad/" + name), ALL_THE_TIME, "");
        assertThat(run.step.warnings.get("PARTLY_DAMAGED")).matches(warning);
    }

    @ParameterizedTest
    @CsvSource({
        "whitespace_only.srt, SRT file is empty",
        "binary_random.srt,   SRT file is no text",
        "no_timestamps.srt,   line 2 should be a timing",
    })
    void a_bad_file_is_refused(String name, String reason) {
        assertThatThrownBy(() -> new SrtFile(2_000_000).read(CORPUS.resolve("bad/" + name)))
                .hasMessageContaining(reason);
    }

    @Test
    void a_hostile_file_is_read_as_text() {
        Subtitles subtitles = new SrtFile(2_000_000).read(CORPUS.resolve("bad/ass_override_injection.srt"));
        assertThat(subtitles.cues())
                .extracting(Cue::text)
                .containsExactly(
                        "{\\an5\\fs200\\p1}m 0 0 l 100 0 100 100 0 100{\\p0}",
                        "':force_style='Fontsize=99',drawtext=text=x");
    }
}
