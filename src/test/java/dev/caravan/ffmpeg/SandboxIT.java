package dev.caravan.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caravan.failure.StepException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SandboxIT {
    @TempDir
    Path folder;

    private Path workspace;
    private Path secret;

    @BeforeEach
    void aSecretBesideTheWorkspace() throws IOException {
        workspace = Files.createDirectory(folder.resolve("workspace"));
        secret = folder.resolve("secret.mkv");
        Runs runs = new Runs(folder);
        runs.run(
                FfmpegCall.with(Map.of()),
                "-f",
                "lavfi",
                "-i",
                "testsrc2=s=64x64:d=1",
                "-c:v",
                "mpeg4",
                secret.toString());
    }

    @Test
    void a_playlist_that_is_pinned_to_a_container_opens_nothing() throws IOException {
        Path playlist = Files.writeString(workspace.resolve("a.mp4"), "#EXTM3U\n#EXTINF:1,\n../secret.mkv\n");
        assertThatThrownBy(() -> read(new Runs(workspace).withoutJail(), playlist, "mov"))
                .isInstanceOf(StepException.class);
    }

    @Test
    void even_a_playlist_that_is_read_as_one_reaches_nothing_outside_the_workspace() throws IOException {
        assumeTrue(bubblewrap());
        Path playlist = Files.writeString(workspace.resolve("a.txt"), "ffconcat version 1.0\nfile " + secret + "\n");
        String[] unsafe = {"-safe", "0"};
        assertThat(read(new Runs(workspace).withoutJail(), playlist, "concat", unsafe)
                        .input(0)
                        .frames())
                .as("without the jail it is read: the test would see it")
                .isEqualTo(25);
        assertThatThrownBy(() -> read(new Runs(workspace), playlist, "concat", unsafe))
                .isInstanceOf(StepException.class);
    }

    @Test
    void there_is_no_network() throws IOException {
        assumeTrue(bubblewrap());
        AtomicBoolean asked = new AtomicBoolean();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> listening = CompletableFuture.runAsync(() -> answerOne(server, asked));
            String script = "exec 3<>/dev/tcp/127.0.0.1/" + server.getLocalPort() + " && echo x >&3";
            Runs runs = new Runs(workspace).script("exec bash -c '" + script + "'");
            assertThatThrownBy(() -> runs.run(FfmpegCall.with(Map.of()))).isInstanceOf(StepException.class);
            assertThat(asked).isFalse();
            runs.withoutJail().run(FfmpegCall.with(Map.of()));
            listening.join();
            assertThat(asked).as("without the jail it is reached").isTrue();
        }
    }

    @Test
    void what_runs_inside_is_nobody_and_can_call_little_of_the_kernel() throws IOException {
        assumeTrue(bubblewrap());
        Runs runs = new Runs(workspace)
                .script(
                        """
                        { grep -E '^(Seccomp|NoNewPrivs|CapEff|Uid)' /proc/self/status
                        echo "path=$PATH nproc=$(ulimit -u 2>/dev/null || prlimit -u -o SOFT --noheadings)"
                        prlimit --noheadings -o RESOURCE,SOFT
                        touch /x /dev/shm/x /usr/x 2>/dev/null; echo "wrote=$(ls /x /dev/shm/x /usr/x 2>/dev/null)"
                        df -k /tmp | tail -n 1
                        } >&2; exit 1""");
        assertThatThrownBy(() -> runs.run(FfmpegCall.with(Map.of())))
                .isInstanceOfSatisfying(StepException.class, failed -> assertThat(
                                failed.failure().stderrTail())
                        .containsPattern("Seccomp:\\s+2")
                        .containsPattern("NoNewPrivs:\\s+1")
                        .containsPattern("CapEff:\\s+0000000000000000")
                        .containsPattern("Uid:\\s+65534")
                        .contains("path=/usr/local/bin:/usr/bin:/bin ")
                        .containsPattern("NOFILE\\s+512")
                        .containsPattern("NPROC\\s+1024")
                        .containsPattern("FSIZE\\s+68719476736")
                        .containsPattern("CORE\\s+0")
                        .containsPattern("CPU\\s+\\d+")
                        .containsPattern("wrote=\\s")
                        .containsPattern("tmpfs\\s+1048576 "));
    }

    /** Each by a program that does it where it may. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "unshare --user true",
                "unshare --net true",
                "perl -e 'exit(syscall(56, 0x10000011, 0, 0, 0, 0) < 0 ? 1 : 0)'",
                "perl -e 'exit(syscall(101, 0, 0, 0, 0) < 0 ? 1 : 0)'",
                "perl -e 'exit(syscall(165, \"none\", \"/tmp\", \"tmpfs\", 0, 0) < 0 ? 1 : 0)'",
                "perl -e 'exit(syscall(425, 8, \"\\0\" x 200) < 0 ? 1 : 0)'",
                "perl -e 'exit(syscall(321, 0, 0, 0) < 0 ? 1 : 0)'",
                "perl -e 'exit(syscall(250, 0, -3, 0) < 0 ? 1 : 0)'",
                "perl -e 'exit(syscall(298, 0, 0, -1, -1, 0) < 0 ? 1 : 0)'",
                "perl -e 'exit(syscall(323, 0) < 0 ? 1 : 0)'",
                "perl -e 'use Socket; exit(socket(S, AF_INET, SOCK_STREAM, 0) ? 0 : 1)'",
                "perl -e 'exit(syscall(41, 16, 3, 0) < 0 ? 1 : 0)'"
            })
    void calls_that_no_decoder_needs_are_denied(String attack) throws IOException {
        assumeTrue(bubblewrap() && System.getProperty("os.arch").equals("amd64"));
        Runs runs = new Runs(workspace).script(attack + " && exit 0; exit 42");
        assertThatThrownBy(() -> runs.run(FfmpegCall.with(Map.of())))
                .isInstanceOfSatisfying(StepException.class, failed -> assertThat(failed.getMessage())
                        .contains("42"));
    }

    @Test
    void what_decoders_need_goes_on() throws IOException {
        Runs runs = new Runs(workspace)
                .script(
                        """
                        set -e
                        perl -e 'use Socket; socketpair(A, B, AF_UNIX, SOCK_STREAM, 0) || exit 1'
                        (for i in 1 2 3 4; do (true) & done; wait)
                        echo x >/dev/null; echo x >/tmp/x; echo x >"$PWD/x" """);
        runs.run(FfmpegCall.with(Map.of()));
    }

    @Test
    void there_is_a_filter_for_the_machines_that_are_common() {
        for (String machine : new String[] {"amd64", "aarch64"}) {
            assertThat(SystemCalls.filter(machine)).hasValueSatisfying(program -> {
                assertThat(program.length % 8).isZero();
                assertThat(program.length / 8).isBetween(100, 4096);
            });
        }
        assertThat(SystemCalls.filter("s390x")).isEmpty();
    }

    @Test
    void credentials_in_our_environment_stay_ours() throws IOException {
        Runs runs = new Runs(workspace).script("env >&2; exit 1");
        assertThatThrownBy(() -> runs.run(FfmpegCall.with(Map.of())))
                .isInstanceOfSatisfying(StepException.class, failed -> assertThat(
                                failed.failure().stderrTail())
                        .contains("PATH=")
                        .doesNotContain("USER=", "JAVA_HOME=", "MAVEN"));
    }

    private static FfmpegResult read(Runs runs, Path file, String demuxer, String... before) throws IOException {
        FfmpegCall call = FfmpegCall.with(Map.of()).input("source", file, demuxer);
        String[] tail = {"-i", file.toString(), "-f", "null", "-"};
        String[] all = new String[before.length + tail.length];
        System.arraycopy(before, 0, all, 0, before.length);
        System.arraycopy(tail, 0, all, before.length, tail.length);
        return runs.run(call, all);
    }

    private static boolean bubblewrap() {
        FfmpegSettings settings = new FfmpegSettings(
                "ffmpeg", "ffprobe", "vips", Duration.ofSeconds(9), Duration.ofSeconds(9), 0, 1, Map.of(), true);
        return Runs.confinement(settings, new ChildStarter()).name().equals("bubblewrap");
    }

    private static void answerOne(ServerSocket server, AtomicBoolean asked) {
        try (Socket client = server.accept();
                OutputStream answer = client.getOutputStream()) {
            asked.set(true);
            answer.write('\n');
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
