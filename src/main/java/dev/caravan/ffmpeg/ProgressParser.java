package dev.caravan.ffmpeg;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the output of {@code ffmpeg -progress pipe:1}: lines of {@code key=value}, where {@code progress} ends a report.
 *
 * <p>{@code out_time_ms} is in microseconds in spite of its name (FFmpeg ticket 7345), as is {@code out_time_us}, which
 * versions before 4.1 lack. Before the first packet both are {@code N/A} or negative.
 */
final class ProgressParser {
    private static final int MAX_KEYS = 100;

    private final Map<String, String> report = new HashMap<>();

    /** Returns the report that {@code line} completes, if it completes one. */
    Optional<Progress> accept(String line) {
        int equals = line.indexOf('=');
        if (equals < 1) {
            return Optional.empty();
        }
        String key = line.substring(0, equals).strip();
        if (report.size() < MAX_KEYS) {
            report.put(key, line.substring(equals + 1).strip());
        }
        if (!key.equals("progress")) {
            return Optional.empty();
        }
        Progress progress = new Progress(
                number("frame"), outTime(), number("total_size"), speed(), "end".equals(report.get("progress")));
        report.clear();
        return Optional.of(progress);
    }

    /** Reads {@code 1.53x}, or {@code N/A} at the beginning. */
    private double speed() {
        try {
            double speed = Double.parseDouble(report.getOrDefault("speed", "0").replaceFirst("x$", ""));
            return Double.isFinite(speed) ? Math.max(0, speed) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private Duration outTime() {
        long micros = report.containsKey("out_time_us") ? number("out_time_us") : number("out_time_ms");
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    private long number(String key) {
        try {
            return Math.max(0, Long.parseLong(report.getOrDefault(key, "0")));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
