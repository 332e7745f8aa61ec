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

@Timeout(60)
class JailIT {
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
                "ffmpeg", "ffprobe", "vips", Duration.ofSeconds(9), Duration.ofSeconds(9), 0, 1, true);
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
