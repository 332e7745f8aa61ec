package dev.caravan.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caravan.TestMedia;
import dev.caravan.asset.Asset;
import dev.caravan.job.Job;
import dev.caravan.job.JobStatus;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An FFmpeg that misbehaves once, seen from outside: a fresh attempt makes it good, and nothing half done shows. */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FfmpegFaultsIT {
    private static final long MAX_MEMORY = 600L << 20;
    /** A wait between two attempts that is long enough to look at what the first one left. */
    private static final Map<String, String> SETTINGS = Map.of(
            "caravan.worker.concurrency", "1",
            "caravan.retry.delay", "4000",
            "caravan.ffmpeg.stall", "6s",
            "caravan.ffmpeg.timeout", "15");

    private Fleet fleet;
    private WorkerProcess worker;
    private Path clip;

    @BeforeAll
    void start() {
        fleet = new Fleet("ffmpeg", SETTINGS);
        clip = fleet.clip(1);
        worker = fleet.readyWorker();
    }

    @AfterAll
    void end() {
        fleet.close();
    }

    static Stream<Arguments> misbehaviours() {
        String output = "for last; do output=$last; done\n";
        return Stream.of(
                Arguments.of("hangs", "FFMPEG_STALLED", "exec tail -f /dev/null"),
                Arguments.of(
                        "goes on for ever",
                        "FFMPEG_TIMEOUT",
                        "n=0; while :; do n=$((n+1)); echo out_time_us=${n}0; echo progress=continue; sleep 0.2; done"),
                Arguments.of("is killed", "FFMPEG_KILLED", "exit 137"),
                Arguments.of(
                        "writes half a file and fails", "FFMPEG_FAILED", output + "ffmpeg \"$@\"\n" + HALVE + "exit 1"),
                Arguments.of(
                        "writes half a file and says it is well",
                        "OUTPUT_INVALID",
                        output + "ffmpeg \"$@\"\n" + HALVE + "exit 0"));
    }

    private static final String HALVE = "truncate -s $(($(stat -c %s \"$output\") / 2)) \"$output\"\n";

    @ParameterizedTest(name = "an FFmpeg that {0} is {1}")
    @MethodSource("misbehaviours")
    void what_ffmpeg_does_once_is_made_good_by_the_next_attempt(String does, String code, String script) {
        fleet.ffmpeg.behaveOnce(script);
        String asset = fleet.upload(does + ".mov", clip);
        Job failed = fleet.awaitJob(asset, 90, job -> job.status() == JobStatus.RETRYING);
        assertThat(failed.error().code()).isEqualTo(code);
        assertThat(worker.children()).isEmpty();
        assertThat(fleet.outputsOf(asset)).as("nothing half done is to be seen").isEmpty();
        Job done = fleet.awaitJob(asset, 90, job -> job.status().ended());
        assertThat(done.status()).as(fleet.evidence().story(done.jobId())).isEqualTo(JobStatus.COMPLETED);
        assertThat(done.steps().get("convert").attempts())
                .as(fleet.evidence().story(done.jobId()))
                .isEqualTo(2);
        assertThat(done.retryCount()).as(fleet.evidence().story(done.jobId())).isEqualTo(1);
        assertThat(fleet.outputsOf(asset)).hasSize(1);
        assertWhole(asset);
    }

    @Test
    void an_ffmpeg_that_floods_stderr_costs_no_memory() {
        long before = worker.peakMemory();
        fleet.ffmpeg.behave("yes '[error] something is wrong, and more wrong than before' | head -c 60000000 >&2\n"
                + "head -c 20000000 /dev/zero | tr '\\0' x >&2");
        String asset = fleet.upload("flood.mov", clip);
        Job done = fleet.awaitJob(asset, 120, job -> job.status().ended());
        assertThat(done.status()).as(fleet.evidence().story(done.jobId())).isEqualTo(JobStatus.COMPLETED);
        System.out.printf(
                "FAULTS 80 MB on stderr: peak memory of the worker %d MiB before, %d MiB after%n",
                before >> 20, worker.peakMemory() >> 20);
        assertThat(worker.peakMemory()).isLessThan(MAX_MEMORY);
    }

    private void assertWhole(String assetId) {
        Asset asset = fleet.front.asset(assetId);
        Path local = fleet.folder.resolve(assetId + ".mp4");
        fleet.s3.getObject(
                request ->
                        request.bucket(asset.file().bucket()).key(asset.file().key()),
                local);
        JsonNode probe = TestMedia.probe(local);
        assertThat(probe.path("streams").get(0).path("nb_read_packets").asInt()).isBetween(29, 31);
    }
}
