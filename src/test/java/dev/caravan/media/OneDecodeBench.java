package dev.caravan.media;

import dev.caravan.bench.CpuTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A standard video, its poster, a thumbnail and a frame for captions: out of one decode, against a run for the video, one
 * for poster and thumbnail, and one for the frame. The Kamelets as they are, in turns; prints, asserts nothing.
 */
@Tag("bench")
class OneDecodeBench {
    private static final int SECONDS = Integer.getInteger("caravan.bench.seconds", 60);
    private static final int PAIRS = Integer.getInteger("caravan.bench.pairs", 5);
    private static final Map<String, String> SETTINGS = Map.of(
            "caravan.ffmpeg.jail",
            "false",
            "caravan.ffmpeg.preset",
            System.getProperty("caravan.bench.preset", "medium"));
    private static final AtomicLong FENCES = new AtomicLong();

    @TempDir
    Path folder;

    @Test
    void one_decode_for_all_against_one_for_each() {
        Path source = Clips.make(
                folder.resolve("source.mp4"),
                "-f lavfi -i testsrc2=s=1920x1080:r=30:d=%d -f lavfi -i sine=d=%d -c:v libx264 -preset ultrafast -crf 18 -c:a aac"
                        .formatted(SECONDS, SECONDS));
        List<Double> ratios = new ArrayList<>();
        try (Kamelets kamelets = new Kamelets(folder, SETTINGS)) {
            compare(kamelets, source, ratios);
        }
        ratios.sort(null);
        print("median of %d pairs, %d s of 1080p: %.3f", PAIRS, SECONDS, ratios.get(PAIRS / 2));
    }

    private static void compare(Kamelets kamelets, Path source, List<Double> ratios) {
        for (int pair = 0; pair < PAIRS; pair++) {
            boolean oneFirst = pair % 2 == 0;
            double first = oneFirst ? one(kamelets, source) : each(kamelets, source);
            double second = oneFirst ? each(kamelets, source) : one(kamelets, source);
            double one = oneFirst ? first : second;
            double each = oneFirst ? second : first;
            ratios.add(one / each);
            print("one decode %.2f CPU s, a run for each %.2f CPU s: %.3f", one, each, one / each);
        }
    }

    private static double one(Kamelets kamelets, Path source) {
        double before = CpuTime.seconds();
        start(kamelets, source, "probe-media-action").send("standardize-video-action?stills=true");
        return CpuTime.seconds() - before;
    }

    /** As the jobs of an upload do it: the headers are believed where stills are taken. */
    private static double each(Kamelets kamelets, Path source) {
        double before = CpuTime.seconds();
        start(kamelets, source, "probe-media-action").send("standardize-video-action");
        stills(kamelets, source, "extract-stills-action");
        stills(kamelets, source, "extract-stills-action?posterSize=768&time=" + SECONDS / 2);
        return CpuTime.seconds() - before;
    }

    private static void stills(Kamelets kamelets, Path source, String kamelet) {
        start(kamelets, source, "probe-media-action?thorough=false").send(kamelet);
    }

    /** What a run stores is written once: each has a fence of its own. */
    private static Kamelets.Run start(Kamelets kamelets, Path source, String probe) {
        Kamelets.Run run = kamelets.start(source);
        run.step.fence = FENCES.incrementAndGet();
        return run.send(probe);
    }

    private static void print(String format, Object... values) {
        System.out.println("BENCH " + String.format(Locale.ROOT, format, values));
    }
}
