package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.json.Json;
import dev.caravan.work.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sound whose format changes on the way, through every step that decodes it. */
class SoundChangesIT {
    private static final double UNNOTICED = 0.040;
    private static final String SRT = "1\n00:00:00,500 --> 00:00:01,500\nOne\n";

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

    /** Parts of a second or more, each with a flash and a beep at each of its seconds. */
    enum Source {
        SIX_CHANNELS_THEN_TWO("ts", "5.1 48000 ac3 3", "stereo 48000 ac3 3"),
        ONE_CHANNEL_AT_44_THEN_TWO_AT_48("ts", "mono 44100 mp2 3", "stereo 48000 mp2 3"),
        TWO_CHANNELS_THEN_ONE("ts", "stereo 48000 aac 3", "mono 48000 aac 3"),
        SIX_CHANNELS_THEN_TWO_IN_MATROSKA("mkv", "5.1 48000 ac3 3", "stereo 48000 ac3 3"),
        EIGHT_CHANGES(
                "ts",
                "5.1 48000 ac3 1",
                "stereo 48000 ac3 1",
                "5.1 48000 ac3 1",
                "mono 48000 ac3 1",
                "5.1 48000 ac3 1",
                "stereo 44100 ac3 1",
                "5.1 48000 ac3 1",
                "stereo 48000 ac3 1",
                "5.1 48000 ac3 1");

        private final String extension;
        private final List<String[]> parts;

        Source(String extension, String... parts) {
            this.extension = extension;
            this.parts = List.of(parts).stream().map(part -> part.split(" ")).toList();
        }

        int seconds() {
            return parts.stream().mapToInt(part -> Integer.parseInt(part[3])).sum();
        }

        Path make() throws IOException {
            Path joined = root.resolve(name() + ".ts");
            Files.write(joined, new byte[0]);
            int offset = 0;
            for (String[] part : parts) {
                Path one = part(part, offset);
                Files.write(joined, Files.readAllBytes(one), StandardOpenOption.APPEND);
                offset += Integer.parseInt(part[3]);
            }
            return extension.equals("ts")
                    ? joined
                    : Clips.make(root.resolve(name() + "." + extension), "-i " + joined + " -c copy");
        }

        private static Path part(String[] part, int offset) {
            String seconds = part[3];
            return Clips.make(
                    root.resolve("part.ts"),
                    List.of(("-f lavfi -i color=black:s=64x36:r=30:d=" + seconds
                                    + ",drawbox=0:0:64:36:white:fill:enable='lt(mod(t,1),0.1)'"
                                    + " -f lavfi -i aevalsrc='0.8*sin(2000*PI*t)*lt(mod(t,1),0.1)':d="
                                    + seconds + ":s=" + part[1] + ",aformat=channel_layouts=" + part[0]
                                    + " -c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 30 -c:a " + part[2]
                                    + " -muxdelay 0 -output_ts_offset " + (offset + 1))
                            .split(" ")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void every_part_is_there_and_flash_and_beep_meet(Source source) throws IOException {
        Path file = source.make();
        int seconds = source.seconds();
        Kamelets.Run standard = kamelets.standardize(file, "width=108&height=192&fit=pad");
        assertThat(standard.step.warnings.get("SOUND_CHANGES"))
                .contains(source.parts.size() > 2 ? "at 1.0 s from " : "at 3.0 s from ");
        meet(standard.output(), seconds);
        Kamelets.Run compressed = probed(file, "compress").send("compress-video-action?resolution=360p");
        meet(made(compressed, "compress", "compressed-video-360p"), seconds);
        meet(subtitled(file, "burn-subtitles-action").output(), seconds);
        meet(subtitled(file, "embed-subtitles-action").output(), seconds);
        heardInEachSecond(source, made(sound(file, "extract-audio-action"), "audio", "speech-audio"));
        drawnInEachSecond(source, made(sound(file, "draw-waveform-action"), "waveform", "waveform-peaks"));
    }

    private static void meet(Path file, int seconds) {
        List<Double> apart = FlashAndBeep.apart(file);
        assertThat(apart)
                .as(file.toString())
                .hasSizeGreaterThanOrEqualTo(seconds - 1)
                .allMatch(each -> Math.abs(each) <= UNNOTICED);
    }

    private static void heardInEachSecond(Source source, Path wav) {
        List<Double> beeps = FlashAndBeep.beeps(wav);
        assertThat(new Result(wav).duration("a")).isCloseTo(source.seconds(), within(0.1));
        assertThat(beeps).hasSize(source.seconds());
        IntStream.range(0, beeps.size()).forEach(i -> assertThat(beeps.get(i)).isCloseTo(i, within(UNNOTICED)));
    }

    private static void drawnInEachSecond(Source source, Path json) throws IOException {
        JsonNode data = Json.MAPPER.readTree(json.toFile());
        double pointsPerSecond = data.get("sample_rate").asDouble()
                / data.get("samples_per_pixel").asDouble();
        assertThat(data.get("length").asInt() / pointsPerSecond).isCloseTo(source.seconds(), within(0.1));
        List<Integer> peaks = new ArrayList<>();
        for (int second = 0; second < source.seconds(); second++) {
            int from = (int) Math.round(second * pointsPerSecond);
            peaks.add(IntStream.range(from, Math.min(data.get("length").asInt(), from + (int) (pointsPerSecond * 0.14)))
                    .map(i -> data.get("data").get(2 * i + 1).asInt())
                    .max()
                    .orElse(0));
        }
        assertThat(peaks).as("peaks by seconds").allMatch(peak -> peak > 40);
    }

    private static Kamelets.Run probed(Path file, String step) {
        Kamelets.Run run = kamelets.start(file).send("probe-media-action");
        run.step.step = step;
        return run;
    }

    private static Kamelets.Run sound(Path file, String kamelet) {
        return kamelets.start(file).send("probe-media-action?needs=sound").send(kamelet);
    }

    private static Kamelets.Run subtitled(Path file, String kamelet) throws IOException {
        Path srt = Files.writeString(root.resolve("one.srt"), SRT);
        Kamelets.Run run = probed(file, kamelet);
        run.step.parameters = Map.of("file", kamelets.files.put(srt).key());
        run.send("read-subtitles-action");
        run.step.parameters = Map.of();
        return run.send(kamelet);
    }

    private static Path made(Kamelets.Run run, String variable, String type) {
        return ((List<?>) run.variable(variable).get(Made.FILES))
                .stream()
                        .map(made -> Json.convert(made, Made.class))
                        .filter(made -> made.type().equals(type))
                        .map(made -> kamelets.files.path(made.file()))
                        .findFirst()
                        .orElseThrow();
    }
}
