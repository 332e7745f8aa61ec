package dev.caravan.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of shared arguments that come with Caravan. */
class FragmentFilesTest {
    private static final Path FOLDER = Path.of("src/main/resources/ffmpeg");
    private static final Path KAMELETS = Path.of("src/main/resources/kamelets");

    static Stream<String> names() throws IOException {
        return Files.list(FOLDER)
                .map(file -> file.getFileName().toString().replace(FragmentFiles.EXTENSION, ""))
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_file_says_first_what_it_is_for(String name) throws IOException {
        assertThat(name).matches("[a-z][a-z0-9]*(-[a-z0-9]+)*");
        assertThat(FragmentFiles.SHIPPED.find(name))
                .hasValueSatisfying(text -> assertThat(text).startsWith("# "));
    }

    @ParameterizedTest
    @MethodSource("names")
    void a_file_is_used(String name) throws IOException {
        try (Stream<Path> files = Stream.concat(Files.list(FOLDER), Files.list(KAMELETS))) {
            assertThat(files.map(FragmentFilesTest::read))
                    .anyMatch(text -> text.matches("(?s).*\\buse " + name + "( with [^\\n]*)?\\n.*"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
