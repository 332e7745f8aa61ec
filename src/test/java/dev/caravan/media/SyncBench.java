package dev.caravan.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether picture and sound still meet after ten minutes. */
@Tag("bench")
class SyncBench {
    @TempDir
    Path root;

    @Test
    void ten_minutes() {
        try (Kamelets kamelets = Kamelets.fast(root)) {
            Path source = FlashAndBeep.beginningLater(root, 602, 0.35);
            Path slow = FlashAndBeep.make(
                    root.resolve("slow.mkv"), 602, "mod(t,1)", ",asetpts=PTS*1.001", "-c:a pcm_s16le");
            for (Path each : List.of(source, slow)) {
                List<Double> apart = FlashAndBeep.apart(kamelets.standardize(each, "width=108&height=192&fit=pad")
                        .output());
                double worst = apart.stream().mapToDouble(Math::abs).max().orElseThrow();
                System.out.printf(
                        Locale.ROOT,
                        "BENCH %s: %d flashes, worst %.0f ms, last %.0f ms%n",
                        each.getFileName(),
                        apart.size(),
                        worst * 1e3,
                        apart.get(apart.size() - 1) * 1e3);
                assertThat(worst).isLessThanOrEqualTo(0.040);
            }
        }
    }
}
