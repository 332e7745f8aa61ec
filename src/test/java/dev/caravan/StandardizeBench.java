package dev.caravan;

import dev.caravan.asset.Asset;
import dev.caravan.asset.AssetStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a job costs over FFmpeg: the time from the PUT until the asset is ready, over the same FFmpeg command by hand on the
 * local file. Paired runs, because the machine's speed drifts. Prints; asserts nothing.
 */
@Tag("bench")
class StandardizeBench {
    private static final int SECONDS = Integer.getInteger("caravan.bench.seconds", 60);
    private static final int PAIRS = Integer.getInteger("caravan.bench.pairs", 3);

    @TempDir
    Path folder;

    @Test
    void a_job_over_the_same_command_by_hand() throws Exception {
        Path clip = SameCommand.clip(folder, SECONDS);
        TestCaravan caravan = TestCaravan.prepareOnSharedBucket()
                .change("caravan.ffmpeg.preset", "medium")
                .change("caravan.reconciler.interval", "10s");
        try (caravan) {
            caravan.start();
            List<Double> ratios = new ArrayList<>();
            for (int pair = 0; pair <= PAIRS; pair++) {
                List<String> command = new ArrayList<>();
                double job = job(caravan, clip, "clip " + pair + ".mp4", command);
                double hand = SameCommand.byHand(command, clip, folder);
                if (pair > 0 || PAIRS == 1) {
                    ratios.add(job / hand);
                    print("pair %d: job %.2f s, command %.2f s, ratio %.4f", pair, job, hand, job / hand);
                }
            }
            print(
                    "job over the same command, %d s of 1080p: median %.4f",
                    SECONDS, ratios.stream().sorted().toList().get(ratios.size() / 2));
        }
    }

    private double job(TestCaravan caravan, Path clip, String name, List<String> command) {
        Instant start = Instant.now();
        String id = SharedUploads.put(
                caravan.clients().s3(), caravan.property("caravan.s3.bucket"), caravan.key(name), clip);
        // Looked at seldom, because looking costs CPU too; when it was ready stands in the record.
        Asset ready = Awaitility.await()
                .atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(2))
                .until(
                        () -> {
                            if (command.isEmpty()) {
                                command.addAll(SameCommand.running());
                            }
                            return caravan.wiring().assets.find(id).orElse(null);
                        },
                        asset -> asset != null && asset.status() == AssetStatus.READY);
        return Duration.between(start, Instant.parse(ready.updatedAt())).toMillis() / 1e3;
    }

    private static void print(String format, Object... values) {
        System.out.println("BENCH " + String.format(Locale.ROOT, format, values));
    }
}
