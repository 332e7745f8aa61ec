package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.json.Json;
import dev.caravan.work.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands beside real videos, damaged ones too, where they are at hand. */
@EnabledIf("corpusIsHere")
class DerivativesCorpusIT {
    private static final Path CORPUS = Path.of("../shared/media");

    @TempDir
    static Path root;

    private static Kamelets kamelets;

    static boolean corpusIsHere() {
        return Files.isDirectory(CORPUS);
    }

    static Stream<Path> videos() throws IOException {
        return Stream.concat(
                Files.list(CORPUS.resolve("video")),
                Stream.of("truncated_faststart_50pct.mp4", "corrupted.mp4").map(CORPUS.resolve("bad")::resolve));
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
    void every_video_has_stills_and_a_preview_of_its_own_shape(Path video) {
        Kamelets.Run run = kamelets.start(video).send("probe-media-action?thorough=false");
        run.step.step = "stills";
        List<Made> stills = made(run.send("extract-stills-action"), "stills");
        run.step.step = "preview";
        Made preview = made(run.send("make-preview-action"), "preview").get(0);
        Probe.Video picture = run.probe().video();
        double shape = (double) picture.width() / picture.height();
        assertThat(stills.get(0).width()).isEqualTo(picture.width());
        assertThat(stills.get(0).height()).isEqualTo(picture.height());
        assertThat((double) stills.get(1).width() / stills.get(1).height()).isCloseTo(shape, within(0.02));
        assertThat((double) preview.width() / preview.height()).isCloseTo(shape, within(0.02));
        assertThat(stills.get(0).time()).isBetween(0.0, 2.1);
        assertThat(stills.get(1).time()).isBetween(0.0, 0.2);
        assertThat(preview.duration()).isBetween(0.05, 10.1);
        Result.Frame poster = new Result(kamelets.files.path(stills.get(0).file())).picture();
        Result.Frame shown = new Result(kamelets.files.path(preview.file())).picture();
        assertThat(poster.rgb()).hasSize(picture.width() * picture.height() * 3);
        assertThat(shown.rgb()).hasSize(preview.width() * preview.height() * 3);
    }

    private static List<Made> made(Kamelets.Run run, String variable) {
        return ((List<?>) run.variable(variable).get(Made.FILES))
                .stream().map(file -> Json.convert(file, Made.class)).toList();
    }
}
