package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.json.Json;
import dev.caravan.work.Made;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompressVideoIT {
    private static final String X264 = " -c:v libx264 -preset ultrafast -crf 10 -pix_fmt yuv420p ";

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

    @ParameterizedTest
    @CsvSource({
        "1920x1080, 360p,  '640,360'",
        "1920x1080, 720p,  '1280,720'",
        "1080x1920, 480p,  '480,854'",
        "320x240,   1080p, '320,240'",
        "642x362,   360p,  '638,360'",
    })
    void a_member_of_the_ladder_keeps_the_shape_and_is_never_larger(String size, String resolution, String expected) {
        Path source = clip("l" + size + ".mp4", "-f lavfi -i testsrc2=s=" + size + ":r=24:d=1" + X264);
        Compressed made = compress(source, Map.of("resolution", resolution));
        assertThat(made.result.facts("v", "stream=width,height")).isEqualTo(expected);
        assertThat(made.result.facts("v", "stream=codec_name,pix_fmt,color_space,avg_frame_rate"))
                .isEqualTo("h264,yuv420p,bt709,24/1");
        assertThat(made.result.facts("a", "stream=codec_name,sample_rate,channels"))
                .isEqualTo("aac,48000,2");
        assertThat(made.made.type()).isEqualTo("compressed-video-" + resolution);
        assertThat(made.made.width() + "," + made.made.height()).isEqualTo(expected);
        assertThat(made.made.duration()).isCloseTo(1, within(0.1));
        assertThat(FastStart.isSet(made.result.file())).isTrue();
    }

    @Test
    void it_is_enlarged_on_demand_and_finer_with_a_lower_factor() {
        Path source = clip("small.mp4", "-f lavfi -i testsrc2=s=160x90:r=24:d=1" + X264);
        assertThat(compress(source, Map.of("resolution", "480p", "allowUpscale", true))
                        .result
                        .facts("v", "stream=width,height"))
                .isEqualTo("854,480");
        assertThat(compress(source, Map.of("crf", 18)).made.file().size())
                .isGreaterThan(compress(source, Map.of("crf", 40)).made.file().size());
    }

    @Test
    void every_frame_keeps_its_own_time() {
        Path source = clip(
                "vfr.mkv",
                "-f lavfi -i testsrc2=s=64x36:r=30:d=3 -vf select='lt(n,20)+not(mod(n,7))' -vsync vfr" + X264);
        Result result = compress(source, Map.of()).result;
        assertThat(times(result.file())).isEqualTo(times(source));
    }

    @Test
    void the_job_goes_on_with_the_file_that_it_had() {
        Path source = clip("same.mp4", "-f lavfi -i testsrc2=s=64x36:r=30:d=0.5" + X264);
        Kamelets.Run run = run(source, Map.of());
        assertThat(run.body().key()).isEqualTo("uploads/same.mp4");
        assertThat(run.variable("compress")).containsEntry("resolution", "360p").containsKey("notes");
    }

    /** As Matroska rounds them: in milliseconds. */
    private static List<Long> times(Path file) {
        return new Result(file)
                .facts("v", "packet=pts_time")
                .lines()
                .map(time -> Math.round(Double.parseDouble(time.replace(",", "")) * 1000))
                .sorted()
                .toList();
    }

    private static Path clip(String name, String arguments) {
        return Clips.make(root.resolve(name), arguments);
    }

    private static Kamelets.Run run(Path source, Map<String, Object> parameters) {
        Kamelets.Run run = kamelets.start(source).send("probe-media-action");
        run.step.step = "compress";
        run.step.parameters = parameters;
        return run.send("compress-video-action");
    }

    private static Compressed compress(Path source, Map<String, Object> parameters) {
        Made made = Json.convert(
                ((List<?>) run(source, parameters).variable("compress").get(Made.FILES)).get(0), Made.class);
        return new Compressed(made, new Result(kamelets.files.path(made.file())));
    }

    private record Compressed(Made made, Result result) {}
}
