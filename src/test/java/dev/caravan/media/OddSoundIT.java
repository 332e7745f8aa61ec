package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.json.Json;
import dev.caravan.work.Made;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sound that others stumble over: it comes out, and what is odd about it is said. */
class OddSoundIT {
    private static final String SMALL = "width=108&height=192&fit=pad";
    private static final int RATE = 48_000;

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
    @ValueSource(ints = {3, 5, 7, 9, 12, 16})
    void of_channels_without_a_name_the_first_two_are_taken(int channels) throws IOException {
        Path video = video(channels, i -> i == 0 ? 0.5 : i == 1 ? 0.25 : 0.9);
        Kamelets.Run run = kamelets.standardize(video, SMALL);
        assertThat(run.step.warnings.get("SOUND_LAYOUT_UNKNOWN")).contains(channels + " channels", "the first two");
        List<double[]> heard = new Result(run.output()).loudness();
        assertThat(heard.get(10)[0]).isCloseTo(0.5, within(0.05));
        assertThat(heard.get(10)[1]).isCloseTo(0.25, within(0.05));
    }

    @Test
    void six_channels_without_a_name_are_taken_for_what_they_are_nearly_always() throws IOException {
        Kamelets.Run run = kamelets.standardize(video(6, i -> i == 2 ? 0.5 : 0), SMALL);
        assertThat(run.step.warnings.get("SOUND_LAYOUT_UNKNOWN")).contains("taken for 5.1");
        double[] heard = new Result(run.output()).loudness().get(10);
        assertThat(heard[0]).as("the centre").isCloseTo(0.35, within(0.04)).isCloseTo(heard[1], within(0.01));
    }

