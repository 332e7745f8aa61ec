package dev.caravan.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;

/**
 * Seconds of CPU that this process has taken and the children that it has waited for. bubblewrap does not wait for what it
 * runs - children of a jail are missed as often as not: measure without {@code caravan.ffmpeg.jail}.
 */
public final class CpuTime {
    /** proc(5): clock ticks of a second, as every Linux reports them. */
    private static final double TICKS = 100;

    private CpuTime() {}

    /** utime, stime, cutime and cstime of proc(5). */
    public static double seconds() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return LongStream.range(11, 15)
                            .map(field -> Long.parseLong(fields[(int) field]))
                            .sum()
                    / TICKS;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
