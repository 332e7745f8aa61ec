package dev.caravan.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerIdentityTest {
    @TempDir
    Path folder;

    @Test
    void the_next_process_in_a_folder_is_the_same_worker_in_another_incarnation() {
        String first = identity();
        String second = identity();
        assertThat(first).matches("anna-pc/[0-9a-f]{8}/[0-9a-f]{8}").isNotEqualTo(second);
        assertThat(WorkerIdentity.withoutIncarnation(first)).isEqualTo(WorkerIdentity.withoutIncarnation(second));
    }

    @Test
    void two_at_once_do_not_share_a_folder() {
        try (WorkerIdentity held = WorkerIdentity.in(folder, "a")) {
            assertThatThrownBy(() -> WorkerIdentity.in(folder, "b"))
                    .isInstanceOfAny(IllegalStateException.class, OverlappingFileLockException.class);
            assertThat(held.toString()).startsWith("a/");
        }
    }

    @Test
    void what_an_earlier_process_left_is_removed_and_its_children_are_ended() throws IOException, InterruptedException {
        Path workspace = Files.createDirectories(folder.resolve("job-1"));
        Files.writeString(workspace.resolve("source"), "x");
        Process orphan = new ProcessBuilder(
                        "ffmpeg",
                        "-nostdin",
                        "-v",
                        "quiet",
                        "-re",
                        "-f",
                        "lavfi",
                        "-i",
                        "testsrc2=s=64x64:r=1",
                        "-f",
                        "matroska",
                        folder.resolve("job-2-out.mkv").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        identity();
        assertThat(workspace).doesNotExist();
        assertThat(orphan.waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    private String identity() {
        try (WorkerIdentity identity = WorkerIdentity.in(folder, "anna/pc")) {
            return identity.toString();
        }
    }
}
