package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputCheckTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Damage WHOLE = new Damage(0, 30, 0, 0);

    @TempDir
    Path folder;

    @Test
    void what_was_promised_passes() {
        assertThatCode(() -> verify(probe(Map.of(), Map.of(), 1))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "coded_width,         640,    size 640x1920 instead of 1080x1920",
        "sample_aspect_ratio, 1.5,    its pixels are not square",
        "rotation,            90,     it is marked as turned",
        "frame_rate,          29.97,  29.97 frames per second",
        "variable_frame_rate, true,   its frame rate varies",
        "codec,               mpeg4,  codec mpeg4",
        "pixel_format,        yuv444p,pixel format yuv444p",
        "frames,              20,     20 frames instead of 30",
    })
    void every_difference_of_the_picture_is_named(String field, String value, String named) {
        assertThatThrownBy(() -> verify(probe(Map.of(field, value), Map.of(), 1)))
                .hasMessageContaining("OUTPUT_INVALID")
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource({"codec, mp3, sound codec mp3", "channels, 1, 1 channels", "sample_rate, 44100, 44100 Hz"})
    void every_difference_of_the_sound_is_named(String field, String value, String named) {
        assertThatThrownBy(() -> verify(probe(Map.of(), Map.of(field, value), 1)))
                .hasMessageContaining(named);
    }

    @Test
    void a_result_that_is_too_short_or_lacks_a_stream_is_none() {
        assertThatThrownBy(() -> verify(probe(Map.of(), Map.of(), 0.2)))
                .hasMessageContaining("it lasts 0.20 s instead of 1.00 s");
        Probe silent = new Probe("mov", 1, 1, probe(Map.of(), Map.of(), 1).video(), null);
        assertThatThrownBy(() -> verify(silent)).hasMessageContaining("it lacks the picture or the sound");
    }

    @Test
    void a_file_that_was_not_written_to_its_end_is_our_failure_not_the_uploads() throws IOException {
        assertThatThrownBy(() -> OutputCheck.requireComplete(folder.resolve("missing.mp4")))
                .hasMessageContaining("OUTPUT_INVALID");
        Path cut = Files.write(
                folder.resolve("cut.mp4"),
                new byte[] {0, 0, 0, 16, 'f', 't', 'y', 'p', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9, 'm', 'd', 'a', 't'});
        assertThatThrownBy(() -> OutputCheck.requireComplete(cut)).hasMessageContaining("OUTPUT_INVALID");
    }

    @Test
    void a_file_whose_index_promises_more_than_there_is_is_not_taken_for_whole() throws IOException {
        byte[] whole = {0, 0, 0, 8, 'm', 'o', 'o', 'v', 0, 0, 0, 12, 'm', 'd', 'a', 't', 1, 2, 3, 4};
        Path file = Files.write(folder.resolve("file.mp4"), whole);
        assertThatCode(() -> OutputCheck.requireComplete(file)).doesNotThrowAnyException();
        for (int length : new int[] {12, 16, 19}) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> OutputCheck.requireComplete(file)).hasMessageContaining("its end is missing");
        }
    }

    @Test
    void where_every_frame_is_kept_the_rate_may_be_any_but_the_count_may_not() {
        OutputSpec outputSpec = new OutputSpec(1080, 1920, "h264", 0);
        Probe uneven = probe(Map.of("frame_rate", "24.7", "variable_frame_rate", "true"), Map.of(), 1);
        assertThatCode(() -> new OutputCheck(outputSpec, 30).verify(uneven, uneven, WHOLE))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new OutputCheck(outputSpec, 25).verify(uneven, uneven, WHOLE))
                .hasMessageContaining("30 frames instead of 25");
    }

    private static void verify(Probe written) {
        new OutputCheck(GeometryTest.format("blur").promise(), 0).verify(probe(Map.of(), Map.of(), 1), written, WHOLE);
    }

    private static Probe probe(Map<String, String> picture, Map<String, String> sound, double duration) {
        Probe.Video video = changed(GeometryTest.video(1080, 1920, 1, 0), picture, Probe.Video.class);
        Probe.Audio audio = changed(new Probe.Audio(1, "aac", 2, 48_000, 0, 0, duration), sound, Probe.Audio.class);
        return new Probe("mov", duration, 1, video, audio);
    }

    private static <T> T changed(T record, Map<String, String> changes, Class<T> type) {
        Map<String, Object> fields = JSON.convertValue(record, new TypeReference<>() {});
        fields.putAll(changes);
        return JSON.convertValue(fields, type);
    }
}
