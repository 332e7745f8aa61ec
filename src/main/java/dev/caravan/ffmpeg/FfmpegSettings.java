package dev.caravan.ffmpeg;

import dev.caravan.settings.InvalidSetting;
import dev.caravan.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * The settings of FFmpeg and libvips.
 *
 * @param ffmpeg name or path of the program
 * @param ffprobe name or path of the program
 * @param vips name or path of the program
 * @param timeout the shortest time limit of a run; long media get ten times their duration
 * @param stall a run without progress for this long is ended
 * @param memory bytes of address space for one run, 0 for no limit
 * @param maxPixels a picture with more pixels is never decoded
 * @param programs further programs that steps may run, by name
 * @param jail false to run without bubblewrap even where it works
 */
record FfmpegSettings(
        String ffmpeg,
        String ffprobe,
        String vips,
        Duration timeout,
        Duration stall,
        long memory,
        long maxPixels,
        Map<String, String> programs,
        boolean jail) {
    private static final String PROGRAMS = "caravan.commands";
    private static final int DURATIONS = 10;

    static FfmpegSettings from(Settings settings) {
        return new FfmpegSettings(
                settings.text("caravan.ffmpeg.binary"),
                settings.text("caravan.ffmpeg.ffprobe-binary"),
                settings.text("caravan.image.vips-binary"),
                settings.duration("caravan.ffmpeg.timeout"),
                settings.duration("caravan.ffmpeg.stall"),
                settings.bytes("caravan.ffmpeg.memory"),
                settings.bytes("caravan.ffmpeg.max-pixels"),
                programs(settings),
                settings.flag("caravan.ffmpeg.jail"));
    }

    /** Reads {@code name} for a program on the path, {@code name=/path/of/program} for another one. */
    private static Map<String, String> programs(Settings settings) {
        Map<String, String> programs = new TreeMap<>();
        for (String entry : settings.list(PROGRAMS)) {
            String[] parts = entry.split("=", 2);
            if (!parts[0].matches("[A-Za-z0-9_.-]+")
                    || parts.length == 2 && !Path.of(parts[1]).isAbsolute()) {
                throw new InvalidSetting(PROGRAMS, entry, "it must be a name, or name=/absolute/path");
            }
            programs.put(parts[0], parts[parts.length - 1]);
        }
        return Map.copyOf(programs);
    }

    /** Returns the larger of the timeout and ten times the duration of the media. */
    Duration limitFor(Duration media) {
        Duration byLength = media.multipliedBy(DURATIONS);
        return byLength.compareTo(timeout) > 0 ? byLength : timeout;
    }

    String program(String name) {
        return switch (name) {
            case "ffmpeg" -> ffmpeg;
            case "ffprobe" -> ffprobe;
            case Vips.PROGRAM -> vips;
            default -> {
                if (!programs.containsKey(name)) {
                    throw new IllegalArgumentException(
                            "Only ffmpeg, ffprobe, vips and " + programs.keySet() + " are run here, not " + name);
                }
                yield programs.get(name);
            }
        };
    }
}
