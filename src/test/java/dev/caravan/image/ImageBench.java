package dev.caravan.image;

import dev.caravan.bench.CpuTime;
import dev.caravan.media.Clips;
import dev.caravan.media.Kamelets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What three sizes of a 12-megapixel JPEG cost, storing in a folder included. Prints; asserts nothing. */
@Tag("bench")
class ImageBench {
    private static final int IMAGES = Integer.getInteger("caravan.bench.images", 24);
    /** What a run stores is written once: each has its own. */
    private static final AtomicLong FENCES = new AtomicLong();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"vips", "/nowhere/vips"})
    void three_sizes_of_twelve_megapixels(String vips) throws Exception {
        Path picture = Clips.make(folder.resolve("a.jpg"), "-f lavfi -i mandelbrot=s=4032x3024 -frames:v 1 -q:v 3");
        try (Kamelets kamelets =
                new Kamelets(folder, Map.of("caravan.image.vips-binary", vips, "caravan.ffmpeg.jail", "false"))) {
            run(kamelets, picture, 4, 2);
            for (int concurrent : new int[] {1, 2, 8}) {
                double cpu = CpuTime.seconds();
                long start = System.nanoTime();
                run(kamelets, picture, IMAGES, concurrent);
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.println("BENCH "
                        + String.format(
                                Locale.ROOT,
                                "%s, %d concurrent: %.1f images/s, %.3f CPU s each",
                                vips.equals("vips") ? "libvips" : "FFmpeg",
                                concurrent,
                                IMAGES / seconds,
                                (CpuTime.seconds() - cpu) / IMAGES));
            }
        }
    }

    private static void run(Kamelets kamelets, Path picture, int images, int concurrent) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(concurrent);
        try {
            List<Kamelets.Run> runs = new ArrayList<>();
            for (int i = 0; i < images; i++) {
                Kamelets.Run run = kamelets.start(picture);
                run.step.fence = FENCES.incrementAndGet();
                runs.add(run);
            }
            List<Future<?>> running = new ArrayList<>();
            for (Kamelets.Run run : runs) {
                running.add(threads.submit(() -> run.send("make-thumbnails-action")));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }
    }
}
