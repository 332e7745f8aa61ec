package dev.caravan.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExceptionTextTest {
    private static final String FOLDER = "/var/lib/caravan/work";

    static Stream<Throwable> bare() {
        return Stream.of(
                new AccessDeniedException(FOLDER),
                new NoSuchFileException(FOLDER),
                new FileAlreadyExistsException(FOLDER),
                new NotDirectoryException(FOLDER),
                new FileSystemException(FOLDER),
                new FileSystemException(FOLDER, null, "Read-only file system"),
                new UnknownHostException("redis.internal"),
                new ClassNotFoundException("dev.caravan.Gone"),
                new NoClassDefFoundError("dev/caravan/Gone"),
                new NullPointerException(),
                new IOException(FOLDER),
                new OutOfMemoryError("Java heap space"),
                new UncheckedIOException(new AccessDeniedException(FOLDER)));
    }

    @ParameterizedTest
    @MethodSource("bare")
    void no_message_is_a_bare_path_host_or_class(Throwable failure) {
        assertThat(ExceptionText.of(failure))
                .contains(" ")
                .doesNotContain("java.")
                .matches(".*[a-z]+ .*");
    }

    @Test
    void a_refused_folder_names_the_user_and_the_way_out() {
        String user = System.getProperty("user.name");
        assertThat(ExceptionText.of(new UncheckedIOException(new AccessDeniedException(FOLDER))))
                .startsWith(FOLDER + " may not be read or written by the user " + user)
                .contains("chown -R " + user + " " + FOLDER);
    }

    @Test
    void a_sentence_stays_as_it_is() {
        assertThat(ExceptionText.of(new IOException("Address already in use"))).isEqualTo("Address already in use");
        assertThat(ExceptionText.of(new RuntimeException("x", StepException.permanent("CODE", "Our own words", null))))
                .isEqualTo("CODE: Our own words");
    }
}
