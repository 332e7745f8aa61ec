package dev.caravan.ffmpeg;

import dev.caravan.job.Pace;
import java.time.Duration;

/**
 * One report of a running ffmpeg.
 *
 * @param frame frames written so far
 * @param outTime how much media was written
 * @param totalSize bytes written, 0 when unknown
 * @param speed seconds of media per second since the start, 0 when unknown
 * @param ended true in the last report
 */
record Progress(long frame, Duration outTime, long totalSize, double speed, boolean ended) {

    /** Returns the part of {@code media} that is done, 0 to 1; 0 when its length is unknown. */
    double fractionOf(Duration media) {
        if (ended || media.isZero()) {
            return ended ? 1 : 0;
        }
        return Math.min(1, (double) outTime.toMillis() / media.toMillis());
    }

    /** Returns how fast {@code media} is processed; null when its length or the speed is unknown. */
    Pace paceOf(Duration media) {
        if (ended || media.isZero() || speed <= 0) {
            return null;
        }
        double left = Math.max(0, media.minus(outTime).toMillis()) / 1e3;
        return new Pace(speed, Math.round(left / speed));
    }
}
