package dev.caravan.ops;

import dev.caravan.ffmpeg.FfmpegHealth;
import java.util.Map;

/** Checks whether FFmpeg runs. A worker can do nothing without it; other roles do not need it. */
final class FfmpegCheck implements Check {
    private final FfmpegHealth ffmpeg;
    private final boolean needed;

    /** @param needed whether this process runs jobs */
    FfmpegCheck(FfmpegHealth ffmpeg, boolean needed) {
        this.ffmpeg = ffmpeg;
        this.needed = needed;
    }

    @Override
    public String name() {
        return "ffmpeg";
    }

    @Override
    public Finding look() {
        return ffmpeg.available()
                ? Finding.good("available", Map.of("version", ffmpeg.version(), "jail", ffmpeg.jail()))
                : outOfReach("ffmpeg cannot be run");
    }

    @Override
    public Finding outOfReach(String why) {
        return Finding.bad(
                needed ? HealthStatus.UNHEALTHY : HealthStatus.HEALTHY,
                "missing",
                why,
                needed ? "Install it (Debian: apt-get install ffmpeg), and start Caravan again." : null);
    }
}
