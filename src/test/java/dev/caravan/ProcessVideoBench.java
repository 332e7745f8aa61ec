package dev.caravan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client waits for who posts a video and its subtitles, over the same FFmpeg command by hand. */
@Tag("bench")
class ProcessVideoBench {
    private static final int SECONDS = Integer.getInteger("caravan.bench.seconds", 60);
    private static final int PAIRS = Integer.getInteger("caravan.bench.pairs", 3);

    @TempDir
    Path folder;

    @Test
    void a_call_over_the_same_command_by_hand() throws Exception {
        Path clip = SameCommand.clip(folder, SECONDS);
        Path subtitles = folder.resolve("s.srt");
        Files.writeString(subtitles, "1\n00:00:01,000 --> 00:00:50,000\nHello\n");
        try (TestCaravan caravan = TestCaravan.start(Map.of("caravan.reconciler.interval", "10s"))) {
            List<Double> ratios = new ArrayList<>();
            for (int pair = 0; pair <= PAIRS; pair++) {
                List<String> command = new ArrayList<>();
                double call = call(caravan, clip, subtitles, command);
                double hand = SameCommand.byHand(command, clip, folder);
                if (pair > 0 || PAIRS == 1) {
                    ratios.add(call / hand);
                    print("pair %d: call %.2f s, command %.2f s, ratio %.4f", pair, call, hand, call / hand);
                }
            }
            print(
                    "call over the same command, %d s of 1080p: median %.4f",
                    SECONDS, ratios.stream().sorted().toList().get(ratios.size() / 2));
        }
    }

    private static double call(TestCaravan caravan, Path clip, Path subtitles, List<String> command) {
        long start = System.nanoTime();
        CompletableFuture<Double> call = CompletableFuture.supplyAsync(() -> {
            String answer = TestMedia.run(List.of(
                    "curl",
                    "-sS",
                    caravan.caravan().apiUrl() + "/api/process-video/",
                    "-F",
                    "video=@" + clip,
                    "-F",
                    "srt_file=@" + subtitles,
                    "-F",
                    "resolution=1080p"));
            assertThat(answer).contains("\"status\":\"success\"");
            return (System.nanoTime() - start) / 1e9;
        });
        Awaitility.await().until(() -> {
            command.addAll(SameCommand.running());
            return !command.isEmpty();
        });
        return call.join();
    }

    private static void print(String format, Object... values) {
        System.out.println("BENCH " + String.format(Locale.ROOT, format, values));
    }
}
