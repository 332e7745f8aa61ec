package dev.caravan.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunStateTest {

    @TempDir
    Path data;

    @Test
    void is_read_while_its_process_lives() {
        RunState state = state(ProcessHandle.current().pid());
        state.write();

        assertThat(RunState.read(data)).contains(state);
    }

    @Test
    void is_nothing_once_its_process_is_dead() throws Exception {
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        state(dead.pid()).write();

        assertThat(RunState.read(data)).isEmpty();
    }

    @Test
    void is_nothing_when_the_number_belongs_to_another_program_by_now() throws Exception {
        Process other = new ProcessBuilder("sleep", "60").start();
        try {
            state(other.pid()).write();

            assertThat(RunState.read(data)).isEmpty();
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void is_readable_by_the_owner_alone() throws Exception {
        state(1).write();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(RunState.file(data))))
                .isEqualTo("rw-------");
    }

    @Test
    void of_a_process_that_joined_lies_beside_the_others() {
        RunState main = state(ProcessHandle.current().pid());
        RunState joined = new RunState(
                main.api(), main.s3(), main.data(), "", main.pid(), "worker-2", List.of("worker"), main.cloud());
        main.write();
        joined.write();

        assertThat(RunState.read(data)).contains(main);
        assertThat(RunState.joined(data)).containsExactly(joined);
        joined.delete();
        assertThat(RunState.joined(data)).isEmpty();
        assertThat(RunState.read(data)).contains(main);
    }

    @Test
    void is_gone_after_a_farewell() {
        RunState state = state(ProcessHandle.current().pid());
        state.write();
        state.delete();

        assertThat(RunState.read(data)).isEmpty();
    }

    @Test
    void keeps_its_secret_when_printed() {
        assertThat(state(1).toString()).doesNotContain("secret");
    }

    private RunState state(long pid) {
        return new RunState(
                "http://127.0.0.1:8000",
                new RunState.Bucket("http://127.0.0.1:9000", "caravan", "key", "secret"),
                data.toString(),
                "",
                pid,
                null,
                List.of("api"),
                Map.of("caravan.aws.secret-key", "secret"));
    }
}
