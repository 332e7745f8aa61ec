package dev.caravan.ffmpeg;

import dev.caravan.settings.Settings;
import java.time.Duration;

/**
 * How FFmpeg is run here.
 *
 * @param ffmpeg name or path of the program
 * @param ffprobe name or path of the program
 * @param vips name or path of the program
 * @param timeout the least time limit of a run; long media get ten times their duration
 * @param stall a run without progress for this long is ended
 * @param memory bytes of address space for one run, 0 for no limit
 * @param maxPixels a picture with more pixels is never decoded
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
        boolean jail) {
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
                settings.flag("caravan.ffmpeg.jail"));
    }

    /** The larger of the timeout and ten times the duration of the media. */
    Duration limitFor(Duration media) {
        Duration byLength = media.multipliedBy(DURATIONS);
        return byLength.compareTo(timeout) > 0 ? byLength : timeout;
    }

    String program(String name) {
        return switch (name) {
            case "ffmpeg" -> ffmpeg;
            case "ffprobe" -> ffprobe;
            case Vips.PROGRAM -> vips;
            default -> throw new IllegalArgumentException("Only ffmpeg, ffprobe and vips are run here, not " + name);
        };
    }
}
