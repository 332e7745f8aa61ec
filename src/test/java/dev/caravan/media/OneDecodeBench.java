package dev.caravan.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A standard video, its poster, a frame for captions and a thumbnail: out of one decode, against a run for the video and a
 * seek for each frame. In turns; prints, asserts nothing.
 */
@Tag("bench")
class OneDecodeBench {
    private static final int SECONDS = Integer.getInteger("caravan.bench.seconds", 60);
    private static final int PAIRS = Integer.getInteger("caravan.bench.pairs", 5);
    private static final double TICKS = 100;
    private static final String STANDARD = "fps=30,split[under][over];"
            + "[under]scale=136:240:force_original_aspect_ratio=increase,crop=136:240,gblur=6,scale=1080:1920[blurred];"
            + "[over]scale=1080:1920:force_original_aspect_ratio=decrease:force_divisible_by=2[fitted];"
            + "[blurred][fitted]overlay=(W-w)/2:(H-h)/2,format=yuv420p[video]";
    private static final String ENCODE = " -c:v libx264 -preset veryfast -crf 23 -c:a aac -movflags +faststart ";
    private static final String STILL = " -frames:v 1 -q:v 3 ";

    @TempDir
    Path folder;

    @Test
    void one_decode_for_all_against_one_for_each() throws IOException {
        Path source = Clips.make(
                folder.resolve("source.mp4"),
                "-f lavfi -i testsrc2=s=1920x1080:r=30:d=%d -f lavfi -i sine=d=%d -c:v libx264 -preset ultrafast -crf 18 -c:a aac"
                        .formatted(SECONDS, SECONDS));
        List<Double> ratios = new ArrayList<>();
        for (int pair = 0; pair < PAIRS; pair++) {
            boolean oneFirst = pair % 2 == 0;
            double first = oneFirst ? one(source) : each(source);
            double second = oneFirst ? each(source) : one(source);
            double one = oneFirst ? first : second;
            double each = oneFirst ? second : first;
            ratios.add(one / each);
            print("one decode %.2f CPU s, a run for each %.2f CPU s: %.3f", one, each, one / each);
        }
        ratios.sort(null);
        print("median of %d pairs, %d s of 1080p: %.3f", PAIRS, SECONDS, ratios.get(PAIRS / 2));
    }

    private double one(Path source) throws IOException {
        double before = cpuSeconds();
        make("-i " + source + " -filter_complex [0:v]split=4[standard][a][b][c];[standard]" + STANDARD
                + ";[a]trim=start=2:end=2.1[poster];[b]trim=start=1:end=1.1,scale=512:-2[caption];[c]trim=end=0.1,scale=320:-2[small]"
                + " -map [video] -map 0:a" + ENCODE + folder.resolve("one.mp4")
                + " -map [poster]" + STILL + folder.resolve("poster.jpg")
                + " -map [caption]" + STILL + folder.resolve("caption.jpg")
                + " -map [small]" + STILL + folder.resolve("small.jpg"));
        return cpuSeconds() - before;
    }

    private double each(Path source) throws IOException {
        double before = cpuSeconds();
        make("-i " + source + " -filter_complex [0:v]" + STANDARD + " -map [video] -map 0:a" + ENCODE
                + folder.resolve("each.mp4"));
        make("-ss 2 -i " + source + STILL + folder.resolve("poster.jpg"));
        make("-ss 1 -i " + source + " -vf scale=512:-2" + STILL + folder.resolve("caption.jpg"));
        make("-i " + source + " -vf scale=320:-2" + STILL + folder.resolve("small.jpg"));
        return cpuSeconds() - before;
    }

    /** Encoding a minute may take minutes. */
    private static void make(String arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-nostdin", "-v", "error", "-y"));
        command.addAll(List.of(arguments.split(" +")));
        try {
            int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void print(String format, Object... values) {
        System.out.println("BENCH " + String.format(Locale.ROOT, format, values));
    }

    /** Of this process and of the children that it has waited for: utime, stime, cutime and cstime of proc(5). */
    private static double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return LongStream.range(11, 15)
                        .map(field -> Long.parseLong(fields[(int) field]))
                        .sum()
                / TICKS;
    }
}
