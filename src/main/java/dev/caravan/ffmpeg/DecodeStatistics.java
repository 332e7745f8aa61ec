package dev.caravan.ffmpeg;

import dev.caravan.ffmpeg.FfmpegResult.StreamStatistics;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads ffmpeg's report on its first input: how much it read and decoded by the end of a run, and what was damaged.
 * Needs {@code -loglevel repeat+level+verbose}; the lines are those of fftools/ffmpeg.c, as in versions 5.1 and 7.
 */
final class DecodeStatistics {
    private static final Pattern INPUT = Pattern.compile(
            ".*\\bInput stream #0:(\\d+) \\(\\w+\\): (\\d+) packets read \\(\\d+ bytes\\);(?: (\\d+) frames decoded)?.*");
    private static final Pattern CORRUPT = Pattern.compile("in stream (\\d+)|\\[vist#0:(\\d+)/");

    private final Map<Integer, Long> corrupt = new HashMap<>();
    private final Map<Integer, StreamStatistics> inputs = new TreeMap<>();
    private long errors;

    synchronized void accept(String line) {
        if (line.contains("corrupt decoded")) {
            countCorrupt(line);
        } else if (line.contains("packets read")) {
            readTotals(line);
        } else if (line.contains("[error] ") || line.contains("[fatal] ")) {
            errors++;
        }
    }

    synchronized Map<Integer, StreamStatistics> inputs() {
        return Map.copyOf(inputs);
    }

    synchronized long errors() {
        return errors;
    }

    private void countCorrupt(String line) {
        Matcher matcher = CORRUPT.matcher(line);
        if (matcher.find()) {
            String stream = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            corrupt.merge(Integer.valueOf(stream), 1L, Long::sum);
        }
    }

    private void readTotals(String line) {
        Matcher matcher = INPUT.matcher(line);
        if (matcher.matches()) {
            int stream = Integer.parseInt(matcher.group(1));
            long frames = matcher.group(3) == null ? 0 : Long.parseLong(matcher.group(3));
            inputs.put(
                    stream,
                    new StreamStatistics(Long.parseLong(matcher.group(2)), frames, corrupt.getOrDefault(stream, 0L)));
        }
    }
}
