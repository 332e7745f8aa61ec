package dev.caravan.ffmpeg;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.caravan.failure.Failure;
import dev.caravan.failure.FailureKind;
import dev.caravan.failure.StepException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FfmpegExecutorIT {
    /** Writes for ever, and reports that it does. */
    private static final String[] ENDLESS = {
        "-re", "-f", "lavfi", "-i", "testsrc2=s=64x64:r=10", "-c:v", "mpeg4", "-f", "matroska"
    };
    /** Two grandchildren that nothing but SIGKILL would end, and output that grows. */
    private static final String FAMILY =
            """
            trap '' TERM
            sh -c 'trap "" TERM; sleep 4711 & sleep 4711' &
            for last; do :; done
            while :; do echo x >> "$last"; echo out_time_us=$((i=i+1)); echo progress=continue; sleep 0.1; done
            """;

    @TempDir
    Path folder;

    @Test
    void reports_progress_and_what_was_read() throws IOException {
        Runs runs = new Runs(folder);
        Path clip = folder.resolve("a.mp4");
        FfmpegCall make = FfmpegCall.with(Map.of()).output("output", clip).lasting(3);
        runs.run(make, "-f", "lavfi", "-i", "testsrc2=s=64x64:r=10:d=3", "-c:v", "mpeg4", clip.toString());
        assertThat(clip).isNotEmptyFile();
        assertThat(runs.step.progress).isSorted().last().isEqualTo(1.0);
        assertThat(runs.step.limit()).isEqualTo(Duration.ofSeconds(60));

        FfmpegCall read = FfmpegCall.with(Map.of()).input("source", clip, "mov");
        FfmpegResult result = runs.run(read, "-i", clip.toString(), "-f", "null", "-");
        assertThat(result.input(0).frames()).isEqualTo(30);
        assertThat(result.decodeErrors()).isZero();
    }

    @Test
    void a_run_over_its_time_is_ended_and_leaves_nothing() {
        Runs runs = new Runs(folder).timeout(Duration.ofSeconds(1));
        Failure failure = fails(runs, ENDLESS);
        assertThat(failure.code()).isEqualTo("FFMPEG_TIMEOUT");
        assertThat(failure.kind()).isEqualTo(FailureKind.TRANSIENT);
        assertThat(runs.step.limitOver())
                .as("the wait for the next run is no part of this one")
                .isTrue();
        assertNothingIsLeft();
    }

    @Test
    void long_media_may_take_ten_times_their_duration() {
        FfmpegSettings settings = new FfmpegSettings("", "", "", Duration.ofSeconds(600), null, 0, 0, Map.of(), false);
        assertThat(settings.limitFor(Duration.ofSeconds(59))).isEqualTo(Duration.ofSeconds(600));
        assertThat(settings.limitFor(Duration.ofSeconds(61))).isEqualTo(Duration.ofSeconds(610));
    }

    @Test
    void a_run_without_progress_is_ended() throws IOException {
        Runs runs = new Runs(folder).script("sleep 4711").stall(Duration.ofSeconds(1));
        assertThat(fails(runs).code()).isEqualTo("FFMPEG_STALLED");
        assertNothingIsLeft();
    }

    @Test
    void an_aborted_job_takes_its_whole_family_of_processes_with_it_in_the_jail() throws IOException {
        abortTakesEverythingWithIt(new Runs(folder).script(FAMILY));
    }

    @Test
    void an_aborted_job_takes_its_whole_family_of_processes_with_it_without_a_jail() throws IOException {
        abortTakesEverythingWithIt(new Runs(folder).withoutJail().script(FAMILY));
    }

    @Test
    void stopping_ends_what_runs_and_refuses_what_comes() {
        Runs runs = new Runs(folder);
        FfmpegExecutor executor = runs.executor();
        CompletableFuture<Failure> run = CompletableFuture.supplyAsync(() -> fails(runs, executor, ENDLESS));
        await().until(() -> Files.exists(output()));
        executor.stop();
        assertThat(run.join().kind()).isEqualTo(FailureKind.OURS);
        assertThat(fails(runs, executor, ENDLESS).code()).isEqualTo("SHUTTING_DOWN");
        assertNothingIsLeft();
    }

    @Test
    void a_flood_of_errors_stays_bounded_and_blocks_nobody() throws IOException {
        Runs runs = new Runs(folder)
                .script("yes '[error] the same' | head -c 10000000 >&2; echo '[error] end' >&2; exit 3");
        Failure failure = fails(runs);
        assertThat(failure.code()).isEqualTo("FFMPEG_FAILED");
        assertThat(failure.stderrTail())
                .startsWith("the same\n(")
                .endsWith("end")
                .hasSizeLessThan(100);
    }

    @Test
    void a_run_that_wants_too_much_memory_fails_alone() throws IOException {
        Runs runs = new Runs(folder).memory(300_000_000).script("head -c 600000000 /dev/zero | tail");
        assertThat(fails(runs).code()).isEqualTo("OUT_OF_MEMORY");
    }

    @Test
    void a_full_disk_is_our_fault() {
        String[] arguments = {
            "-f", "lavfi", "-i", "testsrc2=s=64x64:d=1", "-c:v", "mpeg4", "-f", "matroska", "/dev/full"
        };
        StepException full = catchThrowableOfType(
                StepException.class, () -> new Runs(folder).run(FfmpegCall.with(Map.of()), arguments));
        assertThat(full.failure().code()).isEqualTo("DISK_FULL");
        assertThat(full.failure().kind()).isEqualTo(FailureKind.OURS);
    }

    @Test
    void the_partial_output_of_a_failure_is_removed() throws IOException {
        Runs runs = new Runs(folder)
                .script(
                        "for last; do :; done; echo partial > \"$last\"; echo '[error] moov atom not found' >&2; exit 1");
        Failure failure = fails(runs);
        assertThat(failure.code()).isEqualTo("MEDIA_UNREADABLE");
        assertThat(output()).doesNotExist();
    }

    @Test
    void a_missing_ffmpeg_is_our_fault() {
        FfmpegSettings settings = new FfmpegSettings(
                "/nowhere/ffmpeg",
                "ffprobe",
                "vips",
                Duration.ofSeconds(9),
                Duration.ofSeconds(9),
                0,
                1,
                Map.of(),
                false);
        FfmpegExecutor executor = new FfmpegExecutor(
                settings, new Confinement(List.of(), false, false, null, settings), new ChildStarter());
        assertThat(fails(new Runs(folder), executor).code()).isEqualTo("FFMPEG_MISSING");
    }

    private void abortTakesEverythingWithIt(Runs runs) {
        CompletableFuture<Failure> run = CompletableFuture.supplyAsync(() -> fails(runs));
        await().atMost(10, SECONDS).until(() -> Files.exists(output()) && sleepers() > 1);
        long aborted = System.nanoTime();
        runs.step.abort();
        assertThat(run.join().kind()).isEqualTo(FailureKind.FENCED);
        assertThat(Duration.ofNanos(System.nanoTime() - aborted)).isLessThan(Duration.ofSeconds(2));
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        await().atMost(2, SECONDS).until(() -> sleepers() == 0);
        assertThat(output()).doesNotExist();
    }

    /** Processes of ours that a test started and that still run. */
    private static long sleepers() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().commandLine().orElse("").contains("sleep 4711"))
                .count();
    }

    private Path output() {
        return folder.resolve("out.mkv");
    }

    private Failure fails(Runs runs, String... arguments) {
        return fails(runs, runs.executor(), arguments);
    }

    private Failure fails(Runs runs, FfmpegExecutor executor, String... arguments) {
        String[] all = Stream.concat(Arrays.stream(arguments), Stream.of(output().toString()))
                .toArray(String[]::new);
        FfmpegCall call = FfmpegCall.with(Map.of()).output("output", output());
        return catchThrowableOfType(StepException.class, () -> runs.run(executor, call, all))
                .failure();
    }
}
