package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoudnessIT {
    private static final String SMALL = "width=108&height=192&fit=pad";
    private static final String SYLLABLES =
            "anoisesrc=c=pink:r=48000:d=8:s=4711,volume='0.3+0.7*lt(mod(t,0.5),0.3)':eval=frame";

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
    @CsvSource({"-30dB, '', -16", "-30dB, &loudnessTarget=-23, -23", "0dB, '', -16"})
    void sound_is_brought_to_the_target(String volume, String more, double target) {
        Path source = clip(volume + ".mkv", SYLLABLES + ",volume=" + volume);
        Kamelets.Run run = kamelets.standardize(source, SMALL + "&loudness=ebu-r128" + more);
        assertThat(loudness(run.output())).isCloseTo(target, within(1.0));
        assertThat((double) run.converted().get("loudness_before")).isCloseTo(loudness(source), within(0.5));
        assertThat(new Result(run.output()).facts("a", "stream=codec_name,sample_rate,channels"))
                .isEqualTo("aac,48000,2");
    }

    @Test
    void a_single_loud_moment_does_not_reach_the_limit() {
        Path source = clip("bang.mkv", SYLLABLES + ",volume=-20dB,volume='if(between(t,4,4.05),12,1)':eval=frame");
        Path output = kamelets.standardize(source, SMALL + "&loudness=ebu-r128").output();
        assertThat(loudness(output))
                .as("the bang counts in what is measured, and is held down afterwards")
                .isBetween(-21.0, -16.0);
        assertThat(new Result(output).loudness())
                .as("what AAC adds to peaks of -1.5 dBTP stays below full scale")
                .allMatch(peaks -> Math.max(peaks[0], peaks[1]) < 0.98);
    }

    @Test
    void silence_stays_silence_and_sound_is_left_alone_unless_asked_for() {
        Path silent = clip("silence.mkv", "anullsrc=r=48000,atrim=end=2");
        Kamelets.Run run = kamelets.standardize(silent, SMALL + "&loudness=ebu-r128");
        assertThat(new Result(run.output()).soundFrom()).isNegative();
        assertThat(run.converted().containsKey("loudness_before")).isFalse();
        Path quiet = clip("quiet.mkv", SYLLABLES + ",volume=-30dB");
        assertThat(loudness(kamelets.standardize(quiet, SMALL).output())).isCloseTo(loudness(quiet), within(1.0));
    }

    @Test
    void a_video_without_sound_has_nothing_to_measure() {
        Path mute = Clips.make(
                root.resolve("mute.mp4"), "-f lavfi -i testsrc2=s=64x36:r=30:d=1 -c:v libx264 -preset ultrafast");
        assertThat(kamelets.standardize(mute, SMALL + "&loudness=ebu-r128")
                        .converted()
                        .get("notes"))
                .asString()
                .contains("no sound");
        assertThatThrownBy(() -> kamelets.standardize(mute, SMALL + "&loudness=loud"))
                .hasMessageContaining("PARAMETER_INVALID");
    }

    @Test
    void what_could_be_copied_is_encoded_where_its_loudness_is_to_change() {
        Path standard = kamelets.standardize(clip("any.mkv", SYLLABLES + ",volume=-30dB"), SMALL)
                .output();
        Kamelets.Run run = kamelets.standardize(standard, SMALL + "&loudness=ebu-r128");
        assertThat(run.converted().get("remuxed")).isEqualTo(false);
        assertThat(loudness(run.output())).isCloseTo(-16, within(1.0));
    }

    private static Path clip(String name, String sound) {
        return Clips.make(
                root.resolve(name),
                List.of(
                        "-f",
                        "lavfi",
                        "-i",
                        "color=gray:s=64x36:r=30:d=8",
                        "-f",
                        "lavfi",
                        "-i",
                        sound,
                        "-shortest",
                        "-c:v",
                        "libx264",
                        "-preset",
                        "ultrafast",
                        "-pix_fmt",
                        "yuv420p",
                        "-c:a",
                        "pcm_s16le"));
    }

    /** Integrated, LUFS, of what a player lets hear in two channels: one channel is in both as loud as it was. */
    private static double loudness(Path file) {
        byte[] report = Clips.run(List.of(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-i",
                file.toString(),
                "-vn",
                "-af",
                "volume='if(eq(nb_channels,1),1.41421356,1)':precision=float,aresample=48000,aformat=channel_layouts=stereo,ebur128=metadata=1:framelog=48,ametadata=print:file=-",
                "-f",
                "null",
                "/dev/null"));
        return new String(report)
                .lines()
                .filter(line -> line.startsWith("lavfi.r128.I="))
                .reduce((one, later) -> later)
                .map(line -> Double.valueOf(line.substring("lavfi.r128.I=".length())))
                .orElseThrow();
    }
}
