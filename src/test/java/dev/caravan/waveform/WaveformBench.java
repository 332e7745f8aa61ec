package dev.caravan.waveform;

import dev.caravan.media.Kamelets;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The waveform of an hour of sound: seconds, and the most heap at any moment. Prints; asserts nothing. */
@Tag("bench")
class WaveformBench {
    private static final int SECONDS = Integer.getInteger("caravan.bench.seconds", 3600);

    @TempDir
    Path folder;

    @Test
    void an_hour_of_sound() throws Exception {
        Path sound = folder.resolve("hour.m4a");
        new ProcessBuilder(List.of(
                        "ffmpeg", "-v", "error", "-f", "lavfi", "-i", "anoisesrc=a=0.3:d=" + SECONDS, sound.toString()))
                .inheritIO()
                .start()
                .waitFor();
        try (Kamelets kamelets = Kamelets.fast(folder)) {
            Kamelets.Run run = kamelets.start(sound).send("probe-media-action?needs=any");
            System.gc();
            pools().forEach(MemoryPoolMXBean::resetPeakUsage);
            long start = System.nanoTime();
            run.send("draw-waveform-action");
            double seconds = (System.nanoTime() - start) / 1e9;
            long heap = pools().stream()
                    .mapToLong(pool -> pool.getPeakUsage().getUsed())
                    .sum();
            System.out.println("BENCH "
                    + String.format(
                            Locale.ROOT,
                            "waveform of %d s of sound: %.1f s, at most %d MiB of heap in use",
                            SECONDS,
                            seconds,
                            heap >> 20));
        }
    }

    private static List<MemoryPoolMXBean> pools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }
}
