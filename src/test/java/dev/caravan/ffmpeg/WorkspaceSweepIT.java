package dev.caravan.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import dev.caravan.work.Workspaces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts in place of a decoder that was taken over: they use the rights that they have inside the jail. */
@Timeout(60)
class WorkspaceSweepIT {
    @TempDir
    Path folder;

    private Path workspace;
    private Path secret;

    @BeforeEach
    void aWorkspaceBesideASecret() throws IOException {
        workspace = Files.createDirectory(folder.resolve("workspace"));
        secret = Files.writeString(folder.resolve("secret"), "SECRET OF THE HOST");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ln -s ../secret out.mkv                       | a symbolic link",
                "ln -s /nowhere output-x.svg                   | a symbolic link",
                "mkdir a && ln -s ../../secret a/b             | a symbolic link",
                "rm -rf out.mkv; ln -s .. out.mkv              | a symbolic link",
                "mkfifo loudness.txt                           | a named pipe",
                "perl -MIO::Socket::UNIX -e 'IO::Socket::UNIX->new(Local=>\"s\",Listen=>1)' | a socket",
                "echo x >a; ln a b                             | a hard link",
                "echo x >a; chmod 4755 a                       | a file with the set-user-id bit",
                "mkdir -p out.mkv/deep                         | a folder in place of a file",
                "mkdir -p 1/2/3/4/5/6/7/8/9/10                 | folders below folders",
                "touch $(seq 20000)                            | thousands of files"
            })
    void what_is_no_plain_file_ends_the_step_for_good_and_is_gone(String left, String what) throws IOException {
        for (Runs runs : new Runs[] {new Runs(workspace), new Runs(workspace).withoutJail()}) {
            Failure failure = fails(runs.script(left + "\nexit 0"));
            assertThat(failure.code()).isEqualTo("WORKSPACE_TAMPERED");
            assertThat(failure.kind()).isEqualTo(FailureKind.PERMANENT);
            assertThat(failure.message()).contains(what);
            assertThat(secret).hasContent("SECRET OF THE HOST");
            Workspaces.delete(workspace);
            assertThat(workspace).doesNotExist();
            Files.createDirectory(workspace);
        }
    }

    @Test
    void it_does_not_matter_that_the_child_failed_as_well() throws IOException {
        assertThat(fails(new Runs(workspace).script("ln -s ../secret out.mkv; exit 1"))
                        .code())
                .isEqualTo("WORKSPACE_TAMPERED");
    }

    @Test
    void a_process_that_the_child_left_behind_is_dead_before_the_workspace_is_looked_at() throws IOException {
        String late = "(sleep 1; ln -s ../secret late) >/dev/null 2>&1 </dev/null &\nexit 0";
        for (Runs runs : new Runs[] {new Runs(workspace), new Runs(workspace).withoutJail()}) {
            runs.script(late).run(FfmpegCall.with(Map.of()));
            assertThat(ProcessHandle.allProcesses()
                            .filter(process ->
                                    process.info().commandLine().orElse("").contains("late")))
                    .isEmpty();
        }
    }

    @Test
    void an_input_cannot_be_changed_from_inside_the_jail() throws IOException {
        assumeTrue(new Runs(workspace).jailed());
        Path source = Files.writeString(workspace.resolve("source-1"), "upload");
        FfmpegCall call = FfmpegCall.with(Map.of()).input("source", source, "mov");
        for (String attack : new String[] {"echo x >source-1", "rm -f source-1", "mv source-1 b", "ln source-1 b"}) {
            assertThatThrownBy(() ->
                            new Runs(workspace).script(attack + " || exit 1").run(call))
                    .as(attack)
                    .isInstanceOf(StepException.class);
            assertThat(source).hasContent("upload");
        }
    }

    @Test
    void an_upload_that_is_linked_into_the_workspace_is_read_and_not_written() throws IOException {
        assumeTrue(new Runs(workspace).jailed());
        Path spool = Files.writeString(folder.resolve("spool"), "upload");
        Files.createLink(workspace.resolve("source-1"), spool);
        new Runs(workspace).script("cat source-1").run(FfmpegCall.with(Map.of()));
        assertThatThrownBy(() ->
                        new Runs(workspace).script("echo x >source-1 || exit 1").run(FfmpegCall.with(Map.of())))
                .isInstanceOf(StepException.class);
        assertThat(spool).hasContent("upload");
    }

    @Test
    void a_workspace_with_folders_deeper_than_a_path_may_be_long_is_removed() throws IOException {
        String deep =
                "perl -e 'for (1..60) { mkdir \"x\" x 200; chdir \"x\" x 200 } open F, \">f\"; chmod 0, \".\"'\nexit 0";
        fails(new Runs(workspace).script(deep));
        Workspaces.delete(workspace);
        assertThat(workspace).doesNotExist();
    }

    private Failure fails(Runs runs) {
        FfmpegCall call = FfmpegCall.with(Map.of()).output("output", workspace.resolve("out.mkv"));
        StepException thrown = catchThrowableOfType(StepException.class, () -> runs.run(call));
        assertThat(thrown).as("a failure of the step").isNotNull();
        return thrown.failure();
    }
}
