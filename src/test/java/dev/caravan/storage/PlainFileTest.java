package dev.caravan.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caravan.failure.StepException;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class PlainFileTest {
    @TempDir
    Path folder;

    @Test
    void nothing_is_read_through_a_link() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        tampered(Files.createSymbolicLink(folder.resolve("link"), secret));
    }

    @Test
    void a_pipe_blocks_nobody() throws Exception {
        Path pipe = folder.resolve("pipe");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        tampered(pipe);
    }

    @Test
    void a_folder_is_no_file() throws IOException {
        tampered(Files.createDirectory(folder.resolve("folder")));
    }

    @Test
    void writing_replaces_a_link_and_leaves_its_target_alone() throws IOException {
        Path victim = Files.writeString(folder.resolve("victim"), "precious");
        Path link = Files.createSymbolicLink(folder.resolve("link"), victim);
        PlainFile.write(link, "mine");
        assertThat(victim).hasContent("precious");
        assertThat(link).isRegularFile().hasContent("mine");
        Files.delete(link);
        Files.createSymbolicLink(link, victim);
        try (Writer writer = PlainFile.writer(link)) {
            writer.write("mine too");
        }
        assertThat(victim).hasContent("precious");
        assertThat(PlainFile.bytes(link, 100)).asString().isEqualTo("mine too");
    }

    @Test
    void a_text_is_bounded_in_its_size_and_in_its_lines() throws IOException {
        Path file = Files.writeString(folder.resolve("text"), "a=1\n" + "x".repeat(1_000_000) + "\nb=2");
        List<String> lines = new ArrayList<>();
        PlainFile.lines(file, lines::add);
        assertThat(lines).hasSize(3).contains("a=1", "b=2");
        assertThat(lines.get(1)).hasSize(4096);
        refused(() -> PlainFile.bytes(file, 1000));
    }

    private static void tampered(Path file) {
        refused(() -> PlainFile.read(file).close());
        refused(() -> PlainFile.random(file).close());
        refused(() -> PlainFile.size(file));
        refused(() -> PlainFile.bytes(file, 1000));
        refused(() -> PlainFile.lines(file, line -> {}));
    }

    private static void refused(ThrowingCallable access) {
        assertThatThrownBy(access).isInstanceOfSatisfying(StepException.class, failed -> assertThat(
                        failed.failure().code())
                .isEqualTo("WORKSPACE_TAMPERED"));
    }
}
