package dev.caravan.ffmpeg;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ParentDeathIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void no_ffmpeg_outlives_a_worker_that_is_killed(boolean jail) throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/setpriv")));
        Process worker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName(),
                        folder.toString(),
                        Boolean.toString(jail))
                .inheritIO()
                .start();
        await().atMost(30, SECONDS).until(() -> Files.exists(folder.resolve("endless.mkv")));
        assertThat(children()).isPositive();
        worker.destroyForcibly().waitFor();
        await().atMost(2, SECONDS).until(() -> children() == 0);
    }

    @Test
    void children_are_started_by_a_thread_that_stays() throws IOException {
        ChildStarter starter = new ChildStarter();
        starter.start(List.of("true"), folder);
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("child-starter"))
                .count();
        assertThat(threads).isEqualTo(1);
    }

    private long children() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(folder + "/endless.mkv"))
                .count();
    }

    /** A worker of its own, which is killed while its ffmpeg runs. */
    static final class Worker {
        private Worker() {}

        public static void main(String[] args) throws IOException {
            Path folder = Path.of(args[0]);
            Runs runs = Boolean.parseBoolean(args[1]) ? new Runs(folder) : new Runs(folder).withoutJail();
            Path output = folder.resolve("endless.mkv");
            FfmpegCall call = FfmpegCall.with(Map.of()).output("output", output);
            runs.run(call, "-re", "-f", "lavfi", "-i", "testsrc2=s=64x64:r=10", "-c:v", "mpeg4", output.toString());
        }
    }
}
