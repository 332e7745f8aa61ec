package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MadeOnceTest {
    private static final String TONE = "-f lavfi -i sine=d=0.1 -c:a pcm_s16le -f wav";

    @TempDir
    Path folder;

    @Test
    void the_same_command_gives_equal_files_and_a_change_to_one_reaches_no_other() throws IOException {
        Path first = Clips.make(folder.resolve("first.wav"), TONE);
        byte[] made = Files.readAllBytes(first);
        Files.writeString(first, "changed");
        Path second = Clips.make(folder.resolve("second.wav"), TONE);
        assertThat(second).hasBinaryContent(made);
    }

    @Test
    void only_a_command_that_reads_nothing_but_the_sources_of_ffmpeg_is_kept() {
        Path file = folder.resolve("out.mp4");
        assertThat(kept(file, "-f", "lavfi", "-i", "testsrc2=d=1", "-c:v", "libx264"))
                .isTrue();
        assertThat(kept(file, "-i", folder + "/in.mp4", "-c", "copy")).isFalse();
        assertThat(kept(file, "-f", "lavfi", "-i", "movie=in.mp4")).isFalse();
        assertThat(kept(file, "-f", "lavfi", "-i", "testsrc2=d=1", folder + "/other.mp4"))
                .isFalse();
    }

    private static boolean kept(Path file, String... arguments) {
        return MadeOnce.isSelfContained(List.of(arguments), file);
    }
}
