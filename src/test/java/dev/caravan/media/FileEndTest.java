package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caravan.format.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileEndTest {
    @TempDir
    static Path folder;

    @ParameterizedTest
    @CsvSource({
        "a.mp4, -c:v mpeg4 -c:a aac -movflags +faststart, MOV",
        "a.mkv, -c:v mpeg4 -c:a aac,                      MATROSKA",
        "a.avi, -c:v mpeg4 -c:a mp3,                      AVI",
        "a.wav, -vn,                                      WAV",
        "a.mp3, -vn,                                      MP3",
    })
    void half_a_file_is_known_by_what_its_own_headers_promise(String name, String options, Container container)
            throws IOException {
        Path whole = Clips.make(
                folder.resolve(name),
                "-f lavfi -i testsrc2=s=64x36:r=10:d=4 -f lavfi -i sine=d=4 -shortest " + options);
        assertThat(FileEnd.missing(whole, container)).as("whole").isEmpty();
        byte[] bytes = Files.readAllBytes(whole);
        Path half = Files.write(folder.resolve("half-" + name), Arrays.copyOf(bytes, bytes.length / 2));
        FileEnd end = FileEnd.missing(half, container).orElseThrow();
        assertThat(end.present()).isEqualTo(bytes.length / 2);
        assertThat(end.promised()).isBetween(bytes.length * 99L / 100, bytes.length + 600L);
        assertThat(end.sentence(4)).contains("ends early", "of 4.0 s");
    }

    @Test
    void what_is_too_short_to_promise_anything_promises_nothing() throws IOException {
        Path few = Files.write(folder.resolve("few"), new byte[] {1, 2, 3});
        assertThat(Container.values()).allSatisfy(container -> assertThat(FileEnd.missing(few, container))
                .isEmpty());
    }
}
