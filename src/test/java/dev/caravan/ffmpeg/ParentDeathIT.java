package dev.caravan.ffmpeg;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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

    /** bubblewrap needs some milliseconds to build a jail, and its processes are not tied to each other from the first. */
    @Test
    void nothing_outlives_a_worker_that_is_killed_while_a_jail_is_being_built() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/setpriv")));
        FfmpegSettings settings = new FfmpegSettings(
                "ffmpeg",
                "ffprobe",
                "vips",
                Duration.ofSeconds(60),
                Duration.ofSeconds(60),
                0,
                50_000_000,
                Map.of(),
                true);
        Confinement confinement = Runs.confinement(settings, new ChildStarter());
        assumeTrue(confinement.jailed());
        long ourselves = ProcessHandle.current().pid();
        Random moments = new Random(14641894);
        for (int kill = 0; kill < 60; kill++) {
            String mark = "77." + Math.abs(folder.hashCode() % 100_000) + kill;
            List<String> command =
                    new ArrayList<>(List.of("bash", "-c", "\"${@/#" + ourselves + "/$$}\" & wait", "worker"));
            command.addAll(confinement.wrap(List.of("sleep", mark), folder, Set.of(), Duration.ofSeconds(60)));
            Process worker = new ProcessBuilder(command).start();
            Thread.sleep(moments.nextInt(2, 60));
            worker.destroyForcibly().waitFor();
            await().alias("kill " + kill)
                    .pollInterval(20, MILLISECONDS)
                    .atMost(2, SECONDS)
                    .until(() -> running(mark) == 0);
        }
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
        return running(folder + "/endless.mkv");
    }

    private static long running(String argument) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains(argument))
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
