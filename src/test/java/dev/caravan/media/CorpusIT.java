package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Real files, good and hostile, where they are at hand. */
@EnabledIf("corpusIsHere")
class CorpusIT {
    private static final Path CORPUS = Path.of("../shared/media");

    @TempDir
    static Path root;

    private static Kamelets kamelets;

    static boolean corpusIsHere() {
        return Files.isDirectory(CORPUS);
    }

    static Stream<Path> videos() throws IOException {
        return Files.list(CORPUS.resolve("video"));
    }

    @BeforeAll
    static void start() {
        kamelets = Kamelets.fast(root);
    }

    @AfterAll
    static void stop() {
        kamelets.close();
    }

    @ParameterizedTest
    @MethodSource("videos")
    void every_good_video_becomes_standard_without_a_warning(Path video) {
        Kamelets.Run run = kamelets.standardize(video, "width=270&height=480");
        new Result(run.output()).assertStandard(270, 480);
        boolean several = video.getFileName().toString().equals("nasa_13013.mp4");
        assertThat(run.step.warnings.keySet()).isEqualTo(several ? Set.of("TRACKS_LEFT_OUT") : Set.of());
    }

    @ParameterizedTest
    @CsvSource({
        "truncated_faststart_50pct.mp4, 51 % of the picture \\(76 of 149 frames\\) could not be read",
        // Whether the frame behind the one that is lost is said to be corrupt is a race of FFmpeg's decoding threads.
        "corrupted.mp4, (4 % of the picture \\(2|2 % of the picture \\(1) of 50 frames\\) could not be read",
    })
    void damaged_ones_are_finished_with_a_warning(String name, String warning) {
        Kamelets.Run run = kamelets.standardize(CORPUS.resolve("bad").resolve(name), "width=270&height=480");
        new Result(run.output()).assertStandard(270, 480);
        assertThat(run.step.warnings.get("PARTLY_DAMAGED")).matches(warning);
    }

    @ParameterizedTest
    @CsvSource({
        "zero_bytes.mp4,                 EMPTY_FILE",
        "text_renamed.mp4,               NOT_MEDIA",
        "random_with_ftyp.mp4,           MEDIA_UNREADABLE",
        "png_renamed.mp4,                TYPE_MISMATCH",
        "png_bomb_16000x16000_rgb.png,   TYPE_MISMATCH",
        "hls_http_loopback.mp4,          PLAYLIST_REFUSED",
        "hls_file_other_local_video.mp4, PLAYLIST_REFUSED",
        "binary_random.srt,              NOT_MEDIA",
        "no_timestamps.srt,              NOT_MEDIA",
    })
    void hostile_ones_are_refused_for_good(String name, String code) {
        assertThatThrownBy(() -> kamelets.probe(CORPUS.resolve("bad").resolve(name)))
                .isInstanceOfSatisfying(StepException.class, refused -> {
                    assertThat(refused.failure().code()).isEqualTo(code);
                    assertThat(refused.failure().kind()).isEqualTo(FailureKind.PERMANENT);
                });
    }

    @ParameterizedTest
    @CsvSource({"jfk.wav", "jfk.mp3"})
    void sound_alone_is_no_video(String name) {
        assertThatThrownBy(() -> kamelets.probe(CORPUS.resolve("audio").resolve(name)))
                .hasMessageContaining("NO_VIDEO_STREAM");
    }
}
