package dev.caravan.waveform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import dev.caravan.json.Json;
import dev.caravan.media.Clips;
import dev.caravan.media.Kamelets;
import dev.caravan.work.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Known sounds through draw-waveform-action. */
class WaveformIT {
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

    private record Outcome(Kamelets.Run run, Map<String, Made> made) {
        JsonNode data() throws IOException {
            return Json.MAPPER.readTree(
                    kamelets.files.path(made.get("waveform-peaks").file()).toFile());
        }

        String drawing() throws IOException {
            return Files.readString(kamelets.files.path(made.get("waveform").file()));
        }
    }

    private static Outcome draw(Path file, String parameters) {
        Kamelets.Run run = kamelets.start(file);
        run.step.step = "waveform";
        run.step.parameters = Map.of("colour", "#ff0000");
        run.send("probe-media-action?needs=any").send("draw-waveform-action" + parameters);
        Map<String, Made> made = new LinkedHashMap<>();
        for (Object each : (List<?>) run.variable("waveform").get(Made.FILES)) {
            Made one = Json.MAPPER.convertValue(each, Made.class);
            made.put(one.type(), one);
        }
        assertThat(run.step.workspace().toFile().list())
                .as("only the source is left")
                .hasSize(1);
        return new Outcome(run, made);
    }

    private static Path sound(String name, String source) {
        return Clips.make(root.resolve(name), "-f lavfi -i " + source);
    }

    @Test
    void a_sine_at_half_scale_has_peaks_at_half_scale() throws Exception {
        Outcome outcome = draw(sound("sine.wav", "aevalsrc=0.5*sin(2*PI*1000*t)|0.5*sin(2*PI*1000*t):d=2:s=44100"), "");
        JsonNode data = outcome.data();
        assertThat(data.get("version").asInt()).isEqualTo(2);
        assertThat(data.get("channels").asInt()).isEqualTo(1);
        assertThat(data.get("sample_rate").asInt()).isEqualTo(44_100);
        assertThat(data.get("samples_per_pixel").asInt()).isEqualTo(256);
        assertThat(data.get("bits").asInt()).isEqualTo(8);
        assertThat(data.get("length").asInt())
                .isEqualTo(345)
                .isEqualTo(data.get("data").size() / 2);
        IntStream.range(0, 344).forEach(i -> {
            assertThat(data.get("data").get(2 * i).asInt()).isBetween(-64, -63);
            assertThat(data.get("data").get(2 * i + 1).asInt()).isBetween(63, 64);
        });
        Made drawing = outcome.made.get("waveform");
        assertThat(drawing.width()).isEqualTo(1800);
        assertThat(drawing.duration()).isCloseTo(2, within(0.05));
        assertThat(drawing.file().contentType()).isEqualTo("image/svg+xml");
        assertThat(drawing.file().filename()).isEqualTo("asset1-waveform.svg");
        assertThat(outcome.run.step.warnings).isEmpty();
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(kamelets.files.path(drawing.file()).toFile());
    }

    @Test
    void inverted_channels_are_drawn_as_they_are_heard() throws IOException {
        Path inverted = sound("phase.wav", "aevalsrc=0.8*sin(880*PI*t)|-0.8*sin(880*PI*t):c=stereo:s=48000:d=2");
        JsonNode data = draw(inverted, "").data();
        IntStream.range(0, 370)
                .forEach(
                        i -> assertThat(data.get("data").get(2 * i + 1).asInt()).isBetween(99, 103));
    }

    @Test
    void silence_is_drawn_as_a_line() throws IOException {
        Outcome outcome = draw(sound("silence.wav", "anullsrc=d=1"), "?height=100&width=400&bits=16");
        assertThat(outcome.data().get("data")).allMatch(level -> level.asInt() == 0);
        assertThat(outcome.drawing())
                .contains("viewBox=\"0 0 400 100\"")
                .contains("fill=\"#ff0000\"")
                .contains("M0 49.5H")
                .contains(" 50.5H");
    }

    @Test
    void a_clap_stands_where_it_is_heard() throws IOException {
        Path clap = sound("clap.mp3", "aevalsrc='if(between(t,3,3.01),0.9*sin(2*PI*2000*t),0)':d=5:s=48000");
        JsonNode data = draw(clap, "").data();
        int first = IntStream.range(0, data.get("length").asInt())
                .filter(i -> data.get("data").get(2 * i + 1).asInt() > 20)
                .findFirst()
                .orElseThrow();
        assertThat(first * 256 / 48_000.0).isCloseTo(3, within(0.03));
    }

    @Test
    void sound_that_begins_late_is_drawn_late() throws IOException {
        Path late = Clips.make(
                root.resolve("late.mkv"),
                "-f lavfi -i color=red:s=64x64:d=3 -itsoffset 1 -f lavfi -i sine=d=2 -c:v mpeg4 -c:a pcm_s16le");
        JsonNode data = draw(late, "").data();
        int rate = data.get("sample_rate").asInt();
        assertThat(data.get("data").get(2 * (rate / 2 / 256) + 1).asInt()).isZero();
        assertThat(data.get("data").get(2 * (rate * 3 / 2 / 256) + 1).asInt()).isPositive();
    }

    @Test
    void the_sound_of_a_video_is_drawn_and_a_silent_one_is_skipped() {
        Path video = Clips.make(
                root.resolve("video.mp4"),
                "-f lavfi -i testsrc2=s=64x64:d=1 -f lavfi -i sine=d=1 -c:v libx264 -preset ultrafast -c:a aac");
        assertThat(draw(video, "").made).containsKeys("waveform", "waveform-peaks");
        Failure skipped = fails(Clips.corners(root.resolve("mute.mp4")));
        assertThat(skipped.kind()).isEqualTo(FailureKind.SKIPPED);
        assertThat(skipped.code()).isEqualTo("NO_AUDIO");
    }

    @Test
    void half_a_file_is_drawn_as_far_as_it_goes_and_says_so() throws IOException {
        byte[] whole = Files.readAllBytes(sound("whole.flac", "sine=d=20"));
        Path half = Files.write(root.resolve("half.flac"), Arrays.copyOf(whole, whole.length / 2));
        Outcome outcome = draw(half, "");
        assertThat(outcome.run.step.warnings).containsKey("PARTLY_DAMAGED");
        assertThat(outcome.data().get("length").asInt() * 256 / 44_100.0).isBetween(7.0, 13.0);
    }

    @Test
    void long_sound_has_no_more_points_than_are_wanted() throws IOException {
        Path hours = Clips.make(
                root.resolve("hours.flac"), "-f lavfi -i sine=r=8000:d=7200 -af volume=0.5 -compression_level 0");
        JsonNode data = draw(hours, "?points=2000").data();
        assertThat(data.get("samples_per_pixel").asInt()).isEqualTo(32_768);
        assertThat(data.get("length").asInt()).isBetween(1_750, 1_760);
    }

    @Test
    void speech_is_loud_and_quiet() throws IOException {
        Path speech = Path.of("../shared/media/audio/jfk.mp3");
        assumeTrue(Files.exists(speech));
        JsonNode data = draw(speech, "").data();
        assertThat(data.get("length").asInt() * 256 / 16_000.0).isCloseTo(11, within(0.2));
        assertThat(data.get("data")).anyMatch(level -> level.asInt() > 60).anyMatch(level -> level.asInt() == 0);
    }

    private static Failure fails(Path file) {
        return catchThrowableOfType(() -> draw(file, ""), StepException.class).failure();
    }
}