    @ParameterizedTest
    @CsvSource({"pcm_s16le, mov", "aac, mp4", "pcm_f32le, mov"})
    void one_channel_is_as_loud_in_two(String codec, String extension) {
        Path mono = Clips.make(
                root.resolve("mono." + extension),
                "-f lavfi -i color=gray:s=64x36:r=30:d=1 -f lavfi -i aevalsrc=0.5*sin(2000*PI*t):d=1:s=48000 -c:v libx264"
                        + " -preset ultrafast -pix_fmt yuv420p -c:a " + codec);
        double[] heard = new Result(kamelets.standardize(mono, SMALL).output())
                .loudness()
                .get(10);
        assertThat(heard[0]).isCloseTo(0.5, within(0.03));
        assertThat(heard[1]).isCloseTo(0.5, within(0.03));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 1e30f})
    void samples_that_are_no_numbers_are_silent(float bad) throws IOException {
        Path video = moved(wav(2, i -> i / 2 >= RATE / 2 && i / 2 < RATE / 2 + 5000 ? bad : tone(i / 2, 0.5)));
        Kamelets.Run run = kamelets.standardize(video, SMALL + "&loudness=ebu-r128&loudnessTarget=-9");
        assertThat(run.step.warnings).containsKey("SOUND_INVALID");
        assertThat((double) run.converted().get("loudness_before")).isBetween(-12.0, -6.0);
        List<double[]> heard = new Result(run.output()).loudness();
        assertThat(heard.get(5)[0]).isBetween(0.3, 0.9);
        assertThat(heard.get(11)[0]).isLessThan(0.1);
        assertThat(heard.get(17)[0]).isBetween(0.3, 0.9);
    }

    @Test
    void what_is_a_little_above_full_scale_is_no_fault() throws IOException {
        Kamelets.Run run = kamelets.standardize(moved(wav(2, i -> tone(i / 2, 1.5))), SMALL);
        assertThat(run.step.warnings).doesNotContainKey("SOUND_INVALID");
    }

    @ParameterizedTest
    @CsvSource({"8, 3, true", "6, 1, true", "3, 2, false"})
    void sound_that_ends_long_before_the_picture_is_told_of(int picture, int sound, boolean told) {
        Path video = Clips.make(
                root.resolve("short.mp4"),
                "-f lavfi -i color=gray:s=64x36:r=30:d=" + picture + " -f lavfi -i sine=d=" + sound
                        + " -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac");
        Kamelets.Run run = kamelets.standardize(video, SMALL);
        if (told) {
            assertThat(run.step.warnings.get("SOUND_ENDS_EARLY"))
                    .isEqualTo("The sound ends at %d.0 s, the picture at %d.0 s".formatted(sound, picture));
        } else {
            assertThat(run.step.warnings).isEmpty();
        }
    }

    @Test
    void sound_of_which_nothing_can_be_decoded_is_told_of() throws IOException {
        Path plain = Clips.make(
                root.resolve("plain.mkv"),
                "-f lavfi -i color=gray:s=64x36:r=30:d=1 -f lavfi -i sine=d=1 -c:v libx264 -preset ultrafast -pix_fmt"
                        + " yuv420p -c:a flac -compression_level 0");
        byte[] bytes = Files.readAllBytes(plain);
        for (int i = 0; i < bytes.length - 1; i++) {
            if (bytes[i] == (byte) 0xFF && (bytes[i + 1] & 0xFE) == 0xF8) {
                bytes[i + 1] = 0;
            }
        }
        Kamelets.Run run = kamelets.standardize(Files.write(root.resolve("mute.mkv"), bytes), SMALL);
        assertThat(run.step.warnings.get("SOUND_UNREADABLE")).contains("flac");
        assertThat(run.converted().get("notes")).asString().contains("cannot be decoded");
    }

    @ParameterizedTest
    @CsvSource({"-0.8, true, 0.8", "0.8, false, 0.8", "0, false, 0.4"})
    void inverted_channels_do_not_cancel_in_sound_for_speech(double right, boolean told, double level) {
        Path video = Clips.make(
                root.resolve("phase.mkv"),
                "-f lavfi -i color=gray:s=64x36:r=30:d=3 -f lavfi -i aevalsrc=0.8*sin(880*PI*t)|" + right
                        + "*sin(880*PI*t):d=3:s=48000:c=stereo -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -b:a 192k");
        Kamelets.Run run = kamelets.start(video).send("probe-media-action?needs=sound");
        run.step.step = "audio";
        run.send("extract-audio-action");
        assertThat(run.step.warnings.containsKey("SOUND_CANCELS")).isEqualTo(told);
        Made made = Json.convert(((List<?>) run.variable("audio").get(Made.FILES)).get(0), Made.class);
        double[] heard = new Result(kamelets.files.path(made.file())).loudness().get(4);
        assertThat(Math.max(heard[0], heard[1])).isCloseTo(level, within(0.06));
    }

    private static float tone(int i, double level) {
        return (float) (level * Math.sin(2 * Math.PI * 1000 * i / RATE));
    }

    /** A second of one tone in channels of these levels, and a grey picture. */
    private static Path video(int channels, IntToDoubleFunction level) throws IOException {
        return moved(wav(channels, i -> tone(i / channels, level.applyAsDouble(i % channels))));
    }

    private static Path moved(Path wav) {
        return Clips.make(
                root.resolve("odd.mkv"),
                "-guess_layout_max 2 -i " + wav + " -f lavfi -i color=gray:s=64x36:r=30:d=1 -map 1 -map 0 -c:v libx264"
                        + " -preset ultrafast -pix_fmt yuv420p -c:a copy");
    }

    /** @param sample by its number, where all channels count */
    private static Path wav(int channels, java.util.function.IntFunction<Float> sample) throws IOException {
        int samples = channels > 2 ? RATE * channels : RATE * 2;
        ByteBuffer bytes = ByteBuffer.allocate(44 + samples * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("RIFF".getBytes()).putInt(36 + samples * 4).put("WAVEfmt ".getBytes());
        bytes.putInt(16)
                .putShort((short) 3)
                .putShort((short) channels)
                .putInt(RATE)
                .putInt(RATE * channels * 4);
        bytes.putShort((short) (channels * 4))
                .putShort((short) 32)
                .put("data".getBytes())
                .putInt(samples * 4);
        IntStream.range(0, samples).forEach(i -> bytes.putFloat(sample.apply(i)));
        return Files.write(root.resolve("odd.wav"), bytes.array());
    }
}
