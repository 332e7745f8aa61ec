package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.caravan.failure.StepException;
import dev.caravan.json.Json;
import dev.caravan.work.Made;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtractAudioIT {
    private static final String PICTURE = "-f lavfi -i testsrc2=s=64x36:r=10:d=3 ";
    private static final String TONE = "-f lavfi -i sine=frequency=440:sample_rate=48000:duration=3 ";

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
    @CsvSource({"mono, aac", "stereo, aac", "5.1, ac3"})
    void speech_models_get_sixteen_kilohertz_in_one_channel(String layout, String codec) {
        Path video = video("speech.mp4", "-af aformat=channel_layouts=" + layout + " -c:a " + codec);
        Sound sound = sound(video, "wav");
        assertThat(sound.made.type()).isEqualTo("speech-audio");
        assertThat(sound.made.duration()).isCloseTo(3, within(0.05));
        assertThat(sound.made.file().contentType()).isEqualTo("audio/wav");
        assertThat(sound.made.file().filename()).isEqualTo("asset1-speech-audio.wav");
        assertThat(sound.result.facts("a", "stream=codec_name,sample_rate,channels"))
                .isEqualTo("pcm_s16le,16000,1");
        assertThat(peak(sound.result)).isGreaterThan(0.02);
    }

    @Test
    void sound_that_begins_late_stays_where_it_is_seen() {
        Path late = Clips.make(
                root.resolve("late.mkv"),
                PICTURE + "-itsoffset 1 " + TONE + "-c:v libx264 -preset ultrafast -c:a aac -t 3");
        Result wav = sound(late, "wav").result;
        assertThat(firstSound(wav)).isCloseTo(1, within(0.06));
    }

    @ParameterizedTest
    @CsvSource({
        "mp4, aac,        m4a, audio/mp4,        aac",
        "mov, alac,       m4a, audio/mp4,        alac",
        "mkv, libmp3lame, mp3, audio/mpeg,       mp3",
        "mkv, libopus,    ogg, audio/ogg,        opus",
        "mkv, libvorbis,  ogg, audio/ogg,        vorbis",
        "mkv, flac,       flac, audio/flac,      flac",
        "mov, pcm_s16le,  wav, audio/wav,        pcm_s16le",
        "mov, pcm_s24be,  mka, audio/x-matroska, pcm_s24be",
        "mp4, ac3,        mka, audio/x-matroska, ac3",
        "mkv, eac3,       mka, audio/x-matroska, eac3",
        "ts,  aac,        m4a, audio/mp4,        aac",
        "ts,  mp2,        mka, audio/x-matroska, mp2",
    })
    void a_copy_is_the_stream_as_it_is_in_a_file_that_fits_it(
            String container, String encoder, String extension, String type, String codec) {
        Path video = video("copy-" + encoder + "." + container, "-ac 2 -metadata title=secret -c:a " + encoder);
        Sound sound = sound(video, "copy");
        assertThat(sound.made.type()).isEqualTo("audio-track");
        assertThat(sound.made.file().key()).endsWith("-audio-track." + extension);
        assertThat(sound.made.file().contentType()).isEqualTo(type);
        assertThat(sound.result.facts("a", "stream=codec_name,sample_rate,channels"))
                .isEqualTo(codec + ",48000,2");
        assertThat(sound.result.facts("v", "stream=codec_name")).isEmpty();
        assertThat(packets(sound.result.file())).isEqualTo(packets(video));
        assertThat(text(sound.result.file())).doesNotContain("secret");
    }

    @Test
    void of_several_tracks_the_default_one_is_taken() {
        Path two = Clips.make(
                root.resolve("two.mkv"),
                PICTURE + TONE + "-f lavfi -i anullsrc=r=44100:cl=mono:d=3 -map 0 -map 1 -map 2 -c:v libx264 -preset"
                        + " ultrafast -c:a flac -disposition:a:0 0 -disposition:a:1 default");
        assertThat(sound(two, "copy").result.facts("a", "stream=sample_rate,channels"))
                .isEqualTo("44100,1");
    }

    @Test
    void without_sound_there_is_nothing_to_extract() {
        Path silent = Clips.make(root.resolve("silent.mp4"), PICTURE + "-c:v libx264 -preset ultrafast");
        assertThat(code(silent, "wav")).isEqualTo("NO_AUDIO_STREAM");
    }

    @Test
    void a_file_that_lost_its_second_half_says_so_or_is_refused() throws IOException {
        Path whole = video("whole.mkv", "-c:a pcm_s16le");
        byte[] bytes = Files.readAllBytes(whole);
        Path most = Files.write(root.resolve("most.mkv"), Arrays.copyOf(bytes, bytes.length * 3 / 4));
        Kamelets.Run run = run(most, "wav");
        assertThat(run.step.warnings).containsKey("PARTLY_DAMAGED");
        Path little = Files.write(root.resolve("little.mkv"), Arrays.copyOf(bytes, bytes.length / 4));
        assertThat(code(little, "copy")).isEqualTo("MEDIA_MOSTLY_UNREADABLE");
    }

    @Test
    void another_format_is_refused() {
        assertThat(code(video("any.mp4", "-c:a aac"), "mp3")).isEqualTo("PARAMETER_INVALID");
    }

    private static String code(Path video, String format) {
        StepException[] failed = new StepException[1];
        assertThatThrownBy(() -> run(video, format))
                .isInstanceOfSatisfying(StepException.class, failure -> failed[0] = failure);
        return failed[0].failure().code();
    }

    private static Path video(String name, String sound) {
        return Clips.make(
                root.resolve(name),
                PICTURE + TONE + "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -strict -2 " + sound);
    }

    private static Kamelets.Run run(Path video, String format) {
        Kamelets.Run run = kamelets.start(video).send("probe-media-action?needs=sound");
        run.step.step = "audio";
        return run.send("extract-audio-action?format=" + format);
    }

    private static Sound sound(Path video, String format) {
        Made made = Json.convert(((List<?>) run(video, format).variable("audio").get(Made.FILES)).get(0), Made.class);
        return new Sound(made, new Result(kamelets.files.path(made.file())));
    }

    /** The packets of the sound; those of a transport stream carry headers that no other file has. */
    private static String packets(Path file) {
        String plain = file.toString().endsWith("aac.ts") ? "aac_adtstoasc" : "null";
        byte[] hash = Clips.run(List.of(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-i",
                file.toString(),
                "-map",
                "0:a",
                "-c",
                "copy",
                "-bsf:a",
                plain,
                "-f",
                "hash",
                "-hash",
                "md5",
                "-"));
        return new String(hash, StandardCharsets.UTF_8);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static double peak(Result wav) {
        short[] samples = samples(wav);
        int most = 0;
        for (short sample : samples) {
            most = Math.max(most, Math.abs(sample));
        }
        return most / 32768.0;
    }

    private static double firstSound(Result wav) {
        short[] samples = samples(wav);
        int at = 0;
        while (at < samples.length && Math.abs(samples[at]) < 300) {
            at++;
        }
        return at / 16_000.0;
    }

    private static short[] samples(Result wav) {
        byte[] bytes = Clips.run(
                List.of("ffmpeg", "-nostdin", "-v", "error", "-i", wav.file().toString(), "-f", "s16le", "-"));
        short[] samples = new short[bytes.length / 2];
        java.nio.ByteBuffer.wrap(bytes)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(samples);
        return samples;
    }

    private record Sound(Made made, Result result) {}
}
